package pl.bramka.gateway.meters;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters and what may be read on them, over HTTP.
 */
class MetersTest {

	private static final String ANNAS = "000000000010000421";

	private static final String ANNAS_GAS = "000000000010000422";

	private static final String OLGAS = "000000000010000491";

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.meters.cache.fresh=10m", "bramka.upstreams.billing.breaker.window=1000",
				"bramka.upstreams.billing.breaker.minimum=1000");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void repair() {
		gateway.mocks().reset();
	}

	private static List<String> ids(JsonNode list) {
		return list.get("items").valueStream().map((meter) -> meter.get("id").asString()).toList();
	}

	private static JsonNode options(Phone phone, String meter) throws IOException {
		HttpResponse<String> answer = phone.readingOptions(meter);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return Json.of(answer).get("data");
	}

	@Test
	void listsTheMetersOfAllContractsAndMixesNone() throws IOException {
		JsonNode list = Json.of(gateway.signedIn("tomek").meters());
		assertThat(ids(list)).containsExactly("000000000010000481", "000000000010000482", "000000000010000483",
				"000000000010000484", "000000000010000485");
		assertThat(list.get("items").valueStream().map((meter) -> meter.get("contractId").asString()))
			.containsExactly("0030000481", "0030000482", "0030000483", "0030000484", "0030000485");
		JsonNode first = list.at("/items/0");
		assertThat(first.get("medium").asString()).isEqualTo("ELECTRICITY");
		assertThat(first.get("serialNumber").asString()).isEqualTo("90100481");
		assertThat(first.get("registers").valueStream().map((register) -> register.get("zone").asString()))
			.containsExactly("PEAK", "OFF_PEAK");
		assertThat(list.at("/items/1/registers/0/unit").asString()).isEqualTo("m3");
	}

	@Test
	void showsAMeterThatComesAsTwoRowsOnceAndWithItsNumber() throws IOException {
		JsonNode list = Json.of(gateway.signedIn("olga").meters());
		assertThat(ids(list)).containsExactly(OLGAS);
		assertThat(list.at("/items/0/serialNumber").asString()).isEqualTo("90100491");
		assertThat(list.at("/items/0/registers")).hasSize(2);
	}

	@Test
	void showsNoMeterOfADistributionContract() throws IOException {
		Phone piotr = gateway.signedIn("piotr");
		assertThat(ids(Json.of(piotr.meters()))).containsExactly("000000000010000451");
		Problems.assertProblem(piotr.readingOptions("000000000010000452"), 404, "meter-not-found");
		assertThat(gateway.mocks().received(UpstreamName.BILLING, "0030000452")).isEmpty();
	}

	@Test
	void tellsAnnaOfABillingReadingInBothZones() throws IOException {
		JsonNode options = options(gateway.signedIn("anna"), ANNAS);
		assertThat(options.get("available").asBoolean()).isTrue();
		assertThat(options.get("kind").asString()).isEqualTo("BILLING");
		assertThat(options.get("opensOn").asString()).isLessThan(options.get("today").asString());
		assertThat(options.get("closesOn").asString()).isGreaterThan(options.get("today").asString());
		JsonNode day = options.at("/registers/0");
		assertThat(day.get("zone").asString()).isEqualTo("PEAK");
		assertThat(day.get("unit").asString()).isEqualTo("kWh");
		assertThat(day.get("integerPlaces").asInt()).isEqualTo(6);
		assertThat(day.get("decimalPlaces").asInt()).isZero();
		assertThat(day.at("/plausible/from").asInt()).isEqualTo(18342);
		// 31 days at three times 3.6 kWh, and 50 kWh.
		assertThat(day.at("/plausible/to").asInt()).isEqualTo(18342 + 385);
		assertThat(options.at("/registers/1/zone").asString()).isEqualTo("OFF_PEAK");
	}

	@Test
	void offersNoReadingOfGas() throws IOException {
		JsonNode options = options(gateway.signedIn("anna"), ANNAS_GAS);
		assertThat(options.get("available").asBoolean()).isFalse();
		assertThat(options.get("reason").asString()).isEqualTo("MEDIUM");
		assertThat(options.has("kind")).isFalse();
	}

	@Test
	void tellsJanOfAControlReadingOnAnyDay() throws IOException {
		JsonNode options = options(gateway.signedIn("jan"), "000000000010000431");
		assertThat(options.get("available").asBoolean()).isTrue();
		assertThat(options.get("kind").asString()).isEqualTo("CONTROL");
		assertThat(options.has("closesOn")).isFalse();
		assertThat(gateway.mocks().received(UpstreamName.BILLING, "GetCurrentBillingPeriod"))
			.as("asked only where readings are billed")
			.isEmpty();
	}

	@Test
	void showsOnTheFirstScreenWhatMayBeReadNow() throws IOException {
		JsonNode annas = Json.of(gateway.signedIn("anna").get("/v1/home")).get("readings");
		assertThat(annas.get("state").asString()).isEqualTo("FRESH");
		assertThat(annas.get("data")).hasSize(1);
		assertThat(annas.at("/data/0/meterId").asString()).isEqualTo(ANNAS);
		assertThat(annas.at("/data/0/kind").asString()).isEqualTo("BILLING");
		assertThat(annas.at("/data/0/closesOn").asString()).isNotEmpty();
		JsonNode jans = Json.of(gateway.signedIn("jan").get("/v1/home")).at("/readings/data/0");
		assertThat(jans.get("kind").asString()).isEqualTo("CONTROL");
		assertThat(jans.has("closesOn")).isFalse();
	}

	@Test
	void answers304ToWhomHasIt() throws IOException {
		Phone anna = gateway.signedIn("anna");
		String tag = anna.meters().headers().firstValue("ETag").orElseThrow();
		assertThat(anna.meters("If-None-Match", tag).statusCode()).isEqualTo(304);
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "RESET", "EMPTY", "GARBAGE", "HTML_LOGIN", "REQUEST_REJECTED", "XML_ERROR",
			"UNCAUGHT" })
	void servesWhatItHasWhileBillingFailsAndSaysSoWhereItHasNothing(FaultKind kind) throws IOException {
		Phone anna = gateway.signedIn("anna");
		assertThat(anna.readingOptions(ANNAS).statusCode()).isEqualTo(200);
		Phone jan = gateway.signedIn("jan");
		gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(kind));
		JsonNode stale = Json.of(anna.meters("Cache-Control", "no-cache"));
		assertThat(stale.get("state").asString()).isEqualTo("STALE");
		assertThat(ids(stale)).containsExactly(ANNAS, ANNAS_GAS);
		assertThat(Json.of(anna.readingOptions(ANNAS, "Cache-Control", "no-cache")).get("state").asString())
			.isEqualTo("STALE");
		jan.signOut();
		Phone again = gateway.signedIn("jan");
		Problems.assertProblem(again.meters(), 503, "billing-unavailable");
		Problems.assertProblem(again.readingOptions("000000000010000431"), 503, "billing-unavailable");
		assertThat(Json.of(again.get("/v1/home")).at("/readings/state").asString()).isEqualTo("UNAVAILABLE");
	}

	@Test
	void asksBillingOncePerContractHoweverManyLook() throws IOException {
		Phone tomek = gateway.signedIn("tomek");
		gateway.bean(Meters.class)
			.dropEverywhere(gateway.mocks().personas().byName("tomek").accountId())
			.block(Duration.ofSeconds(10));
		tomek.meters();
		int before = gateway.mocks().received(UpstreamName.BILLING, "Devices").size();
		tomek.meters();
		tomek.readingOptions("000000000010000481");
		tomek.readings("000000000010000481");
		assertThat(before).isEqualTo(5);
		assertThat(gateway.mocks().received(UpstreamName.BILLING, "Devices")).hasSize(before);
	}

}
