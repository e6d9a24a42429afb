package pl.bramka.gateway.readings;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.readingrules.ReadingRules;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Giving a reading, with everything that may come between.
 */
class ReadingTest {

	private static final String POST = "UMC/MeterReadingResults";

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.readings.look=100ms", "bramka.readings.pause=300ms",
				"bramka.readings.lease=3s", "bramka.readings.send-limit=6s", "bramka.meters.cache.fresh=10m",
				// What goes wrong on purpose must not keep the next test from billing.
				"bramka.upstreams.billing.breaker.window=1000", "bramka.upstreams.billing.breaker.minimum=1000");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void begin() {
		Reader.begin(gateway);
	}

	private static Reader anna() {
		return Reader.of(gateway, "anna", Reader.ANNAS);
	}

	private static Reader jan() {
		return Reader.of(gateway, "jan", Reader.JANS);
	}

	private static JsonNode taken(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return Json.of(answer);
	}

	@Test
	void answersABillingReadingWithTheAmountAndTheNewInvoice() throws IOException {
		Reader anna = anna();
		assertThat(anna.phone().get("/v1/invoices?state=OPEN").body()).doesNotContain("22032");
		JsonNode reading = taken(anna.reads("001=18442", "002=24987"));
		assertThat(reading.get("kind").asString()).isEqualTo("BILLING");
		assertThat(reading.get("state").asString()).isEqualTo("ACCEPTED");
		assertThat(reading.get("id").asString()).isNotEmpty();
		assertThat(reading.get("receivedAt").asString()).isNotEmpty();
		// 216 kWh at 1.02 zl.
		assertThat(reading.at("/amountDue/amount").asLong()).isEqualTo(22032);
		String invoice = reading.get("invoiceId").asString();
		JsonNode document = Json.of(anna.phone().invoice(invoice)).get("data");
		assertThat(document.at("/amount/amount").asLong()).as("the documents in memory were dropped").isEqualTo(22032);
		JsonNode newest = anna.readings().at("/items/0");
		assertThat(newest.get("id")).isEqualTo(reading.get("id"));
		assertThat(newest.get("invoiceId").asString()).isEqualTo(invoice);
		assertThat(newest.at("/values/1/value").asInt()).isEqualTo(24987);
		assertThat(newest.at("/values/0/use").asInt()).isEqualTo(100);
		JsonNode options = Json.of(anna.phone().readingOptions(Reader.ANNAS)).get("data");
		assertThat(options.get("reason").asString()).isEqualTo("GIVEN");
		assertThat(Json.of(anna.phone().get("/v1/home")).at("/readings/data")).isEmpty();
	}

	@Test
	void answersAControlReadingWithoutAnAmount() {
		JsonNode reading = taken(jan().reads("001=43300"));
		assertThat(reading.get("kind").asString()).isEqualTo("CONTROL");
		assertThat(reading.get("state").asString()).isEqualTo("ACCEPTED");
		assertThat(reading.has("amountDue")).isFalse();
		assertThat(reading.has("invoiceId")).isFalse();
	}

	@Test
	void tellsBillingAllRegistersInOnePiece() {
		taken(anna().reads("002=24987", "001=18442"));
		assertThat(gateway.mocks().received(UpstreamName.BILLING, POST)).last().satisfies((request) -> {
			JsonNode body = Json.of(request.getBodyAsString());
			assertThat(body.get("RegisterID").asString()).isEqualTo("001");
			assertThat(body.get("ReadingResult").asString()).isEqualTo("18442");
			assertThat(body.get("MeterReadingReasonID").asString()).isEqualTo("01");
			assertThat(body.has("MeterReadingNoteID")).isFalse();
			assertThat(body.at("/DependentMeterReadingResults/0/RegisterID").asString()).isEqualTo("002");
			assertThat(body.at("/DependentMeterReadingResults/0/ReadingResult").asString()).isEqualTo("24987");
		});
	}

	@Test
	void answersTheSameKeyAlikeAndAnotherKeyAsGiven() {
		Reader anna = anna();
		String key = UUID.randomUUID().toString();
		HttpResponse<String> first = anna.reads(key, false, "001=18442", "002=24987");
		HttpResponse<String> again = anna.reads(key, false, "002=24987", "001=18442.0");
		assertThat(taken(again)).isEqualTo(taken(first));
		Problems.assertProblem(anna.reads("001=18442", "002=24987"), 409, "reading-already-given");
		Problems.assertProblem(anna.reads(key, false, "001=18443", "002=24987"), 422, "idempotency-key-reused");
		assertThat(gateway.mocks().billingSystem().readingsTaken(Reader.ANNAS)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "18341, reading-below-previous", "1000000, reading-out-of-range", "18400.5, reading-out-of-range",
			"-1, reading-out-of-range" })
	void refusesBeforeBillingIsAsked(String value, String code) {
		HttpResponse<String> answer = anna().reads("001=" + value, "002=24987");
		Problems.assertProblem(answer, 422, code);
		assertThat(Json.of(answer).at("/registers/0/id").asString()).isEqualTo("001");
		assertThat(Json.of(answer).get("registers")).hasSize(1);
		assertThat(Reader.told(gateway)).isZero();
	}

	@Test
	void wantsEveryRegisterOnce() {
		Reader anna = anna();
		Problems.assertProblem(anna.reads("001=18442"), 422, "reading-incomplete");
		Problems.assertProblem(anna.reads("001=18442", "001=18442"), 422, "reading-incomplete");
		HttpResponse<String> answer = anna.reads("001=18442", "003=1");
		Problems.assertProblem(answer, 422, "reading-incomplete");
		assertThat(Json.of(answer).get("registers").valueStream().map((register) -> register.get("id").asString()))
			.containsExactly("001", "002");
	}

	@Test
	void asksWhetherTheCustomerIsSureAndTakesItThen() {
		Reader anna = anna();
		String key = UUID.randomUUID().toString();
		HttpResponse<String> doubted = anna.reads(key, false, "001=19900", "002=24987");
		Problems.assertProblem(doubted, 409, "reading-implausible");
		assertThat(Json.of(doubted).at("/registers/0/plausible/to").asInt()).isEqualTo(18727);
		assertThat(Reader.told(gateway)).isZero();
		JsonNode sure = taken(anna.reads(key, true, "001=19900", "002=24987"));
		assertThat(sure.get("state").asString()).isEqualTo("UNDER_REVIEW");
		assertThat(sure.has("amountDue")).as("billing looks at it first").isFalse();
		assertThat(gateway.mocks().received(UpstreamName.BILLING, POST)).last()
			.satisfies((request) -> assertThat(Json.of(request.getBodyAsString()).get("MeterReadingNoteID").asString())
				.isEqualTo("ZI01"));
	}

	@Test
	void refusesGasAndAnotherCustomersMeter() throws IOException {
		Reader gas = Reader.of(gateway, "anna", "000000000010000422");
		HttpResponse<String> answer = gas.reads("001=5300");
		Problems.assertProblem(answer, 422, "reading-not-offered");
		assertThat(Json.of(answer).get("notOffered").asString()).isEqualTo("MEDIUM");
		Problems.assertProblem(Reader.of(gateway, "piotr", "000000000010000452").reads("001=777100", "002=777100"), 404,
				"meter-not-found");
		Problems.assertProblem(Reader.of(gateway, "anna", Reader.JANS).reads("001=43300"), 404, "meter-not-found");
		assertThat(Reader.told(gateway)).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"values\":[]}", "{\"values\":[null]}", "{\"values\":[{\"register\":\"001\"}]}",
			"{\"values\":[{\"register\":\"\",\"value\":1}]}", "{\"values\":[{\"register\":\"001\",\"value\":\"x\"}]}",
			"{\"values\":[{\"register\":\"001\",\"value\":1e300}]}",
			"{\"values\":[{\"register\":\"001\",\"value\":1e-300}]}",
			"{\"values\":[{\"register\":\"001\",\"value\":1,\"date\":\"2026-01-01\"}]}",
			"{\"values\":[{\"register\":\"001\",\"value\":1}],\"confirmed\":\"perhaps\"}" })
	void refusesBodiesThatAreNone(String body) throws IOException {
		HttpResponse<String> answer = gateway.signedIn("jan")
			.send("POST", "/v1/meters/" + Reader.JANS + "/readings", body, "Idempotency-Key", "k");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(Json.code(answer)).isIn("invalid-request", "malformed-request");
	}

	@Test
	void wantsAKey() throws IOException {
		Phone jan = gateway.signedIn("jan");
		String path = "/v1/meters/" + Reader.JANS + "/readings";
		String body = "{\"values\":[{\"register\":\"001\",\"value\":43300}]}";
		assertThat(jan.send("POST", path, body).statusCode()).isEqualTo(400);
		assertThat(jan.send("POST", path, body, "Idempotency-Key", "k".repeat(256)).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "UNAVAILABLE", "HTML_LOGIN", "REQUEST_REJECTED", "UNCAUGHT", "RESET", "EMPTY",
			"GARBAGE", "BLACK_HOLE" })
	void keepsAReadingWhileBillingIsDownAndTellsItLater(FaultKind kind) throws IOException {
		Reader anna = anna();
		anna.phone().readingOptions(Reader.ANNAS);
		gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(kind));
		String key = UUID.randomUUID().toString();
		HttpResponse<String> answer = anna.reads(key, false, "001=18442", "002=24987");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		JsonNode kept = Json.of(answer);
		assertThat(kept.get("state").asString()).isEqualTo("KEPT");
		assertThat(kept.get("kind").asString()).isEqualTo("BILLING");
		assertThat(kept.has("amountDue")).isFalse();
		assertThat(Json.of(anna.reads(key, false, "001=18442", "002=24987"))).isEqualTo(kept);
		JsonNode listed = anna.readings("Cache-Control", "no-cache");
		assertThat(listed.get("state").asString()).isEqualTo("STALE");
		assertThat(listed.at("/items/0/id")).isEqualTo(kept.get("id"));
		assertThat(listed.at("/items/0/state").asString()).isEqualTo("KEPT");
		Problems.assertProblem(anna.reads("001=18443", "002=24987"), 409, "reading-already-given");
		// A database that takes long is not waited for, and then nothing is known to be
		// given.
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			JsonNode options = Json.of(anna.phone().readingOptions(Reader.ANNAS)).get("data");
			assertThat(options.get("available").asBoolean()).isFalse();
			assertThat(options.get("reason").asString()).isEqualTo("GIVEN");
		});
		gateway.mocks().faults().clear(UpstreamName.BILLING);
		JsonNode told = anna.eventually(kept.get("id").asString(), "ACCEPTED");
		assertThat(told.at("/amountDue/amount").asLong()).isEqualTo(22032);
		assertThat(told.get("invoiceId").asString()).isNotEmpty();
		assertThat(told.get("receivedAt")).isEqualTo(kept.get("receivedAt"));
		assertThat(anna.readings().get("items").valueStream().filter((each) -> each.get("on").equals(told.get("on"))))
			.as("taken once")
			.hasSize(1);
		assertThat(gateway.mocks().billingSystem().readingsTaken(Reader.ANNAS)).isEqualTo(1);
	}

	@Test
	void tellsThoseOfOneMeterInTheOrderInWhichTheyCame() throws IOException {
		Reader jan = jan();
		jan.phone().readingOptions(Reader.JANS);
		gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE));
		String earlier = Json.of(jan.reads("001=43300")).get("id").asString();
		Database database = gateway.bean(Database.class);
		Instant now = gateway.bean(Clock.class).instant();
		LocalDate yesterday = ReadingRules.day(now).minusDays(1);
		// It came yesterday, and nobody looks at it for now.
		assertThat(database.step(database.sql("""
				update meter_reading set read_on = :day, meter_day = meter_id || '/' || :text, arrived_at = :arrived,
					next_look_at = :look where id = :id and state = 'KEPT'
				""")
			.bind("day", yesterday)
			.bind("text", yesterday.toString())
			.bind("arrived", Columns.at(now.minus(Duration.ofDays(1))))
			.bind("look", Columns.at(now.plus(Duration.ofHours(1))))
			.bind("id", earlier)
			.fetch()
			.rowsUpdated()).block(Duration.ofSeconds(5))).isEqualTo(1);
		gateway.mocks().faults().clear(UpstreamName.BILLING);
		int before = Reader.told(gateway);
		HttpResponse<String> answer = jan.reads("001=43310");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		String later = Json.of(answer).get("id").asString();
		Awaitility.await()
			.during(Duration.ofSeconds(4))
			.atMost(Duration.ofSeconds(30))
			.until(() -> Reader.told(gateway) == before);
		database
			.step(database.sql("update meter_reading set next_look_at = :look where id = :id")
				.bind("look", Columns.at(now))
				.bind("id", earlier)
				.then())
			.block(Duration.ofSeconds(5));
		jan.eventually(later, "ACCEPTED");
		List<String> told = gateway.mocks()
			.received(UpstreamName.BILLING, POST)
			.stream()
			.map((request) -> Json.of(request.getBodyAsString()).path("ReadingResult").asString())
			.filter((value) -> value.startsWith("433"))
			.distinct()
			.toList();
		assertThat(told.subList(told.size() - 2, told.size())).containsExactly("43300", "43310");
		jan.eventually(earlier, "ACCEPTED");
	}

	@Test
	void findsOutThatBillingHasWhatItDidNotConfirm() throws IOException {
		// After this billing's handshake is done.
		taken(jan().reads("001=43300"));
		Reader anna = anna();
		anna.phone().readingOptions(Reader.ANNAS);
		gateway.mocks().faults().set(UpstreamName.BILLING, Fault.slow(Duration.ofSeconds(5)).onlyPath(POST));
		HttpResponse<String> answer = anna.reads("001=18442", "002=24987");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		int before = Reader.told(gateway);
		gateway.mocks().faults().clear(UpstreamName.BILLING);
		JsonNode told = anna.eventually(Json.of(answer).get("id").asString(), "ACCEPTED");
		assertThat(told.at("/amountDue/amount").asLong()).isEqualTo(22032);
		assertThat(gateway.mocks().billingSystem().readingsTaken(Reader.ANNAS)).isEqualTo(1);
		assertThat(Reader.told(gateway)).as("asked for, and not told again").isEqualTo(before);
	}

	@Test
	void showsWhyBillingWouldNotTakeAKeptReading() throws IOException {
		Reader anna = anna();
		anna.phone().readingOptions(Reader.ANNAS);
		gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE).onlyPath(POST));
		JsonNode kept = Json.of(anna.reads("001=18442", "002=24987"));
		assertThat(kept.get("state").asString()).isEqualTo("KEPT");
		// Meanwhile somebody else reads the meter.
		gateway.mocks().billingSystem().read(Reader.ANNAS, List.of("18500", "25000"));
		gateway.mocks().faults().clear(UpstreamName.BILLING);
		JsonNode refused = anna.eventually(kept.get("id").asString(), "REFUSED");
		assertThat(refused.at("/refusal/code").asString()).isEqualTo("reading-already-given");
		assertThat(refused.at("/refusal/detail").asString()).isEqualTo("Ten odczyt został już podany.");
		assertThat(anna.readings("Accept-Language", "en").toString()).contains("This reading has been given already.");
	}

	@Test
	void keepsNothingUnderAKeyThatBillingRefused() throws IOException {
		Reader anna = anna();
		anna.phone().readingOptions(Reader.ANNAS);
		gateway.mocks().billingSystem().read(Reader.ANNAS, List.of("18500", "25000"));
		HttpResponse<String> refused = anna.reads("001=18510", "002=25010");
		Problems.assertProblem(refused, 409, "reading-already-given");
		JsonNode options = Json.of(anna.phone().readingOptions(Reader.ANNAS)).get("data");
		assertThat(options.get("reason").asString()).as("what was in memory was wrong").isEqualTo("GIVEN");
		assertThat(anna.readings().toString()).doesNotContain("REFUSED");
	}

	@Test
	void goesThroughPastReadingsPageByPage() throws IOException {
		Reader anna = anna();
		List<JsonNode> all = anna.readings().get("items").valueStream().toList();
		assertThat(all).hasSizeGreaterThan(4);
		JsonNode page = Json.of(anna.phone().get("/v1/meters/" + Reader.ANNAS + "/readings?limit=2"));
		List<JsonNode> read = new ArrayList<>();
		while (true) {
			page.get("items").valueStream().forEach(read::add);
			if (!page.has("nextCursor")) {
				break;
			}
			page = Json.of(anna.phone()
				.get("/v1/meters/" + Reader.ANNAS + "/readings?limit=2&cursor=" + page.get("nextCursor").asString()));
		}
		assertThat(read).isEqualTo(all);
		assertThat(all.stream().map((reading) -> reading.get("source").asString()).distinct())
			.containsExactlyInAnyOrder("OPERATOR", "CUSTOMER", "ESTIMATED");
		assertThat(all).allSatisfy((reading) -> assertThat(reading.get("values")).hasSize(2));
		Problems.assertProblem(anna.phone().get("/v1/meters/" + Reader.ANNAS + "/readings?cursor=x"), 400,
				"invalid-cursor");
	}

}
