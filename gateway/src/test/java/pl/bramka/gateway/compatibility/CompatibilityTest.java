package pl.bramka.gateway.compatibility;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first call of every app, with the settings of {@code config/}.
 */
@ExtendWith(RunningGateway.class)
class CompatibilityTest {

	private static final String PATH = "/v1/app/compatibility";

	private static final String GOOGLE = "https://play.google.com/store/apps/details?id=pl.example.bramka";

	private final TestGateway gateway;

	CompatibilityTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private HttpResponse<String> asked(String query, String... headers) throws IOException {
		Call call = Call.ofNoApp("GET", this.gateway.url(), PATH + query);
		for (int i = 0; i < headers.length; i += 2) {
			call.header(headers[i], headers[i + 1]);
		}
		HttpResponse<String> answer = call.send();
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(this.gateway.asked()).as("no other system").isEmpty();
		return answer;
	}

	private static String verdict(HttpResponse<String> answer) {
		return Json.of(answer).path("verdict").asString();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			?platform=android&appVersion=3.4.1&osVersion=14                     | SUPPORTED          | true
			?platform=android&appVersion=3.4.1&osVersion=5.1                    | SUPPORTED          | false
			?platform=android&appVersion=3.4.1&osVersion=6.0&store=google-play  | SUPPORTED          | true
			?platform=android&appVersion=3.3.0&osVersion=14                     | UPDATE_RECOMMENDED | true
			?platform=android&appVersion=3.3.0&osVersion=14&store=app-gallery   | SUPPORTED          | true
			?platform=android&appVersion=3.2.1&osVersion=14                     | UPDATE_REQUIRED    | true
			?platform=android&appVersion=2.9.9&osVersion=14                     | UPDATE_REQUIRED    | true
			?platform=android&appVersion=3.4.1&osVersion=4.4                    | DEVICE_UNSUPPORTED | false
			?platform=ios&appVersion=3.4.1&osVersion=11.0                       | SUPPORTED          | true
			?platform=ios&appVersion=3.4.1&osVersion=10.3.4&store=app-store     | DEVICE_UNSUPPORTED | false
			?platform=ios&appVersion=3.2.1&osVersion=17.2.1                     | UPDATE_RECOMMENDED | true
			?platform=ios&appVersion=3.4.1&osVersion=17.2.1&store=google-play   | UPDATE_REQUIRED    | true
			?platform=tizen&appVersion=3.4.1&osVersion=17                       | UPDATE_REQUIRED    | false
			""")
	void answersForAnyPhone(String query, String verdict, boolean biometrics) throws IOException {
		JsonNode answer = Json.of(asked(query));
		assertThat(answer.path("verdict").asString()).isEqualTo(verdict);
		assertThat(answer.path("biometricsAvailable").asBoolean()).isEqualTo(biometrics);
		assertThat(answer.has("message")).isEqualTo(!verdict.equals("SUPPORTED"));
		assertThat(answer.path("termsVersion").asString()).isEqualTo("2026-01");
		assertThat(answer.at("/contact/phone").asString()).isEqualTo("+48 22 555 01 00");
		assertThat(answer.at("/contact/formUrl").asString()).isEqualTo("https://www.bramka.example/kontakt");
		assertThat(answer.path("features")).hasSize(9)
			.allSatisfy((feature) -> assertThat(feature.path("state").asString()).isEqualTo("ON"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			pl    | 4.4 | 3.4.1 | Twoje urządzenie nie spełnia wymagań aplikacji
			en    | 4.4 | 3.4.1 | Your device does not meet the app's requirements
			en-GB | 14  | 2.0.0 | Update the app to go on using it.
			de    | 14  | 2.0.0 | Zaktualizuj aplikację, aby dalej z niej korzystać.
			pl    | 14  | 3.3.9 | Jest nowsza wersja aplikacji.
			en    | 14  | 3.3.9 | There is a newer version of the app.
			""")
	void speaksToThePerson(String language, String os, String version, String message) throws IOException {
		HttpResponse<String> answer = asked("", "App-Platform", "android", "App-Version", version, "App-OS-Version", os,
				"Accept-Language", language);
		assertThat(Json.of(answer).path("message").asString()).isEqualTo(message);
	}

	@Test
	void leadsToTheStoreExceptWhereNoneHelps() throws IOException {
		String android = "?platform=android&appVersion=2&osVersion=";
		assertThat(Json.of(asked(android + "14")).path("storeLink").asString()).isEqualTo(GOOGLE);
		assertThat(Json.of(asked(android + "14&store=app-gallery")).path("storeLink").asString())
			.startsWith("https://appgallery.huawei.com/");
		assertThat(Json.of(asked("?platform=ios")).path("storeLink").asString()).startsWith("https://apps.apple.com/");
		assertThat(Json.of(asked(android + "4.4")).has("storeLink")).isFalse();
		assertThat(Json.of(asked("")).has("storeLink")).isFalse();
	}

	@Test
	void believesParametersRatherThanHeaders() throws IOException {
		String[] headers = { "App-Platform", "android", "App-Version", "3.4.1", "App-OS-Version", "14", "App-Store",
				"google-play" };
		assertThat(verdict(asked("", headers))).isEqualTo("SUPPORTED");
		assertThat(verdict(asked("?appVersion=2.0", headers))).isEqualTo("UPDATE_REQUIRED");
		assertThat(verdict(asked("?osVersion=4.4", headers))).isEqualTo("DEVICE_UNSUPPORTED");
		assertThat(verdict(asked("?platform=ios", headers))).isEqualTo("UPDATE_REQUIRED");
		assertThat(verdict(asked("?platform=ios&store=app-store", headers))).isEqualTo("SUPPORTED");
		assertThat(verdict(asked("?platform=android", "App-Platform", "x", "App-Platform", "y", "App-Version", "3.4.1",
				"App-OS-Version", "14")))
			.isEqualTo("SUPPORTED");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?platform=android&platform=android", "?platform=android&platform=ios", "?platform",
			"?platform=", "?appVersion", "?appVersion=", "?osVersion=&osVersion=14", "?store=", "?store",
			"?store=google-play&store=google-play", "?store=play", "?appVersion=3.4.1,3.4.1", "?appVersion=%00",
			"?appVersion=%F0%28%8C%28", "?appVersion=%D9%A3.%D9%A4", "?appVersion=99999999999999", "?osVersion=-1" })
	void takesWhatCannotBeReadForTooOld(String query) throws IOException {
		assertThat(verdict(asked(query, "App-Platform", "android", "App-Version", "3.4.1", "App-OS-Version", "14")))
			.isEqualTo("UPDATE_REQUIRED");
	}

	@Test
	void answersWhateverIsSent() throws IOException {
		for (String odd : List.of("", " ", "3.4.1 ", "\u0663.\u0664", "\u00b3", "\ud83d\ude00", "9".repeat(2000),
				"3." + "9".repeat(2000), ".".repeat(3000), "3.4.1;a=b", "{}", "%s%n", "../..", "null", "'--",
				"a=b&c")) {
			String encoded = URLEncoder.encode(odd, StandardCharsets.UTF_8);
			for (String name : List.of("platform", "appVersion", "osVersion", "store", "other")) {
				asked("?" + name + "=" + encoded);
				asked("?" + encoded + "=" + name);
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Accept          | text/html
			Accept          | nonsense
			Accept-Language | *;q=x
			If-None-Match   | nonsense
			Content-Type    | nonsense
			Cookie          | a
			Origin          | https://evil.example
			Authorization   | DPoP x
			Authorization   | Basic eDp5
			DPoP            | x
			Cache-Control   | no-cache
			Idempotency-Key | k
			""")
	void answersWithAnyHeader(String name, String value) throws IOException {
		assertThat(verdict(asked("", name, value))).isEqualTo("UPDATE_REQUIRED");
	}

	@Test
	void answersThoughTheTokenHasExpired() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		this.gateway.rest();
		String token = phone.tokens().orElseThrow().accessToken();
		String forged = token.substring(0, token.length() - 4) + "AAAA";
		for (String authorization : List.of("DPoP " + token, "DPoP " + forged, "Bearer " + token, "DPoP ", "")) {
			assertThat(verdict(asked("?platform=android&appVersion=3.4.1&osVersion=14", "Authorization", authorization,
					"DPoP", "x")))
				.isEqualTo("SUPPORTED");
		}
	}

	@Test
	void isKeptByTheAppUntilSomethingChanges() throws IOException {
		String query = "?platform=android&appVersion=3.3&osVersion=14";
		HttpResponse<String> answer = asked(query);
		String tag = answer.headers().firstValue("ETag").orElseThrow();
		assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(answer.body()).hasSizeLessThan(2048);
		HttpResponse<String> again = Call.ofNoApp("GET", this.gateway.url(), PATH + query)
			.header("If-None-Match", tag)
			.send();
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(asked(query, "Accept-Language", "en").headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS" })
	void isOpenForReadingOnly(String method) throws IOException {
		assertThat(Call.ofNoApp(method, this.gateway.url(), PATH).send().statusCode()).isIn(401, 405);
	}

	@Test
	void saysNothingOfItself() throws IOException {
		Problems.assertSaysNothingOfItself(asked("?platform=ios").body());
	}

}
