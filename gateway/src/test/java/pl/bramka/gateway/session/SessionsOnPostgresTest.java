package pl.bramka.gateway.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same statements on a real PostgreSQL, with two nodes.
 */
class SessionsOnPostgresTest {

	private static EmbeddedPostgres postgres;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() throws IOException {
		postgres = EmbeddedPostgres.start();
		String database = "localhost:" + postgres.getPort() + "/postgres";
		String[] settings = { "spring.r2dbc.url=r2dbc:postgresql://" + database, "spring.r2dbc.username=postgres",
				"spring.r2dbc.password=postgres", "spring.flyway.url=jdbc:postgresql://" + database,
				"spring.flyway.user=postgres", "spring.flyway.password=postgres", "bramka.session.ended-look=200ms" };
		first = TestGateway.start(settings);
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() throws IOException {
		second.close();
		first.close();
		postgres.close();
	}

	@BeforeEach
	void repair() {
		first.mocks().reset();
	}

	@Test
	void givesFiftyOnTwoNodesTheSameSuccessor() throws Exception {
		Phone phone = first.signedIn("anna");
		Phone moved = second.movedHere(phone);
		first.mocks().reset();
		String token = phone.tokens().orElseThrow().refreshToken();
		AtomicInteger turn = new AtomicInteger();
		List<HttpResponse<String>> answers = Call.together(50,
				() -> RefreshTest.refresh((turn.getAndIncrement() % 2 == 0) ? phone : moved, token));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).isEqualTo(200));
		assertThat(answers).extracting((answer) -> Json.of(answer).get("refreshToken").asString())
			.containsOnly(Json.of(answers.getFirst()).get("refreshToken").asString())
			.doesNotContain(token);
		assertThat(first.mocks().received(UpstreamName.IDENTITY, ".*")).isEmpty();
	}

	@Test
	void endsTheFamilyOnBothNodesWhenAnotherKeyShowsAToken() throws IOException {
		Phone owner = first.signedIn("anna");
		String stolen = owner.tokens().orElseThrow().refreshToken();
		assertThat(Json.code(RefreshTest.refresh(second.phone(), stolen))).isEqualTo("session-ended");
		assertThat(Json.code(owner.refresh())).isEqualTo("session-ended");
		assertThat(Json.code(second.movedHere(owner).refresh())).isEqualTo("session-ended");
	}

	@Test
	void refreshesOnEitherNodeAndEndsOnBoth() throws IOException {
		Phone phone = first.signedIn("jan");
		Phone moved = second.movedHere(phone);
		assertThat(moved.refresh().statusCode()).isEqualTo(200);
		assertThat(moved.get("/v1/sessions").statusCode()).isEqualTo(200);
		Tokens tokens = moved.tokens().orElseThrow();
		assertThat(moved.signOut().statusCode()).isEqualTo(204);
		phone.tokens(tokens);
		assertThat(Json.code(phone.refresh())).isEqualTo("session-ended");
	}

	@Test
	void learnsFromTheDatabaseThatASessionEndedAtTheOtherNode() throws IOException {
		Phone phone = first.signedIn("jan");
		Phone moved = second.movedHere(phone);
		Phone another = second.signedIn("jan");
		assertThat(moved.get("/v1/invoices").statusCode()).isEqualTo(200);
		first.mocks().reset();
		assertThat(phone.signOut().statusCode()).isEqualTo(204);
		Awaitility.await()
			.atMost(Duration.ofSeconds(2))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> moved.get("/v1/invoices").statusCode() == 401);
		// What was kept of the customer is forgotten too, a moment later.
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> another.get("/v1/invoices").statusCode() == 200
					&& !first.mocks().journal(UpstreamName.BILLING).isEmpty());
	}

	@Test
	void signsInTwiceAtOnceOnANewDevice() throws Exception {
		Phone phone = first.phone();
		Phone moved = second.movedHere(phone);
		AtomicInteger turn = new AtomicInteger();
		List<HttpResponse<String>> answers = Call.together(40,
				() -> ((turn.getAndIncrement() % 2 == 0) ? phone : moved).signIn("tomek@example.com", "Haslo-123!"));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));
	}

}
