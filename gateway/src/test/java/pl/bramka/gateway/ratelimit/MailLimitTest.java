package pl.bramka.gateway.ratelimit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestRedis;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three mails to one address, whoever asks for them and for what.
 */
class MailLimitTest {

	private static final String LIMITS = """
			bramka.rate-limits.policies:
			  mail-email:
			    key: email
			    fail-closed: true
			    calls: [ { methods: [ POST ], paths: [ /v1/accounts, /v1/accounts/password-reset ] } ]
			    bandwidths: { quarter: { limit: 3, period: 1d } }
			""";

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.startLimited(LIMITS);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void repair() {
		gateway.mocks().reset();
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
	}

	private static HttpResponse<String> reset(TestGateway gateway, String email) throws IOException {
		return gateway.phone().send("POST", "/v1/accounts/password-reset", "{\"email\":\"" + email + "\"}");
	}

	private static HttpResponse<String> register(String email) throws IOException {
		return gateway.phone()
			.send("POST", "/v1/accounts",
					"{\"email\":\"" + email + "\",\"password\":\"Calkiem-Nowe-7\",\"termsVersion\":\"2026-01\"}");
	}

	@Test
	void isOneForBothCallsAndTheSameForKnownAndUnknown() throws IOException {
		for (String email : List.of("anna@example.com", "nobody.there@example.com")) {
			assertThat(register(email).statusCode()).isEqualTo(202);
			assertThat(reset(gateway, email).statusCode()).isEqualTo(202);
			assertThat(reset(gateway, email.toUpperCase(Locale.ROOT)).statusCode()).isEqualTo(202);
			Problems.assertProblem(register(email), 429, "too-many-requests");
			Problems.assertProblem(reset(gateway, email), 429, "too-many-requests");
		}
		// A mail may be sent after its call was answered.
		soon().untilAsserted(
				() -> assertThat(gateway.mocks().received(UpstreamName.IDENTITY, "execute-actions")).hasSize(6));
	}

	@Test
	void holdsAlsoForManyAtOnce() throws Exception {
		List<HttpResponse<String>> answers = Call.together(20, () -> reset(gateway, "jan@example.com"));
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 202).hasSize(3);
		soon().untilAsserted(() -> assertThat(gateway.mocks().identityProvider().mails()).hasSize(3));
	}

	@Test
	void failsClosed() throws IOException {
		try (TestRedis redis = TestRedis.start();
				TestGateway shared = TestGateway.startLimited(LIMITS, "bramka.nodes.redis=" + redis.url())) {
			redis.kill();
			for (String email : List.of("anna@example.com", "nobody@example.com")) {
				HttpResponse<String> refused = reset(shared, email);
				Problems.assertProblem(refused, 503, "store-unavailable");
				assertThat(Json.of(refused).has("message")).isFalse();
			}
			assertThat(shared.mocks().identityProvider().mails()).isEmpty();
		}
	}

}
