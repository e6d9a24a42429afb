package pl.bramka.gateway.maintenance;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An evening of planned work, in a gateway whose clock the test moves: invoices off for
 * two minutes and then read-only for two more, payments read-only, signing in off.
 */
class MaintenanceTest {

	private static Instant evening;

	private static Instant begin;

	private static Instant half;

	private static Instant end;

	private static Time time;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		evening = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		begin = evening.plusSeconds(60);
		half = evening.plusSeconds(180);
		end = evening.plusSeconds(300);
		time = new Time(evening.toString());
		List<String> settings = new ArrayList<>();
		window(settings, 0, "invoices", begin, end, "read-only");
		window(settings, 1, "invoices", begin, half, "off");
		window(settings, 2, "payments", begin, end, "read-only");
		window(settings, 3, "sign-in", begin, end, "off");
		gateway = TestGateway.startAt(time, settings.toArray(String[]::new));
	}

	private static void window(List<String> settings, int index, String feature, Instant from, Instant until,
			String state) {
		String prefix = "bramka.maintenance.windows[" + index + "].";
		settings.addAll(List.of(prefix + "feature=" + feature, prefix + "from=" + from, prefix + "until=" + until,
				prefix + "state=" + state, prefix + "message.pl=Prace: " + feature,
				prefix + "message.en=Work: " + feature));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void comeBackToTheEvening() {
		toward(evening);
		gateway.mocks().reset();
	}

	private static void toward(Instant instant) {
		time.passes(Duration.between(time.instant(), instant));
	}

	private static PhoneInTime signedIn() {
		PhoneInTime phone = new PhoneInTime(gateway, time);
		assertThat(phone.signIn("anna").statusCode()).isEqualTo(201);
		assertThat(phone.acceptTerms().statusCode()).isBetween(200, 201);
		return phone;
	}

	private static JsonNode feature(String name) throws IOException {
		HttpResponse<String> answer = Call.get(gateway.url(), "/v1/app/compatibility").send();
		for (JsonNode feature : Json.of(answer).path("features")) {
			if (feature.path("name").asString().equals(name)) {
				return feature;
			}
		}
		throw new AssertionError(answer.body());
	}

	private static String told(String name) throws IOException {
		JsonNode feature = feature(name);
		return feature.path("state").asString() + " " + feature.path("until").asString("-");
	}

	@Test
	void isAnnounced() throws IOException {
		assertThat(told("INVOICES")).isEqualTo("ON -");
		JsonNode next = feature("INVOICES").path("next");
		assertThat(next.propertyNames()).containsExactlyInAnyOrder("state", "from", "until", "message");
		assertThat(next.path("from").asString()).isEqualTo(begin.toString());
		assertThat(feature("PAYMENTS").path("next").path("until").asString()).isEqualTo(end.toString());
		assertThat(feature("PAYMENTS").path("next").path("message").asString()).isEqualTo("Prace: payments");
		assertThat(feature("CONTRACTS").has("next")).isFalse();
		assertThat(signedIn().get("/v1/invoices").statusCode()).isEqualTo(200);
	}

	@Test
	void isToldFromItsFirstToItsLastMoment() throws IOException {
		toward(begin.minusMillis(1));
		assertThat(told("INVOICES")).isEqualTo("ON -");
		toward(begin);
		assertThat(told("INVOICES")).isEqualTo("OFF " + half);
		assertThat(told("PAYMENTS")).isEqualTo("READ_ONLY " + end);
		assertThat(told("SIGN_IN")).isEqualTo("OFF " + end);
		assertThat(told("CONTRACTS")).isEqualTo("ON -");
		JsonNode invoices = feature("INVOICES");
		assertThat(invoices.propertyNames()).containsExactlyInAnyOrder("name", "state", "until", "reason", "message");
		assertThat(invoices.path("reason").asString()).isEqualTo("feature-off");
		assertThat(invoices.path("message").asString()).isEqualTo("Prace: invoices");
		toward(half);
		assertThat(told("INVOICES")).isEqualTo("READ_ONLY " + end);
		toward(end.minusMillis(1));
		assertThat(told("INVOICES")).isEqualTo("READ_ONLY " + end);
		toward(end);
		assertThat(told("INVOICES")).isEqualTo("ON -");
		assertThat(told("SIGN_IN")).isEqualTo("ON -");
	}

	@Test
	void turnsAwayCallsOfAFeatureThatIsOff() throws IOException {
		PhoneInTime phone = signedIn();
		toward(begin);
		gateway.mocks().reset();
		HttpResponse<String> answer = phone.get("/v1/invoices");
		Problems.assertProblem(answer, 503, "feature-off");
		assertThat(answer.headers().firstValue("Retry-After")).contains("120");
		assertThat(Json.of(answer).path("detail").asString()).isEqualTo("Prace: invoices");
		assertThat(Json.of(answer).path("retryable").asBoolean()).isTrue();
		assertThat(Json.of(answer).path("feature").asString()).isEqualTo("INVOICES");
		assertThat(Json.of(answer).path("until").asString()).isEqualTo(half.toString());
		HttpResponse<String> english = Call.get(gateway.url(), "/v1/invoices?state=OPEN")
			.header("Accept-Language", "en")
			.send();
		Problems.assertProblem(english, 503, "feature-off");
		assertThat(Json.of(english).path("detail").asString()).isEqualTo("Work: invoices");
		Problems.assertProblem(phone.get("/v1/%69nvoices"), 400, "malformed-request");
		assertThat(gateway.asked()).isEmpty();
		assertThat(phone.get("/v1/contracts").statusCode()).isEqualTo(200);
		toward(half.minusMillis(1));
		assertThat(phone.get("/v1/invoices").headers().firstValue("Retry-After")).contains("1");
		toward(half);
		assertThat(phone.get("/v1/invoices").statusCode()).isEqualTo(200);
	}

	@Test
	void letsReadWhatIsReadOnly() throws IOException {
		PhoneInTime phone = signedIn();
		toward(begin);
		assertThat(phone.get("/v1/payments").statusCode()).isEqualTo(200);
		Problems.assertProblem(Call.get(gateway.url(), "/v1/pay-links/any").send(), 503, "feature-off");
		for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
			HttpResponse<String> answer = Call.of(method, gateway.url(), "/v1/payments/1", noBody()).send();
			Problems.assertProblem(answer, 503, "feature-off");
			assertThat(answer.headers().firstValue("Retry-After")).contains("240");
		}
		Problems.assertProblem(Call.of("POST", gateway.url(), "/v1/invoices/1/pay-link", noBody()).send(), 503,
				"feature-off");
		toward(end);
		Problems.assertProblem(Call.of("POST", gateway.url(), "/v1/payments", noBody()).send(), 401, "unauthenticated");
	}

	private static BodyPublisher noBody() {
		return BodyPublishers.noBody();
	}

	@Test
	void leavesSessionsAliveWhileNobodyCanSignIn() throws IOException {
		PhoneInTime phone = signedIn();
		toward(begin);
		gateway.mocks().reset();
		Problems.assertProblem(new PhoneInTime(gateway, time).signIn("jan"), 503, "feature-off");
		assertThat(gateway.asked()).isEmpty();
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		assertThat(phone.get("/v1/home").statusCode()).isEqualTo(200);
		assertThat(phone.get("/v1/sessions").statusCode()).isEqualTo(200);
		assertThat(phone.end("current").statusCode()).isEqualTo(204);
		toward(end);
		assertThat(new PhoneInTime(gateway, time).signIn("jan").statusCode()).isEqualTo(201);
	}

	@Test
	void neverKeepsTheOperatorFromTelling() throws IOException {
		toward(begin);
		HttpResponse<String> answer = Call.ofNoApp("POST", gateway.url(), "/v1/operator/notifications").send();
		assertThat(answer.statusCode()).isNotEqualTo(503);
	}

	@Test
	void comesAfterTheVersionOfTheApp() throws IOException {
		toward(begin);
		Problems.assertProblem(Call.ofNoApp("GET", gateway.url(), "/v1/invoices").send(), 426, "update-required");
	}

}
