package pl.bramka.gateway.maintenance;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What apps are told of features while the breaker of a system behind them is open.
 */
class FeaturesInTroubleTest {

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.upstreams.billing.breaker.window=4",
				"bramka.upstreams.billing.breaker.minimum=2", "bramka.upstreams.billing.breaker.open=6s",
				"bramka.upstreams.identity.breaker.window=4", "bramka.upstreams.identity.breaker.minimum=2",
				"bramka.upstreams.identity.breaker.open=6s", "bramka.invoices.cache.retry=0ms");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@AfterEach
	void repair() {
		gateway.mocks().reset();
		Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> states().isEmpty());
	}

	private static JsonNode features() throws IOException {
		HttpResponse<String> answer = Call.get(gateway.url(), "/v1/app/compatibility").send();
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer).path("features");
	}

	/** Those that are not on. */
	private static Map<String, String> states() throws IOException {
		Map<String, String> states = new LinkedHashMap<>();
		features().forEach((feature) -> {
			if (!feature.path("state").asString().equals("ON")) {
				states.put(feature.path("name").asString(),
						feature.path("state").asString() + " " + feature.path("reason").asString());
			}
		});
		return states;
	}

	/** Of somebody with one payer number: one call is one probe. */
	private static void billingFails(Phone phone) throws IOException {
		gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE));
		for (int i = 0; i < 4; i++) {
			phone.get("/v1/invoices", "Cache-Control", "no-cache");
		}
	}

	@Test
	void areToldAsWhatIsLeftOfThem() throws IOException {
		Phone phone = gateway.signedIn("jan");
		assertThat(phone.get("/v1/invoices").statusCode()).isEqualTo(200);
		assertThat(states()).isEmpty();
		Instant before = Instant.now();
		billingFails(phone);
		assertThat(states()).containsOnly(Map.entry("PAYMENTS", "READ_ONLY billing-unavailable"),
				Map.entry("INVOICES", "READ_ONLY billing-unavailable"),
				Map.entry("CONSUMPTION", "READ_ONLY billing-unavailable"));
		JsonNode invoices = features().get(3);
		assertThat(invoices.path("name").asString()).isEqualTo("INVOICES");
		assertThat(Instant.parse(invoices.path("until").asString())).isBetween(before, before.plusSeconds(20));
		assertThat(invoices.path("message").asString()).startsWith("System rozliczeń");
		assertThat(phone.get("/v1/invoices").statusCode()).as("only told: the feature shows what it has")
			.isEqualTo(200);
	}

	@Test
	void areOnAgainAfterRepair() throws IOException {
		Phone phone = gateway.signedIn("jan");
		billingFails(phone);
		assertThat(states()).isNotEmpty();
		gateway.mocks().reset();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> phone.get("/v1/invoices", "Cache-Control", "no-cache").body().contains("\"FRESH\"")
					&& states().isEmpty());
	}

	@Test
	void areOnAgainThoughNobodyCalls() throws IOException {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNAVAILABLE));
		for (int i = 0; i < 4; i++) {
			gateway.phone().signIn("anna@example.com", "Haslo-123!");
		}
		assertThat(states()).containsOnly(Map.entry("SIGN_IN", "OFF identity-unavailable"),
				Map.entry("REGISTRATION", "OFF identity-unavailable"));
		gateway.mocks().reset();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> states().isEmpty());
		assertThat(gateway.asked()).as("telling asks nobody").isEmpty();
		assertThat(gateway.signedIn("anna").tokens()).isPresent();
	}

}
