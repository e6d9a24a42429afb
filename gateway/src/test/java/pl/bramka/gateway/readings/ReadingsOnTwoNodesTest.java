package pl.bramka.gateway.readings;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Neighbours;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.gateway.TestRedis;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readings at two nodes on one real PostgreSQL and one real Redis.
 */
class ReadingsOnTwoNodesTest {

	private static TestPostgres postgres;

	private static TestRedis redis;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.start();
		redis = TestRedis.start();
		List<String> settings = new ArrayList<>(postgres.settings());
		settings.addAll(List.of("bramka.nodes.redis=" + redis.url(), "bramka.nodes.timeout=5s",
				"bramka.readings.look=100ms", "bramka.readings.pause=300ms", "bramka.readings.lease=3s",
				"bramka.readings.send-limit=6s", "bramka.upstreams.billing.breaker.window=1000",
				"bramka.upstreams.billing.breaker.minimum=1000"));
		first = TestGateway.start(settings.toArray(String[]::new));
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		redis.close();
		postgres.close();
	}

	@BeforeEach
	void begin() {
		Reader.begin(first);
		// Last, so that they have heard what the beginning announces.
		Neighbours.hearEachOther(first, second);
	}

	private static Reader anna() throws IOException {
		Reader anna = Reader.of(first, "anna", Reader.ANNAS);
		anna.phone().readingOptions(Reader.ANNAS);
		anna.at(second).phone().readingOptions(Reader.ANNAS);
		return anna;
	}

	private static int taken() {
		return first.mocks().billingSystem().readingsTaken(Reader.ANNAS);
	}

	@Test
	void takeOneOfManyForADay() throws Exception {
		for (int round = 0; round < 5; round++) {
			begin();
			Reader anna = anna();
			Reader there = anna.at(second);
			AtomicInteger next = new AtomicInteger();
			List<HttpResponse<String>> answers = Call.together(20, () -> {
				int turn = next.getAndIncrement();
				return ((turn % 2 == 0) ? anna : there).reads("001=" + (18400 + turn), "002=24950");
			});
			assertThat(answers.stream().filter((answer) -> answer.statusCode() == 201)).as("round " + round).hasSize(1);
			assertThat(answers.stream().filter((answer) -> answer.statusCode() != 201)).allSatisfy((answer) -> {
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
				assertThat(Json.code(answer)).isEqualTo("reading-already-given");
			});
			assertThat(taken()).isEqualTo(1);
			// The others never came to billing, which would have refused them as well.
			assertThat(Reader.told(first)).isBetween(1, 2);
		}
	}

	@Test
	void areNoReasonNotToTellWhatMayBeReadIfTheDatabaseHangs() throws Exception {
		Reader anna = anna();
		try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + postgres.address(), "postgres",
				"postgres"); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("lock table meter_reading in access exclusive mode");
			JsonNode options = Json.of(anna.phone().readingOptions(Reader.ANNAS)).get("data");
			assertThat(options.get("available").asBoolean()).isTrue();
			connection.rollback();
		}
		// What the nodes do beside was held up too, and had taken their connections.
		for (TestGateway node : List.of(first, second)) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.ignoreExceptions()
				.until(() -> node.signedIn("jan") != null);
		}
	}

	@Test
	void answerOneKeyAlikeHoweverOftenItComes() throws Exception {
		Reader anna = anna();
		Reader there = anna.at(second);
		AtomicInteger next = new AtomicInteger();
		List<HttpResponse<String>> answers = Call.together(30,
				() -> ((next.getAndIncrement() % 2 == 0) ? anna : there).reads("one", false, "001=18400", "002=24950"));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409));
		assertThat(new HashSet<>(answers.stream()
			.filter((answer) -> answer.statusCode() == 201)
			.map((answer) -> Json.of(answer).toString())
			.toList())).hasSize(1);
		assertThat(answers.stream().filter((answer) -> answer.statusCode() == 409))
			.allSatisfy((answer) -> assertThat(Json.code(answer)).isEqualTo("request-under-way"));
		assertThat(taken()).isEqualTo(1);
	}

	@Test
	void tellAKeptReadingOnceAndShowItEverywhere() throws Exception {
		Reader anna = anna();
		first.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE));
		HttpResponse<String> answer = anna.reads("001=18442", "002=24987");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		JsonNode kept = Json.of(answer);
		Reader there = anna.at(second);
		assertThat(there.readings().at("/items/0/state").asString()).isEqualTo("KEPT");
		first.mocks().faults().clearAll();
		String receipt = kept.get("id").asString();
		for (Reader reader : List.of(anna, there)) {
			assertThat(reader.eventually(receipt, "ACCEPTED").at("/amountDue/amount").asLong()).isEqualTo(22032);
		}
		assertThat(taken()).isEqualTo(1);
	}

}
