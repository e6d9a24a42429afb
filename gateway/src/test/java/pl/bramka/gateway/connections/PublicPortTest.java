package pl.bramka.gateway.connections;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.RawCall;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is behind which port, however its path is written.
 */
@ExtendWith(RunningGateway.class)
class PublicPortTest {

	private final TestGateway gateway;

	PublicPortTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/actuator", "/actuator/", "/actuator/health", "/actuator/prometheus",
			"/actuator/env", "/ACTUATOR/health", "/%61ctuator/health", "/%2561ctuator", "/actuator%2fhealth",
			"//actuator/health", "/./actuator/health", "/v1/../actuator/health", "/v1/..;/actuator/health",
			"/v1/%2e%2e/actuator/health", "/v1/..%2factuator", "/v1;/../actuator", "/.well-known/../actuator/health",
			"/v1/../../actuator", "/actuator;/health", "/;/actuator/health", "/actuator?x=/v1/", "/swagger-ui.html",
			"/swagger-ui/index.html", "/webjars/swagger-ui/index.html", "/v3/api-docs", "/v3/api-docs.yaml",
			"/v3/api-docs/swagger-config", "/favicon.ico", "/index.html", "/static/x", "/login", "/logout", "/error",
			"/h2-console", "/v1x", "/v2/home", "/V1/home", "/home", "\\actuator", "/v1\\..\\actuator", "/.well-known",
			"/.git/config" })
	void hasNothingBesideTheApi(String path) throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String token = "Authorization: DPoP " + phone.tokens().orElseThrow().accessToken();
		for (String[] headers : new String[][] { {}, { token }, { "X-Original-URL: /actuator/health" } }) {
			RawCall.Answer answer = RawCall.get(this.gateway.url(), path, headers);
			assertThat(answer.status()).isIn(400, 404);
			assertThat(answer.head()).containsIgnoringCase("content-type: application/problem+json")
				.containsIgnoringCase("request-id: ");
			assertThat(answer.body()).doesNotContain("UP", "status\":\"");
		}
	}

	@Test
	void managesOnAPortOfItsOwn() throws IOException {
		URI management = this.gateway.managementUrl();
		for (String path : List.of("/actuator/health", "/actuator/health/readiness", "/actuator/prometheus")) {
			assertThat(Call.get(management, path).send().statusCode()).as(path).isEqualTo(200);
		}
		for (String path : List.of("/", "/v1/problems", "/v1/home", "/.well-known/jwks.json", "/v1/sessions",
				"/actuator/env", "/actuator/heapdump", "/actuator/shutdown", "/actuator/gateway", "/v3/api-docs",
				"/swagger-ui.html", "/webjars/swagger-ui/index.html")) {
			HttpResponse<String> answer = Call.get(management, path).send();
			assertThat(answer.statusCode()).as(path).isIn(401, 404);
		}
	}

}
