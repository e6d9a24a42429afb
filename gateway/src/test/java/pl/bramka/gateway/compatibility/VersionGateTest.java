package pl.bramka.gateway.compatibility;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RawCall;
import pl.bramka.gateway.Routes;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Apps that are not served get no further than the gate, with the settings of
 * {@code config/}.
 */
@ExtendWith(RunningGateway.class)
class VersionGateTest {

	private static final String GOOGLE = "https://play.google.com/store/apps/details?id=pl.example.bramka";

	/** What no app calls. A new line here needs a reason in the gate. */
	private static final Set<String> NOT_OF_APPS = Set.of("/v1/app/compatibility", "/v1/operator/notifications",
			"/v1/pay-links", "/.well-known/jwks.json", "/v1/problems", "/v1/openapi.json", "/v1/docs");

	private final TestGateway gateway;

	VersionGateTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private HttpResponse<String> asked(String method, String path, String... headers) throws IOException {
		Call call = Call.ofNoApp(method, this.gateway.url(), path);
		for (int i = 0; i < headers.length; i += 2) {
			call.header(headers[i], headers[i + 1]);
		}
		return call.send();
	}

	private HttpResponse<String> ofAnApp(String platform, String version, String os) throws IOException {
		return asked("GET", "/v1/home", "App-Platform", platform, "App-Version", version, "App-OS-Version", os);
	}

	@Test
	void turnsAwayAnOldAppFromEveryRoute() throws IOException {
		List<Routes.Route> routes = Routes.of(this.gateway);
		assertThat(routes.stream().map(Routes.Route::toString)).contains("GET /v1/home", "POST /v1/sessions",
				"POST /v1/sessions/refresh", "DELETE /v1/sessions/current", "GET /v1/invoices");
		for (Routes.Route route : routes) {
			HttpResponse<String> old = asked(route.method(), route.path(), "App-Platform", "android", "App-Version",
					"2.9", "App-OS-Version", "14");
			HttpResponse<String> silent = asked(route.method(), route.path());
			if (NOT_OF_APPS.stream().anyMatch(route.pattern()::startsWith)) {
				assertThat(old.statusCode()).as("%s", route).isNotEqualTo(426);
				assertThat(silent.statusCode()).as("%s", route).isNotEqualTo(426);
			}
			else {
				Problems.assertProblem(old, 426, "update-required");
				assertThat(Json.of(old).path("storeLink").asString()).isEqualTo(GOOGLE);
				Problems.assertProblem(silent, 426, "update-required");
				assertThat(Json.of(silent).has("storeLink")).isFalse();
			}
		}
		assertThat(this.gateway.asked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/nothing", "/v1/app", "/v1/app/compatibility2", "/v1/problemsx", "/v1/docsx",
			"/v1/operator", "/v1/operator/notificationsx" })
	void turnsAwayAnOldAppFromWhatDoesNotExist(String path) throws IOException {
		Problems.assertProblem(asked("GET", path), 426, "update-required");
	}

	/** What is let past comes to the next gate, which knows what to say. */
	@ParameterizedTest
	@CsvSource({ "POST, /v1/operator/notifications", "GET, /v1/openapi.json", "GET, /v1/docs",
			"GET, /v1/docs/index.html", "GET, /.well-known/nothing", "GET, /v1/problems/nothing" })
	void letsPastWhatNoAppCalls(String method, String path) throws IOException {
		assertThat(asked(method, path).statusCode()).isNotEqualTo(426).isLessThan(500);
	}

	@Test
	void standsBeforeTheChecksOfTokens() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		assertThat(phone.get("/v1/home").statusCode()).isEqualTo(200);
		this.gateway.rest();
		Problems.assertProblem(phone.get("/v1/home", "App-Version", "2.0"), 426, "update-required");
		Problems.assertProblem(phone.get("/v1/home", "App-Version", "2.0", "Authorization", "DPoP forged"), 426,
				"update-required");
		Problems.assertProblem(phone.get("/v1/home", "App-Version", "3.4.1", "Authorization", "DPoP forged"), 401,
				"invalid-token");
		HttpResponse<String> signIn = phone.send("POST", "/v1/sessions",
				"{\"email\":\"anna@example.com\",\"password\":\"Haslo-123!\"}", "App-OS-Version", "4.4.4");
		Problems.assertProblem(signIn, 426, "device-unsupported");
		assertThat(this.gateway.asked()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "android, 4.4", "android, 4.0.3", "ios, 10", "ios, 10.3.4", "ios, 9.3.5" })
	void tellsAPhoneThatIsTooOld(String platform, String os) throws IOException {
		HttpResponse<String> answer = ofAnApp(platform, "3.4.1", os);
		Problems.assertProblem(answer, 426, "device-unsupported");
		assertThat(Json.of(answer).path("detail").asString())
			.isEqualTo("Twoje urządzenie nie spełnia wymagań aplikacji");
		assertThat(Json.of(answer).has("storeLink")).isFalse();
		HttpResponse<String> english = asked("GET", "/v1/home", "App-Platform", platform, "App-Version", "3.4.1",
				"App-OS-Version", os, "Accept-Language", "en");
		assertThat(Json.of(english).path("detail").asString())
			.isEqualTo("Your device does not meet the app's requirements");
	}

	@ParameterizedTest
	@CsvSource({ "android, 3.4.1, 14", "android, 3.0.0, 5.0", "android, 3.4.1, 5.1", "android, 3.4, 13.2.1",
			"ios, 3.0, 11", "ios, 3.4.1-beta.2+77, 17.2.1" })
	void letsPastWhatIsServed(String platform, String version, String os) throws IOException {
		Problems.assertProblem(ofAnApp(platform, version, os), 401, "unauthenticated");
	}

	@Test
	void saysNothingOfAnotherProtocol() throws IOException {
		HttpResponse<String> answer = ofAnApp("android", "2.0", "14");
		assertThat(answer.headers().map()).doesNotContainKeys("upgrade", "connection");
	}

	@ParameterizedTest
	@ValueSource(strings = { "App-Platform: android", "App-Platform: ios", "App-Version: 3.4.1", "App-Version: 3.4.2",
			"App-OS-Version: 14", "App-Store: app-store", "App-Store: ",
			"App-Store: google-play\r\nApp-Store: google-play", "app-platform: android" })
	void turnsAwayWhatIsSaidTwiceOrContradictsItself(String more) throws IOException {
		RawCall.Answer answer = RawCall.get(this.gateway.url(), "/v1/home", more);
		assertThat(answer.status()).isEqualTo(426);
		assertThat(answer.body()).contains("update-required");
	}

	@Test
	void neverFailsOverAHeader() throws IOException {
		for (String odd : List.of("", "\u00a0", "\u00b3.\u00b9", "\u00d9\u00a3.\u00d9\u00a4", "9".repeat(4096),
				".".repeat(4096), "3.4.1, 3.4.1", "3.4.1;x", "\"3.4.1\"", "3.4.1\u0085", "-3", "+3", "0x3", "1e9",
				"2147483648", "99999999999999999999.1", "3.4.1.1.1", "\u00ff".repeat(512), "{}", "null")) {
			for (String name : List.of("App-Platform", "App-Version", "App-OS-Version")) {
				StringBuilder head = new StringBuilder("GET /v1/home HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
				RawCall.APP.lines()
					.filter((line) -> !line.startsWith(name + ":"))
					.forEach((line) -> head.append(line).append("\r\n"));
				RawCall.Answer answer = RawCall.send(this.gateway.url(),
						head.append(name).append(": ").append(odd).append("\r\n\r\n").toString());
				assertThat(answer.status()).as("%s: %s", name, odd).isIn(400, 426, 431);
			}
		}
	}

	@Test
	void leavesTheManagementPortAlone() throws IOException {
		Call call = Call.ofNoApp("GET", this.gateway.managementUrl(), "/actuator/health/readiness");
		assertThat(call.send().statusCode()).isEqualTo(200);
		HttpResponse<String> metrics = Call.ofNoApp("GET", this.gateway.managementUrl(), "/actuator/prometheus").send();
		assertThat(metrics.statusCode()).isEqualTo(200);
	}

	@Test
	void isMeasured() throws IOException {
		ofAnApp("android", "3.4.1", "14");
		ofAnApp("ios", "77.12.3", "14");
		HttpResponse<String> metrics = Call.ofNoApp("GET", this.gateway.managementUrl(), "/actuator/prometheus").send();
		assertThat(metrics.body().lines().filter((line) -> line.startsWith("bramka_app_requests_total{")))
			.anyMatch((line) -> line.contains("platform=\"android\"") && line.contains("version=\"3.4\"")
					&& line.contains("verdict=\"SUPPORTED\""))
			.anyMatch((line) -> line.contains("platform=\"ios\"") && line.contains("version=\"other\""))
			.noneMatch((line) -> line.contains("77"))
			.hasSizeLessThan(60);
	}

}
