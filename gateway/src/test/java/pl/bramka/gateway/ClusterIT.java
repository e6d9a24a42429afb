package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two packaged gateways as processes of their own, in the environment {@code cluster}, on
 * one real PostgreSQL and one real Redis.
 */
class ClusterIT {

	private static final String PATH = "/v1/invoices";

	private static final String UNASKED = "bramka_access_shared_proofs_total{result=\"unasked\"}";

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static Cluster cluster;

	private static Mocks mocks;

	private static TestPostgres postgres;

	private static TestRedis redis;

	private static GatewayProcess first;

	private static GatewayProcess second;

	@BeforeAll
	static void start() throws IOException {
		cluster = Cluster.start();
		mocks = cluster.mocks();
		postgres = cluster.postgres();
		redis = cluster.redis();
		first = cluster.first();
		second = cluster.second();
	}

	@AfterAll
	static void stop() throws IOException {
		cluster.close();
	}

	@BeforeEach
	void repair() {
		mocks.reset();
		for (GatewayProcess node : List.of(first, second)) {
			soon().until(() -> node.measured("bramka_nodes_redis_up") == 1);
		}
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20));
	}

	private static Phone signedIn(GatewayProcess node) throws IOException {
		Phone phone = node.movedHere(new Phone(TestGateway.PUBLIC_URL));
		// Refused while Redis is too slow for guesses to be counted.
		soon().until(() -> phone.signIn("anna@example.com", "Haslo-123!").statusCode() != 503);
		assertThat(phone.tokens()).isPresent();
		assertThat(phone.acceptTerms().statusCode()).isBetween(200, 201);
		return phone;
	}

	private static int billed() {
		return mocks.journal(UpstreamName.BILLING).size();
	}

	/** How long a session that ends still lasts at the other node. */
	private static Duration timeUntilSignedOut(Phone phone, GatewayProcess there) throws IOException {
		Phone moved = there.movedHere(phone);
		Tokens tokens = moved.tokens().orElseThrow();
		assertThat(moved.get(PATH).statusCode()).isEqualTo(200);
		assertThat(phone.signOut().statusCode()).isEqualTo(204);
		long start = System.nanoTime();
		soon().until(() -> moved.tokens(tokens).get(PATH).statusCode() == 401);
		Duration time = Duration.ofNanos(System.nanoTime() - start);
		assertThat(Json.code(moved.get(PATH))).isEqualTo("invalid-token");
		return time;
	}

	/** The middle one: the machine may stop for a while in any round. */
	private static Duration median(List<Duration> times) {
		return times.stream().sorted().toList().get(times.size() / 2);
	}

	/** A round in which a node was too slow to be asked does not count. */
	private static void assertProofsAreSharedInRounds(int rounds) throws IOException {
		Phone phone = signedIn(first);
		Phone moved = second.movedHere(phone);
		int counted = 0;
		for (int round = 0; counted < rounds; round++) {
			assertThat(round).as("rounds in which Redis was not asked").isLessThan(10 * rounds);
			double unasked = first.measured(UNASKED) + second.measured(UNASKED);
			String proof = phone.key()
				.proof("GET", URI.create(TestGateway.PUBLIC_URL + PATH), phone.tokens().orElseThrow().accessToken());
			assertThat(phone.get(PATH, "DPoP", proof).statusCode()).isEqualTo(200);
			HttpResponse<String> again = moved.get(PATH, "DPoP", proof);
			if (first.measured(UNASKED) + second.measured(UNASKED) == unasked) {
				Problems.assertProblem(again, 401, "invalid-proof");
				counted++;
			}
		}
	}

	/** How long reads took, the slowest last. */
	private static List<Duration> times(Phone... phones) {
		List<Duration> times = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			for (Phone phone : phones) {
				long start = System.nanoTime();
				assertThat(status(phone)).isEqualTo(200);
				times.add(Duration.ofNanos(System.nanoTime() - start));
			}
		}
		Collections.sort(times);
		return times;
	}

	/**
	 * No read waits for long, and most do not wait for Redis at all, which would take 100
	 * ms each. The two slowest do not count: a process may stop for a while.
	 */
	private static void assertHardlyWait(List<Duration> times, List<Duration> usual) {
		int counted = times.size() - 2;
		assertThat(times.get(counted - 1)).isLessThan(usual.get(counted - 1).plusMillis(250));
		assertThat(median(times)).isLessThan(median(usual).plusMillis(80));
	}

	/** One line per change of whether Redis answers. */
	private static void assertEachLineIsAChange(List<String> log) {
		List<Boolean> answers = log.stream()
			.filter((line) -> line.contains("Redis "))
			.map((line) -> line.contains("Redis answers"))
			.toList();
		assertThat(answers).contains(true, false);
		for (int i = 1; i < answers.size(); i++) {
			assertThat(answers.get(i)).as("line %s of %s", i, answers).isNotEqualTo(answers.get(i - 1));
		}
	}

	private static int status(Phone phone) {
		try {
			return phone.get(PATH).statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void makesItsTablesOnceThoughBothStartTogether() throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + postgres.address(), "postgres",
				"postgres");
				ResultSet rows = connection.createStatement()
					.executeQuery("select count(*), count(distinct version), count(*) filter (where success)"
							+ " from flyway_schema_history")) {
			assertThat(rows.next()).isTrue();
			assertThat(rows.getInt(1)).isPositive().isEqualTo(rows.getInt(2)).isEqualTo(rows.getInt(3));
		}
	}

	@Test
	void endsASessionOnBothNodesWithinASecond() throws IOException {
		List<Duration> times = new ArrayList<>();
		for (int round = 0; round < 5; round++) {
			times.add(timeUntilSignedOut(signedIn(first), second));
			times.add(timeUntilSignedOut(signedIn(second), first));
		}
		assertThat(Collections.max(times)).isLessThanOrEqualTo(SECOND);
	}

	@Test
	void endsAllSessionsOfALockedAccountOnBothNodesWithinASecond() throws IOException {
		// One good round proves it: the machine may stop for a while in any of them.
		List<Duration> times = new ArrayList<>();
		while (times.isEmpty() || (times.size() < 3 && Collections.min(times).compareTo(SECOND) > 0)) {
			repair();
			times.add(timeUntilLockedOut());
		}
		assertThat(Collections.min(times)).isLessThanOrEqualTo(SECOND);
	}

	private static Duration timeUntilLockedOut() throws IOException {
		Phone elsewhere = signedIn(second);
		Phone phone = signedIn(first);
		assertThat(phone.send("PUT", "/v1/devices/current/pin", "{\"pin\":\"4826\"}").statusCode()).isEqualTo(204);
		assertThat(status(elsewhere)).isEqualTo(200);
		String device = String.valueOf(phone.tokens().orElseThrow().deviceId());
		mocks.identityProvider().lock("anna@example.com");
		Problems.assertProblem(first.movedHere(phone).signInByPin(device, "4826"), 401, "password-required");
		long start = System.nanoTime();
		soon().until(() -> status(elsewhere) == 401);
		Duration time = Duration.ofNanos(System.nanoTime() - start);
		assertThat(status(first.movedHere(elsewhere))).isEqualTo(401);
		assertThat(status(second.movedHere(phone))).isEqualTo(401);
		Problems.assertProblem(elsewhere.refresh(), 401, "session-ended");
		return time;
	}

	@Test
	void forgetsOnBothNodesWhatIsKeptOfACustomerWhoLeaves() throws IOException {
		Phone leaving = signedIn(first);
		Phone staying = signedIn(second);
		int before = billedUntilKept(staying);
		assertThat(leaving.signOut().statusCode()).isEqualTo(204);
		soon().until(() -> status(staying) == 200 && billed() > before);
	}

	/**
	 * What billing was asked until a read asked it no more. What other tests left may be
	 * old enough to be loaded anew in the background, so all is loaded now: that does not
	 * happen again within 30 s. A node that was too slow to hear Redis trusts nothing
	 * that it holds, and is asked again.
	 */
	private static int billedUntilKept(Phone phone) throws IOException {
		for (int round = 0; round < 10; round++) {
			assertThat(phone.get(PATH, "Cache-Control", "no-cache").statusCode()).isEqualTo(200);
			int loaded = billed();
			assertThat(loaded).isPositive();
			assertThat(status(phone)).isEqualTo(200);
			if (billed() == loaded) {
				return loaded;
			}
		}
		throw new AssertionError("billing is asked for each read");
	}

	@Test
	void refusesOnOneNodeAProofThatWasUsedOnTheOther() throws IOException {
		assertProofsAreSharedInRounds(5);
	}

	@Test
	void refreshesOnEitherNode() throws IOException {
		Phone phone = signedIn(first);
		for (GatewayProcess node : List.of(second, first, second)) {
			phone = node.movedHere(phone);
			assertThat(phone.refresh().statusCode()).isEqualTo(200);
			assertThat(status(phone)).isEqualTo(200);
		}
	}

	@Test
	void goesOnWithoutRedisAndSharesAgainAfterwards() throws IOException {
		long logged = first.log().lines().count();
		Phone phone = signedIn(first);
		Phone moved = second.movedHere(phone);
		// Without Redis nobody new comes in.
		List<Phone> leaving = List.of(signedIn(first), signedIn(first), signedIn(first));
		List<Duration> usual = times(phone, moved);
		redis.pause();
		try {
			assertHardlyWait(times(phone, moved), usual);
		}
		finally {
			redis.resume();
		}
		redis.kill();
		assertHardlyWait(times(phone, moved), usual);
		List<Duration> ends = new ArrayList<>();
		for (Phone each : leaving) {
			ends.add(timeUntilSignedOut(each, second));
		}
		assertThat(Collections.max(ends)).isLessThanOrEqualTo(SECOND);
		Problems.assertProblem(
				first.movedHere(new Phone(TestGateway.PUBLIC_URL)).signIn("anna@example.com", "Haslo-123!"), 503,
				"store-unavailable");
		assertThat(first.health("/readiness")).isEqualTo(200);
		assertThat(first.health("/nodes")).isEqualTo(503);
		redis.startAgain();
		repair();
		// Whoever pings may be too slow for a moment.
		soon().until(() -> first.health("/nodes") == 200);
		assertProofsAreSharedInRounds(2);
		// A line is written a moment after what it tells of can be seen.
		soon().untilAsserted(() -> assertEachLineIsAChange(first.log().lines().skip(logged).toList()));
	}

	/** Whoever shares out load asks nodes whether they are ready, as this test does. */
	@Test
	void leavesUnderLoadWithoutAFailedRequest() throws Exception {
		AtomicReference<GatewayProcess> serving = new AtomicReference<>(first);
		AtomicBoolean asking = new AtomicBoolean(true);
		Queue<String> failures = new ConcurrentLinkedQueue<>();
		LongAdder answered = new LongAdder();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 5; i++) {
				Phone phone = signedIn(second);
				threads.execute(() -> askOn(phone, serving, asking, failures, answered));
			}
			soon().until(() -> answered.sum() > 300);
			long start = System.nanoTime();
			Future<?> closed = threads.submit(first::close);
			soon().until(() -> first.health("/readiness") == 503);
			serving.set(second);
			closed.get(30, TimeUnit.SECONDS);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
			long before = answered.sum();
			soon().until(() -> answered.sum() > before + 300);
			asking.set(false);
		}
		finally {
			asking.set(false);
			first.start();
			first.awaitReady();
		}
		assertThat(failures).isEmpty();
	}

	private static void askOn(Phone phone, AtomicReference<GatewayProcess> serving, AtomicBoolean asking,
			Queue<String> failures, LongAdder answered) {
		while (asking.get()) {
			try {
				HttpResponse<String> answer = serving.get().movedHere(phone).get(PATH);
				if (answer.statusCode() != 200) {
					failures.add(answer.statusCode() + " " + answer.body());
				}
			}
			catch (IOException ex) {
				failures.add(ex.toString());
			}
			answered.increment();
		}
	}

	@Test
	void servesOnWhenOneNodeIsKilledAndKnowsWhatEndedMeanwhile() throws IOException {
		Phone phone = signedIn(first);
		Phone moved = second.movedHere(phone);
		first.kill();
		assertThat(status(moved)).isEqualTo(200);
		assertThat(moved.refresh().statusCode()).isEqualTo(200);
		Tokens tokens = moved.tokens().orElseThrow();
		Phone other = signedIn(second);
		assertThat(moved.signOut().statusCode()).isEqualTo(204);
		first.start();
		first.awaitReady();
		assertThat(Json.code(first.movedHere(moved.tokens(tokens)).get(PATH))).isEqualTo("invalid-token");
		assertThat(status(first.movedHere(other))).isEqualTo(200);
	}

}
