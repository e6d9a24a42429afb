package pl.bramka.gateway.home;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the first screen tells of planned work: the contact form is off just now, payments
 * and documents can be read only tomorrow, and more is planned for later.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomeNoticesTest {

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private final List<String> settings = new ArrayList<>();

	private TestGateway gateway;

	private Phone anna;

	@BeforeAll
	void start() {
		window("consumption", in(6, 23), in(9, 0), "off", "na tydzień przed");
		window("invoices", in(1, 0), in(1, 4), "read-only", "dokumenty i płatności");
		window("contact", in(0, -1), in(0, 1), "off", "formularz");
		window("payments", in(1, 0), in(1, 4), "read-only", "dokumenty i płatności");
		window("profile", in(1, 0), in(1, 4), "off", "profil");
		window("registration", in(7, 1), in(7, 2), "off", "za daleko");
		window("sign-in", in(-1, 0), in(0, -2), "off", "już po");
		this.gateway = TestGateway.start(this.settings.toArray(String[]::new));
		this.anna = this.gateway.signedIn("anna");
	}

	private Instant in(int days, int hours) {
		return this.now.plus(Duration.ofDays(days)).plus(Duration.ofHours(hours));
	}

	private void window(String feature, Instant from, Instant until, String state, String message) {
		String prefix = "bramka.maintenance.windows[" + (this.settings.size() / 6) + "].";
		this.settings.addAll(List.of(prefix + "feature=" + feature, prefix + "from=" + from, prefix + "until=" + until,
				prefix + "state=" + state, prefix + "message.pl=Prace: " + message,
				prefix + "message.en=Work: " + message));
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	private JsonNode notices(String... headers) throws IOException {
		HttpResponse<String> answer = this.anna.get("/v1/home", headers);
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer).path("notices");
	}

	@Test
	void tellWhatIsUnderWayAndWhatComesWithinAWeek() throws IOException {
		JsonNode section = notices();
		assertThat(section.propertyNames()).containsExactly("state", "asOf", "data");
		assertThat(section.path("state").asString()).isEqualTo("FRESH");
		assertThat(section.path("data").valueStream().map((notice) -> notice.path("message").asString()))
			.containsExactly("Prace: formularz", "Prace: profil", "Prace: dokumenty i płatności",
					"Prace: na tydzień przed");
	}

	@Test
	void tellOnceOfWhatConcernsSeveralFeatures() throws IOException {
		JsonNode notice = notices().path("data").get(2);
		assertThat(notice.toString()).isEqualTo("""
				{"features":["PAYMENTS","INVOICES"],"state":"READ_ONLY","from":"%s","until":"%s",\
				"message":"Prace: dokumenty i płatności"}""".formatted(in(1, 0), in(1, 4)));
	}

	@Test
	void speakTheLanguageOfThePerson() throws IOException {
		assertThat(notices("Accept-Language", "en").at("/data/0/message").asString()).isEqualTo("Work: formularz");
		assertThat(notices("Accept-Language", "de, en;q=0.5").at("/data/0/message").asString())
			.isEqualTo("Work: formularz");
		assertThat(notices("Accept-Language", "de").at("/data/0/message").asString()).isEqualTo("Prace: formularz");
	}

	@Test
	void leaveTheTagAsItIsWhileNothingChanges() throws IOException {
		String tag = this.anna.get("/v1/home").headers().firstValue("ETag").orElseThrow();
		assertThat(this.anna.get("/v1/home", "If-None-Match", tag).statusCode()).isEqualTo(304);
		assertThat(this.anna.get("/v1/home", "If-None-Match", tag, "Accept-Language", "en").statusCode())
			.isEqualTo(200);
	}

	@Test
	void areFreshWhileSystemsAreDown() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE));
		this.gateway.mocks().faults().set(UpstreamName.CRM, Fault.of(FaultKind.UNAVAILABLE));
		try {
			assertThat(notices("Cache-Control", "no-cache").path("state").asString()).isEqualTo("FRESH");
		}
		finally {
			this.gateway.mocks().faults().clearAll();
		}
	}

}
