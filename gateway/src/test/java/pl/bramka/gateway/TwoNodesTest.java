package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.invoices.Invoices;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.quotes.Quote;
import pl.bramka.gateway.quotes.Quotes;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes that share a database and a real Redis, in one process.
 */
class TwoNodesTest {

	private static final String PATH = "/v1/invoices";

	private static TestRedis redis;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() {
		redis = TestRedis.start();
		// Longer than in earnest: a test machine may be slow, and what is slow is away.
		first = TestGateway.start("bramka.nodes.redis=" + redis.url(), "bramka.nodes.timeout=3s",
				"bramka.invoices.cache.fresh=10m");
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		redis.close();
	}

	/**
	 * Each can ask Redis, and hears what the other says: from then on nothing is doubted.
	 */
	@BeforeEach
	void repair() {
		first.mocks().reset();
		Neighbours.hearEachOther(first, second);
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20));
	}

	private static int billed() {
		return first.mocks().journal(UpstreamName.BILLING).size();
	}

	private static String anna() {
		return first.mocks().personas().byName("anna").accountId();
	}

	private static String proof(Phone phone) {
		return phone.key()
			.proof("GET", URI.create(TestGateway.PUBLIC_URL + PATH), phone.tokens().orElseThrow().accessToken());
	}

	@Test
	void endASessionTogether() throws IOException {
		assertSessionsEndTogether(5);
	}

	/** Within a second in every round. */
	private static void assertSessionsEndTogether(int rounds) throws IOException {
		List<Duration> times = new ArrayList<>();
		for (int round = 0; round < rounds; round++) {
			times.add(timeUntilSessionEnds());
		}
		assertThat(Collections.max(times)).isLessThanOrEqualTo(Duration.ofSeconds(1));
	}

	/** How long a session that ends at one node lasts at the other. */
	private static Duration timeUntilSessionEnds() throws IOException {
		Phone phone = first.signedIn("anna");
		Phone moved = second.movedHere(phone);
		Tokens tokens = moved.tokens().orElseThrow();
		assertThat(moved.get(PATH).statusCode()).isEqualTo(200);
		assertThat(phone.signOut().statusCode()).isEqualTo(204);
		long start = System.nanoTime();
		soon().until(() -> moved.tokens(tokens).get(PATH).statusCode() == 401);
		Duration time = Duration.ofNanos(System.nanoTime() - start);
		assertThat(Json.code(moved.get(PATH))).isEqualTo("invalid-token");
		return time;
	}

	@Test
	void forgetDocumentsTogetherWhenASessionEnds() throws IOException {
		Phone leaving = first.signedIn("anna");
		Phone staying = second.signedIn("anna");
		assertThat(staying.get(PATH).statusCode()).isEqualTo(200);
		int before = billed();
		assertThat(staying.get(PATH).statusCode()).isEqualTo(200);
		assertThat(billed()).isEqualTo(before);
		assertThat(leaving.signOut().statusCode()).isEqualTo(204);
		soon().until(() -> staying.get(PATH).statusCode() == 200 && billed() > before);
	}

	@Test
	void forgetWhatIsKeptOfACustomerTogether() throws IOException {
		Phone phone = second.signedIn("anna");
		Phone other = second.signedIn("jan");
		phone.get(PATH);
		other.get(PATH);
		int before = billed();
		first.bean(Invoices.class).dropEverywhere(anna()).block(Duration.ofSeconds(5));
		soon().until(() -> phone.get(PATH).statusCode() == 200 && billed() > before);
		int after = billed();
		other.get(PATH);
		assertThat(billed()).isEqualTo(after);
	}

	@Test
	void forgetDocumentsTogetherWhenAnEInvoiceIsSwitched() throws IOException {
		Phone phone = first.signedIn("jan");
		Phone other = second.signedIn("jan");
		assertThat(other.get(PATH).statusCode()).isEqualTo(200);
		assertThat(phone.send("PUT", "/v1/contracts/0030000431/e-invoice", "{\"enabled\":true}").statusCode())
			.isEqualTo(200);
		int before = billed();
		soon().until(() -> other.get(PATH).statusCode() == 200 && billed() > before);
	}

	@Test
	void takeAQuoteOfTheOther() throws IOException {
		Phone phone = first.signedIn("jan");
		String id = Json.of(phone.send("POST", "/v1/payments/quote", "{\"documents\":[\"000400043151\"]}"))
			.get("id")
			.asString();
		Customer jan = Customers.all(second).get(1);
		assertThat(second.bean(Quotes.class).check(jan, id, Language.ENGLISH).block(Duration.ofSeconds(10)))
			.extracting(Quote::id)
			.isEqualTo(id);
	}

	@Test
	void doNotKeepWhatWasBeingLoadedWhenTheOtherDroppedIt() throws Exception {
		Phone phone = second.signedIn("anna");
		second.bean(Invoices.class).drop(anna());
		first.mocks().faults().set(UpstreamName.BILLING, Fault.slow(Duration.ofSeconds(1)));
		int before = billed();
		CompletableFuture<Integer> loading = CompletableFuture.supplyAsync(() -> status(phone));
		soon().until(() -> billed() > before);
		first.bean(Invoices.class).dropEverywhere(anna()).block(Duration.ofSeconds(5));
		assertThat(loading.join()).isEqualTo(200);
		first.mocks().faults().clearAll();
		int after = billed();
		assertThat(status(phone)).isEqualTo(200);
		assertThat(billed()).isGreaterThan(after);
	}

	@Test
	void refuseAProofThatWasUsedAtTheOther() throws IOException {
		assertProofIsRefusedAtTheOther();
	}

	/** A round in which a node was too slow to ask Redis does not count. */
	private static void assertProofIsRefusedAtTheOther() throws IOException {
		Phone phone = first.signedIn("anna");
		Phone moved = second.movedHere(phone);
		List<HttpResponse<String>> again = List.of();
		for (int round = 0; again.isEmpty(); round++) {
			assertThat(round).as("rounds in which Redis was not asked").isLessThan(10);
			double before = unasked();
			String proof = proof(phone);
			assertThat(phone.get(PATH, "DPoP", proof).statusCode()).isEqualTo(200);
			List<HttpResponse<String>> answers = List.of(moved.get(PATH, "DPoP", proof),
					phone.get(PATH, "DPoP", proof));
			again = (unasked() == before) ? answers : List.of();
		}
		for (HttpResponse<String> answer : again) {
			Problems.assertProblem(answer, 401, "invalid-proof");
		}
		assertThat(moved.get(PATH).statusCode()).isEqualTo(200);
	}

	/** How many proofs Redis was not asked about, since it was too slow. */
	private static double unasked() {
		return Stream.of(first, second)
			.mapToDouble(
					(node) -> node.bean(MeterRegistry.class).counter(Names.SHARED_PROOFS, "result", "unasked").count())
			.sum();
	}

	@Test
	void refuseAProofForASignInThatWasUsedAtTheOther() throws IOException {
		Phone phone = first.phone();
		String proof = phone.key().proof("POST", URI.create(TestGateway.PUBLIC_URL + "/v1/sessions"), null);
		String body = "{\"email\":\"anna@example.com\",\"password\":\"Haslo-123!\"}";
		assertThat(phone.send("POST", "/v1/sessions", body, "DPoP", proof).statusCode()).isEqualTo(201);
		first.mocks().reset();
		HttpResponse<String> again = second.movedHere(phone).send("POST", "/v1/sessions", body, "DPoP", proof);
		Problems.assertProblem(again, 401, "invalid-proof");
		assertThat(first.asked()).isEmpty();
	}

	@Test
	void takeAProofOnceThoughItComesToBothManyTimesAtOnce() throws Exception {
		Phone phone = first.signedIn("anna");
		Phone moved = second.movedHere(phone);
		int counted = 0;
		for (int round = 0; counted < 10; round++) {
			assertThat(round).as("rounds in which Redis was not always asked").isLessThan(50);
			double before = unasked();
			String proof = proof(phone);
			AtomicInteger turn = new AtomicInteger();
			List<HttpResponse<String>> answers = Call.together(10,
					() -> ((turn.getAndIncrement() % 2 == 0) ? phone : moved).get(PATH, "DPoP", proof));
			if (unasked() == before) {
				assertThat(answers).filteredOn((answer) -> answer.statusCode() == 200).hasSize(1);
				assertThat(answers).filteredOn((answer) -> answer.statusCode() == 401).hasSize(9);
				counted++;
			}
		}
	}

	@Test
	void readOnWhileRedisIsFrozenAndWaitForItOnceAtMost() throws IOException {
		Phone phone = first.signedIn("anna");
		phone.get(PATH);
		redis.pause();
		try {
			long start = System.nanoTime();
			for (int i = 0; i < 50; i++) {
				assertThat(phone.get(PATH).statusCode()).isEqualTo(200);
			}
			// One command that waits three seconds, and not fifty.
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
		}
		finally {
			redis.resume();
		}
	}

	@Test
	void goOnAloneWhileRedisIsDownAndTogetherAfterwards() throws IOException {
		Phone phone = first.signedIn("anna");
		Phone moved = second.movedHere(phone);
		redis.kill();
		try {
			String proof = proof(phone);
			assertThat(phone.get(PATH, "DPoP", proof).statusCode()).isEqualTo(200);
			assertThat(phone.get(PATH, "DPoP", proof).statusCode()).isEqualTo(401);
			assertThat(moved.get(PATH, "DPoP", proof).statusCode()).isEqualTo(200);
			assertHealth("/readiness", 200);
			assertHealth("/liveness", 200);
			assertHealth("", 503);
		}
		finally {
			redis.startAgain();
		}
		repair();
		assertHealth("", 200);
		assertProofIsRefusedAtTheOther();
		assertSessionsEndTogether(3);
	}

	@Test
	void trustNothingForLongThatWasLoadedWhileRedisIsDown() throws IOException {
		Phone phone = second.signedIn("anna");
		phone.get(PATH);
		redis.kill();
		try {
			int before = billed();
			soon().until(() -> status(phone) == 200 && billed() > before);
		}
		finally {
			redis.startAgain();
		}
		int after = billed();
		soon().until(() -> status(phone) == 200 && billed() > after);
	}

	private static int status(Phone phone) {
		try {
			return phone.get(PATH).statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertHealth(String path, int status) throws IOException {
		assertThat(Call.get(first.managementUrl(), "/actuator/health" + path).send().statusCode()).isEqualTo(status);
	}

}
