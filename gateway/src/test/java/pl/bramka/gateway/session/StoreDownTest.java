package pl.bramka.gateway.session;

import java.io.IOException;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Logged;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway that lost its database: nobody comes in, and whoever is in goes on reading.
 */
class StoreDownTest {

	private static TestGateway gateway;

	private static Phone phone;

	private static Phone waiting;

	@BeforeAll
	static void start() throws IOException {
		gateway = TestGateway.start();
		phone = gateway.signedIn("anna");
		waiting = gateway.phone();
		waiting.signIn("jan@example.com", "Haslo-123!");
		gateway.bean(ConnectionPool.class).dispose();
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.rest();
	}

	@Test
	void keepsASessionWaitingThatOwesAnAcceptance() throws IOException {
		Problems.assertProblem(waiting.get("/v1/contracts"), 503, "store-unavailable");
		assertThat(gateway.mocks().received(UpstreamName.CRM, ".*")).isEmpty();
		assertThat(phone.get("/v1/contracts").statusCode()).isEqualTo(200);
	}

	@Test
	void opensNoSessionAndEndsTheProviders() throws IOException {
		Problems.assertProblem(gateway.phone().signIn("anna@example.com", "Haslo-123!"), 503, "store-unavailable");
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, "/logout")).hasSize(1);
	}

	@Test
	void doesNotTellAWrongPasswordByIt() throws IOException {
		Problems.assertProblem(gateway.phone().signIn("anna@example.com", "wrong"), 401, "invalid-credentials");
	}

	@Test
	void refreshesAndEndsNoSession() throws IOException {
		Problems.assertProblem(phone.refresh(), 503, "store-unavailable");
		Problems.assertProblem(phone.send("DELETE", "/v1/sessions/current", null), 503, "store-unavailable");
		Problems.assertProblem(phone.get("/v1/sessions"), 503, "store-unavailable");
	}

	@Test
	void goesOnReading() throws IOException {
		for (String path : new String[] { "/v1/home", "/v1/contracts", "/v1/invoices" }) {
			assertThat(phone.get(path, "Cache-Control", "no-cache").statusCode()).isEqualTo(200);
		}
		assertThat(gateway.mocks().journal(UpstreamName.BILLING)).isNotEmpty();
	}

	@Test
	void recordsInTheLogWhatTheDatabaseCannotTake() throws IOException {
		double before = lost();
		try (Logged logged = Logged.atUsualLevels()) {
			Problems.assertProblem(gateway.phone().signIn("jan@example.com", "wrong"), 401, "invalid-credentials");
			Problems.assertProblem(phone.send("DELETE", "/v1/accounts/current", null), 403,
					"account-deletion-by-contact");
			assertThat(gateway.phone()
				.send("POST", "/v1/accounts/password-reset", "{\"email\":\"jan@example.com\"}")
				.statusCode()).isEqualTo(202);
			// A call may be answered before its mail is sent, and recorded after that.
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lost() - before >= 3);
			assertThat(logged.lines("audit")).hasSize(3);
		}
		assertThat(lost() - before).isEqualTo(3);
	}

	private static double lost() {
		return gateway.bean(MeterRegistry.class).counter(Names.AUDIT_LOST).count();
	}

}
