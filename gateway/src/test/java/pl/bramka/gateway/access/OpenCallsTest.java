package pl.bramka.gateway.access;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
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
	@ValueSource(strings = { "/v1/app/compatibility", "/v1/problems", "/v1/openapi.json", "/v1/docs",
			"/v1/docs/start.js", "/v1/terms/current", "/.well-known/jwks.json" })
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
			assertThat(Json.code(phone.send("POST", "/v1/sessions/pin", "{\"deviceId\":\"x\",\"pin\":\"4826\"}",
					"Authorization", token)))
				.isEqualTo("pin-refused");
			String refreshToken = Json.of(opened).get("refreshToken").asString();
			assertThat(phone
				.send("POST", "/v1/sessions/refresh", "{\"refreshToken\":\"" + refreshToken + "\"}", "Authorization",
						token)
				.statusCode()).isEqualTo(200);
		}
	}

	@Test
	void takesWhatIsAskedOfAccountsWithABadTokenSentAlong() throws IOException {
		for (String token : badTokens()) {
			assertThat(this.gateway.phone()
				.send("POST", "/v1/accounts/password-reset", "{\"email\":\"jan@example.com\"}", "Authorization", token)
				.statusCode()).isEqualTo(202);
			assertThat(this.gateway.phone()
				.send("POST", "/v1/accounts", """
						{"email":"jan@example.com","password":"Calkiem-Nowe-7","termsVersion":"2026-01"}""",
						"Authorization", token)
				.statusCode()).isEqualTo(202);
		}
	}

	@Test
	void answersFingerprintsWithABadTokenSentAlong() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		Fingerprint fingerprint = new Fingerprint(DeviceKey.generate());
		assertThat(fingerprint.enrol(phone).statusCode()).isEqualTo(204);
		String device = phone.deviceId().orElseThrow();
		for (String token : badTokens()) {
			HttpResponse<String> asked = phone.send("POST", Fingerprint.CHALLENGES,
					Json.text(Map.of("deviceId", device, "purpose", "SIGN_IN")), "Authorization", token);
			assertThat(asked.statusCode()).isEqualTo(201);
			String challenge = Fingerprint.value(asked);
			String signature = fingerprint.signature("SIGN_IN", device, challenge);
			assertThat(phone
				.send("POST", Fingerprint.SESSIONS,
						Json.text(Map.of("deviceId", device, "challenge", challenge, "signature", signature)),
						"Authorization", token)
				.statusCode()).isEqualTo(201);
		}
	}

}
