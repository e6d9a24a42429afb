package pl.bramka.gateway.access;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that need no session are none the worse for a bad token that is sent along.
 */
@ExtendWith(RunningGateway.class)
class OpenCallsTest {

	private final TestGateway gateway;

	OpenCallsTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private List<String> badTokens() {
		String real = this.gateway.signedIn("anna").tokens().orElseThrow().accessToken();
		Forgery forgery = Forgery.of(real);
		return List.of("DPoP x", "DPoP " + real, "DPoP " + forgery.header("alg", "none").unsigned(),
				"DPoP " + forgery.claim("exp", 1).signed(this.gateway.signingKey()), "DPoP " + "x".repeat(5000),
				"Bearer x", "Basic eDp5", "");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/v1/problems", "/v1/openapi.json", "/v1/docs", "/v1/docs/start.js", "/.well-known/jwks.json" })
	void answersWithABadTokenSentAlong(String path) throws IOException {
		for (String token : badTokens()) {
			Call call = Call.get(this.gateway.url(), path).header("Authorization", token).header("DPoP", "x");
			assertThat(call.send().statusCode()).isEqualTo(200);
			assertThat(call.header("Authorization", "DPoP y").header("DPoP", "y").send().statusCode()).isEqualTo(200);
		}
	}

	@Test
	void opensAndRefreshesASessionWithABadTokenSentAlong() throws IOException {
		for (String token : badTokens()) {
			Phone phone = this.gateway.phone();
			HttpResponse<String> opened = phone.send("POST", "/v1/sessions",
					"{\"email\":\"anna@example.com\",\"password\":\"Haslo-123!\"}", "Authorization", token);
			assertThat(opened.statusCode()).isEqualTo(201);
			String refreshToken = Json.of(opened).get("refreshToken").asString();
			assertThat(phone
				.send("POST", "/v1/sessions/refresh", "{\"refreshToken\":\"" + refreshToken + "\"}", "Authorization",
						token)
				.statusCode()).isEqualTo(200);
		}
	}

}
