package pl.bramka.gateway;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What two packaged gateways count together: calls, and guesses at PINs, also while one
 * of them is killed.
 */
class PinClusterIT {

	private static final String PIN = "4826";

	private static Cluster cluster;

	private static GatewayProcess first;

	private static GatewayProcess second;

	@BeforeAll
	static void start() throws IOException {
		// Slow hashes, so that there is a middle of them; and all the time for Redis:
		// this is
		// about counting, on a machine that may be slow.
		cluster = Cluster.start("--bramka.pin.memory=32MB", "--bramka.pin.iterations=8", "--bramka.pin.abandoned=8s",
				"--bramka.pin.longest-wait=500ms", "--bramka.pin.tries-a-day=1000000", "--bramka.nodes.timeout=10s",
				"--bramka.limit-buckets.longest-wait=10s");
		first = cluster.first();
		second = cluster.second();
	}

	@AfterAll
	static void stop() throws IOException {
		cluster.close();
	}

	@BeforeEach
	void repair() {
		cluster.mocks().reset();
		for (GatewayProcess node : List.of(first, second)) {
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> node.measured("bramka_nodes_redis_up") == 1);
		}
	}

	private static Phone withPin(GatewayProcess node) throws IOException {
		Phone phone = node.movedHere(new Phone(TestGateway.PUBLIC_URL));
		assertThat(phone.signIn("anna@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		assertThat(phone.acceptTerms().statusCode()).isBetween(200, 201);
		assertThat(phone.send("PUT", "/v1/devices/current/pin", "{\"pin\":\"" + PIN + "\"}").statusCode())
			.isEqualTo(204);
		return phone;
	}

	private static String device(Phone phone) {
		return String.valueOf(phone.tokens().orElseThrow().deviceId());
	}

	private static HttpResponse<String> guess(GatewayProcess node, Phone phone, String pin) throws IOException {
		return node.movedHere(phone).signInByPin(device(phone), pin);
	}

	private static void assertRefused(HttpResponse<String> answer) {
		Problems.assertProblem(answer, 401, "pin-refused");
	}

	private static double lookedAt(GatewayProcess node) {
		return List.of("right", "wrong", "erased")
			.stream()
			.mapToDouble((result) -> node.measured("bramka_pin_checks_total{result=\"" + result + "\"}"))
			.sum();
	}

	/** How many tries of the device's PIN are taken; 0 if there is no PIN. */
	private static int taken(Phone phone) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + cluster.postgres().address(),
				"postgres", "postgres");
				PreparedStatement select = connection
					.prepareStatement("select tries from pin where device_id = '" + device(phone) + "'");
				ResultSet rows = select.executeQuery()) {
			return rows.next() ? rows.getInt(1) : 0;
		}
	}

	@Test
	void letExactlyTheLimitPassWhenAThousandAskBoth() throws Exception {
		AtomicInteger turn = new AtomicInteger();
		List<Integer> answers = Call.together(1000, () -> {
			GatewayProcess node = (turn.getAndIncrement() % 2 == 0) ? first : second;
			return Call.untilTaken(() -> node.get(Cluster.HUNDRED)).statusCode();
		});
		assertThat(answers).containsOnly(200, 429);
		assertThat(answers).filteredOn((status) -> status == 200).hasSize(100);
	}

	/** Hashes are slow here: who waits for a place in vain is told to come back. */
	@Test
	void looksAtNoMoreThanFiveOfAHundredGuessesAtBothProcesses() throws Exception {
		Phone phone = withPin(first);
		double before = lookedAt(first) + lookedAt(second);
		AtomicInteger turn = new AtomicInteger();
		List<HttpResponse<String>> answers = Call.together(100, () -> {
			int i = turn.getAndIncrement();
			return guess((i % 2 == 0) ? first : second, phone, String.valueOf(5000 + i));
		});
		assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(401, 503).contains(401);
		List<HttpResponse<String>> refused = answers.stream().filter((answer) -> answer.statusCode() == 401).toList();
		assertThat(refused).allSatisfy(PinClusterIT::assertRefused)
			.extracting((answer) -> answer.body().replaceAll("\"requestId\":\"[^\"]*\"", ""))
			.containsOnly(refused.getFirst().body().replaceAll("\"requestId\":\"[^\"]*\"", ""));
		assertThat(taken(phone)).isZero();
		for (GatewayProcess node : List.of(first, second)) {
			assertRefused(guess(node, phone, PIN));
		}
		assertThat(lookedAt(first) + lookedAt(second) - before).isEqualTo(5);
	}

	@Test
	void goesOnCountingWhenANodeIsKilledAndRedisForgetsEverything() throws IOException {
		Phone phone = withPin(first);
		for (int i = 0; i < 3; i++) {
			assertRefused(guess(first, phone, "500" + i));
		}
		first.kill();
		cluster.redis().flush();
		double before = lookedAt(second);
		assertRefused(guess(second, phone, "5003"));
		assertRefused(guess(second, phone, "5004"));
		assertRefused(guess(second, phone, PIN));
		assertThat(lookedAt(second) - before).isEqualTo(2);
		first.start();
		first.awaitReady();
		assertRefused(guess(first, phone, PIN));
	}

	/**
	 * Somebody of whose PIN all tries are taken by a node that is dead. It may have
	 * looked at all of them before it died: then somebody else tries.
	 */
	private Phone phoneOfAKilledNode() throws Exception {
		for (int round = 0; round < 3; round++) {
			Phone phone = withPin(first);
			try (ExecutorService callers = Executors.newFixedThreadPool(20)) {
				List<Future<HttpResponse<String>>> guesses = IntStream.range(5000, 5020)
					.mapToObj((pin) -> callers.submit(() -> guess(first, phone, String.valueOf(pin))))
					.toList();
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.pollInterval(Duration.ofMillis(5))
					.until(() -> taken(phone) == 5 || guesses.stream().allMatch(Future::isDone));
				first.kill();
				cluster.redis().flush();
				assertThat(guesses).hasSize(20);
			}
			if (taken(phone) == 5) {
				return phone;
			}
			first.start();
			first.awaitReady();
			repair();
		}
		throw new AssertionError("the node has always looked at all of them");
	}

	@Test
	void givesNoGuessesForAKilledNode() throws Exception {
		double before = lookedAt(second);
		Phone phone = phoneOfAKilledNode();
		// Nobody knows yet that the other node is dead: nothing is looked at, also not
		// the
		// right one.
		Problems.assertProblem(guess(second, phone, PIN), 503, "overloaded");
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> guess(second, phone, PIN).statusCode() == 401);
		assertThat(taken(phone)).isZero();
		assertThat(lookedAt(second) - before).isZero();
		first.start();
		first.awaitReady();
		assertRefused(guess(first, phone, PIN));
	}

}
