package pl.bramka.gateway.account;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.identity.Mail;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider that fails says no more of an e-mail than one that works. No breaker comes
 * between, so that each call meets the failure.
 */
class ProviderInTroubleTest {

	private static final String NEW = "zofia.nowa@example.com";

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.upstreams.identity.breaker.window=1000",
				"bramka.upstreams.identity.breaker.minimum=1000");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void repair() {
		gateway.rest();
	}

	private static HttpResponse<String> register(String email, String password) throws IOException {
		return Registering.register(gateway, email, password);
	}

	private static HttpResponse<String> reset(String email) throws IOException {
		return Registering.reset(gateway, email);
	}

	private static List<Mail> mails() {
		return gateway.mocks().identityProvider().mails();
	}

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE, 503, identity-unavailable", "HTML_LOGIN, 503, identity-unavailable",
			"REQUEST_REJECTED, 503, identity-unavailable", "RESET, 503, identity-unavailable",
			"GARBAGE, 503, identity-unavailable", "XML_ERROR, 503, identity-unavailable",
			"UNCAUGHT, 503, identity-unavailable" })
	void refusesRegistrationsAlike(FaultKind kind, int status, String code) throws IOException {
		for (String path : List.of("/users\\?", "/users$")) {
			for (String email : List.of("anna@example.com", NEW)) {
				gateway.mocks().faults().clearAll();
				gateway.mocks()
					.faults()
					.set(UpstreamName.IDENTITY, Fault.of(kind).onlyPath("/admin/realms/portal" + path).times(2));
				Problems.assertProblem(register(email, Registering.PASSWORD), status, code);
			}
		}
	}

	@Test
	void refusesRegistrationsIfTheServiceAccountMayNotMakeAccounts() throws IOException {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.CSRF_403).onlyPath("/users$"));
		for (String email : List.of("anna@example.com", NEW)) {
			Problems.assertProblem(register(email, Registering.PASSWORD), 502, "identity-refused");
		}
		gateway.mocks().faults().clearAll();
		assertThat(gateway.signedIn("anna").tokens()).as("the breaker did not count it").isPresent();
	}

	@Test
	void doesNotTellThatTheMailOfARegistrationCouldNotBeSent() throws IOException {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNCAUGHT).onlyPath("execute-actions"));
		assertThat(register(NEW, Registering.PASSWORD).statusCode()).isEqualTo(202);
		assertThat(register("anna@example.com", Registering.PASSWORD).statusCode()).isEqualTo(202);
		assertThat(Registering.mails(gateway, 2)).isEmpty();
		gateway.mocks().faults().clearAll();
		// Who asks again gets it.
		assertThat(register(NEW, Registering.PASSWORD).statusCode()).isEqualTo(202);
		assertThat(Registering.mails(gateway, 3))
			.containsExactly(new Mail(NEW, List.of("VERIFY_EMAIL", "UPDATE_PASSWORD")));
	}

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE", "HTML_LOGIN", "RESET", "EMPTY", "GARBAGE", "MALFORMED", "UNCAUGHT" })
	void refusesResetsAlike(FaultKind kind) throws IOException {
		for (String email : List.of("anna@example.com", NEW)) {
			gateway.mocks().faults().clearAll();
			gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(kind).onlyPath("/users\\?").times(2));
			Problems.assertProblem(reset(email), 503, "identity-unavailable");
		}
		assertThat(mails()).isEmpty();
	}

	@Test
	void refusesResetsAlikeWhileNobodyListens() throws IOException {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.refused());
		for (String email : List.of("anna@example.com", NEW)) {
			Problems.assertProblem(reset(email), 503, "identity-unavailable");
		}
	}

	/** Of an e-mail that nobody has no mail can fail. */
	@ParameterizedTest
	@ValueSource(strings = { "UNCAUGHT", "UNAVAILABLE", "HTML_LOGIN", "CSRF_403" })
	void doesNotTellThatTheMailOfAResetCouldNotBeSent(FaultKind kind) throws IOException {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(kind).onlyPath("execute-actions").times(2));
		HttpResponse<String> known = reset("anna@example.com");
		assertThat(known.statusCode()).isEqualTo(202);
		assertThat(known.body()).isEqualTo(reset(NEW).body());
	}

	/** The call itself is given up after 3 s. */
	@Test
	void doesNotTellByItsTimeThatAMailTakesLong() throws IOException {
		gateway.mocks()
			.faults()
			.set(UpstreamName.IDENTITY, Fault.slow(Duration.ofSeconds(10)).onlyPath("execute-actions"));
		long start = System.nanoTime();
		assertThat(reset("anna@example.com").statusCode()).isEqualTo(202);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(380),
				Duration.ofMillis(1700));
	}

}
