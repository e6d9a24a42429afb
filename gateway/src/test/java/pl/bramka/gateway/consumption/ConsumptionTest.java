package pl.bramka.gateway.consumption;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Customers;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class ConsumptionTest {

	private static final String OLGA = "0030000491";

	private final TestGateway gateway;

	private final LocalDate today = LocalDate.now(Days.WARSAW);

	ConsumptionTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void forgetEverything() {
		Customers.all(this.gateway).forEach((customer) -> this.gateway.bean(Consumptions.class).drop(customer.id()));
	}

	private static String path(String contract, Object granularity, Object from, Object to) {
		return "/v1/contracts/" + contract + "/consumption?from=" + from + "&to=" + to + "&granularity=" + granularity;
	}

	private JsonNode chart(String persona, String contract, Granularity granularity, LocalDate from, LocalDate to)
			throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn(persona).get(path(contract, granularity, from, to));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return Json.of(answer);
	}

	private static List<String> zones(JsonNode flow) {
		return flow.path("zones").valueStream().map((sum) -> sum.path("zone").asString()).toList();
	}

	private static BigDecimal amount(JsonNode flow, String zone, String kind) {
		return flow.path("zones")
			.valueStream()
			.filter((sum) -> sum.path("zone").asString().equals(zone) && sum.has(kind))
			.map((sum) -> sum.path(kind).decimalValue())
			.reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	private int callsToBilling() {
		return this.gateway.mocks().received(UpstreamName.BILLING, "ProfileValues|ContractConsumptionValues").size();
	}

	/** A Wednesday of which billing's stub lacks two hours. */
	private LocalDate gap() {
		return this.today.minusWeeks(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.WEDNESDAY));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void hasTheTrueHoursOfADayOnWhichClocksChange(int ago) throws IOException {
		Instant midnight = this.today.atStartOfDay(Days.WARSAW).toInstant();
		ZoneOffsetTransition change = Days.WARSAW.getRules().previousTransition(midnight);
		for (int i = 1; i < ago; i++) {
			change = Days.WARSAW.getRules().previousTransition(change.getInstant());
		}
		LocalDate day = change.getDateTimeBefore().toLocalDate();
		JsonNode hours = chart("olga", OLGA, Granularity.HOUR, day, day);
		assertThat(hours.path("unit").asString()).isEqualTo("kWh");
		List<Instant> starts = hours.path("points")
			.valueStream()
			.map((point) -> OffsetDateTime.parse(point.path("start").asString()).toInstant())
			.toList();
		assertThat(starts).hasSize(change.isGap() ? 23 : 25).doesNotHaveDuplicates().isSorted();
		assertThat(hours.path("points").valueStream())
			.filteredOn((point) -> point.path("start").asString().startsWith(day + "T02:00:00"))
			.extracting((point) -> point.path("start").asString())
			.containsExactly(
					change.isGap() ? new String[0] : new String[] { day + "T02:00:00+02:00", day + "T02:00:00+01:00" });
		assertThat(hours.at("/totals/use/complete").asBoolean()).isTrue();
		JsonNode whole = chart("olga", OLGA, Granularity.DAY, day, day);
		assertThat(whole.path("points")).hasSize(1);
		assertThat(whole.at("/points/0/use/complete").asBoolean()).isTrue();
		assertThat(whole.path("totals")).isEqualTo(hours.path("totals"));
	}

	@Test
	void namesZonesAndKeepsWhatIsFedInApart() throws IOException {
		LocalDate monday = this.today.minusWeeks(3).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
		JsonNode chart = chart("olga", OLGA, Granularity.DAY, monday, monday.plusDays(6));
		assertThat(chart.path("state").asString()).isEqualTo("FRESH");
		assertThat(chart.path("points")).hasSize(7);
		assertThat(zones(chart.at("/points/0/use"))).containsExactly("PEAK", "OFF_PEAK");
		assertThat(zones(chart.at("/points/0/feedIn"))).containsExactly("TOTAL");
		assertThat(zones(chart.at("/points/6/use"))).containsExactly("OFF_PEAK");
		assertThat(chart.at("/totals/use").toString()).doesNotContain("TOTAL");
		for (String zone : List.of("PEAK", "OFF_PEAK")) {
			assertThat(chart.path("points")
				.valueStream()
				.map((point) -> amount(point.path("use"), zone, "measured"))
				.reduce(BigDecimal.ZERO, BigDecimal::add))
				.isEqualByComparingTo(amount(chart.at("/totals/use"), zone, "measured"))
				.isPositive();
		}
		String text = this.gateway.signedIn("olga").get(path(OLGA, Granularity.DAY, monday, monday.plusDays(6))).body();
		assertThat(text).doesNotContain("estimated").doesNotContainPattern("\"measured\":(?!\\d+\\.\\d{3}[,}])");
	}

	@Test
	void marksADayWithMissingHoursAndShowsThemAsGaps() throws IOException {
		JsonNode days = chart("olga", OLGA, Granularity.DAY, gap(), gap().plusDays(1));
		assertThat(days.at("/points/0/use/complete").asBoolean()).isFalse();
		assertThat(days.at("/points/0/feedIn/complete").asBoolean()).isFalse();
		assertThat(days.at("/points/1/use/complete").asBoolean()).isTrue();
		assertThat(days.at("/totals/use/complete").asBoolean()).isFalse();
		assertThat(amount(days.at("/points/1/use"), "PEAK", "estimated")).isPositive()
			.isLessThan(amount(days.at("/points/1/use"), "PEAK", "measured"));
		JsonNode hours = chart("olga", OLGA, Granularity.HOUR, gap(), gap().plusDays(1));
		assertThat(hours.path("points")).hasSize(46);
		assertThat(hours.path("points").valueStream().map((point) -> point.path("start").asString().substring(0, 13)))
			.contains(gap() + "T01", gap() + "T04")
			.doesNotContain(gap() + "T02", gap() + "T03");
		assertThat(hours.path("points").valueStream())
			.filteredOn((point) -> point.path("use").toString().contains("estimated"))
			.hasSize(3)
			.allMatch((point) -> !point.path("use").toString().contains("measured"));
		assertThat(hours.path("totals")).isEqualTo(days.path("totals"));
	}

	@Test
	void countsAMeterOnceThatBillingListsTwice() throws IOException {
		LocalDate day = this.today.minusWeeks(4);
		JsonNode chart = chart("olga", OLGA, Granularity.DAY, day, day);
		BigDecimal used = amount(chart.at("/points/0/use"), "PEAK", "measured")
			.add(amount(chart.at("/points/0/use"), "OFF_PEAK", "measured"));
		// Persona olga uses 10.5 kWh on an average day of 24 hours.
		assertThat(used).isBetween(new BigDecimal("10"), new BigDecimal("11.5"));
	}

	@Test
	void showsAYearByTheDay() throws IOException {
		JsonNode chart = chart("olga", OLGA, Granularity.DAY, this.today.minusDays(365), this.today);
		assertThat(chart.path("points")).hasSize(365);
		assertThat(chart.at("/points/364/start").asString()).startsWith(this.today.minusDays(1).toString());
		assertThat(callsToBilling()).isBetween(37, 38);
	}

	@ParameterizedTest
	@CsvSource({ "anna, 0030000421", "anna, 0030000422", "jan, 0030000431", "tomek, 0030000482", "olga, 0030000491",
			"piotr, 0030000451" })
	void showsMonthsOfEveryContract(String persona, String contract) throws IOException {
		LocalDate first = this.today.withDayOfMonth(1).minusMonths(12);
		JsonNode chart = chart(persona, contract, Granularity.MONTH, first.plusDays(14), this.today);
		assertThat(chart.path("unit").asString()).isEqualTo("kWh");
		assertThat(chart.path("points")).hasSize(12);
		assertThat(chart.at("/points/0/start").asString()).startsWith(first + "T00:00:00+0");
		assertThat(zones(chart.at("/totals/use"))).containsExactly("TOTAL");
		assertThat(chart.at("/totals/use/complete").asBoolean()).isTrue();
		assertThat(chart.path("totals").has("feedIn")).isFalse();
		assertThat(chart.path("points").valueStream()).allSatisfy((point) -> {
			int month = OffsetDateTime.parse(point.path("start").asString()).getMonthValue();
			assertThat(point.at("/use/zones/0").has((month % 4 == 0) ? "estimated" : "measured")).isTrue();
			assertThat(point.at("/use/zones/0")).hasSize(2);
		});
		assertThat(amount(chart.at("/totals/use"), "TOTAL", "estimated")).isPositive();
	}

	@Test
	void asksForTheContractAndForNoOtherOfTheCustomer() throws IOException {
		LocalDate first = this.today.withDayOfMonth(1).minusMonths(6);
		List<JsonNode> totals = List.of(
				chart("tomek", "0030000481", Granularity.MONTH, first, this.today).path("totals"),
				chart("tomek", "0030000483", Granularity.MONTH, first, this.today).path("totals"),
				chart("tomek", "0030000485", Granularity.MONTH, first, this.today).path("totals"));
		assertThat(totals).doesNotHaveDuplicates();
		assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "ContractConsumptionValues"))
			.allMatch((request) -> request.getUrl().matches(".*Contracts\\('003000048[135]'\\).*"));
	}

	@ParameterizedTest
	@CsvSource({ "anna, 0030000422, HOUR", "anna, 0030000422, DAY", "jan, 0030000431, HOUR", "jan, 0030000431, DAY",
			"tomek, 0030000483, DAY", "piotr, 0030000451, HOUR" })
	void hasNoHoursAndDaysOfGasAndOfAMeterThatIsNotSmart(String persona, String contract, Granularity granularity)
			throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn(persona)
			.get(path(contract, granularity, this.today.minusDays(7), this.today));
		Problems.assertProblem(answer, 409, "granularity-unavailable");
		assertThat(Json.of(answer).path("available").toString()).isEqualTo("[\"MONTH\"]");
	}

	@Test
	void asksBillingForNoCurveOfAGasMeter() throws IOException {
		this.gateway.signedIn("anna").get(path("0030000422", Granularity.DAY, this.today, this.today));
		assertThat(callsToBilling()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0030000452", "0030000421", "30000451", "nonsense", "'%20or%20'1'%20eq%20'1" })
	void answersTheSameForEveryContractThatIsNotTheirs(String id) throws IOException {
		for (Granularity granularity : Granularity.values()) {
			HttpResponse<String> answer = this.gateway.signedIn("piotr")
				.get(path(id, granularity, this.today.minusDays(7), this.today));
			Problems.assertProblem(answer, 404, "contract-not-found");
			assertThat(answer.body()).doesNotContain(id);
		}
		assertThat(callsToBilling()).isZero();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			from=2026-10-01&to=2026-10-02,                      granularity
			from=2026-10-01&granularity=DAY,                    to
			to=2026-10-01&granularity=DAY,                      from
			from=2026-10-01&to=2026-10-02&granularity=WEEK,     granularity
			from=2026-10-01&to=2026-10-02&granularity=,         granularity
			from=2026-02-30&to=2026-03-02&granularity=DAY,      from
			from=2026-10-01&to=x&granularity=DAY,               to
			from=1.10.2026&to=2026-10-02&granularity=DAY,       from
			from=2026-10-01&to=2026-10-02T00:00&granularity=DAY, to
			from=2026-10-02&to=2026-10-01&granularity=DAY,      to
			from=2026-10-01&to=2026-11-01&granularity=HOUR,     to
			from=2025-01-01&to=2026-10-01&granularity=DAY,      to
			from=2020-01-01&to=2026-10-01&granularity=MONTH,    to
			from=%2B999999999-12-31&to=%2B999999999-12-31&granularity=HOUR, from
			from=-0001-01-01&to=2026-10-01&granularity=MONTH,   from
			""")
	void refusesARangeThatItCannotAnswer(String query, String field) throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("olga")
			.get("/v1/contracts/" + OLGA + "/consumption?" + query);
		Problems.assertProblem(answer, 400, "invalid-request");
		assertThat(Json.of(answer).path("errors").toString()).isEqualTo("[{\"field\":\"" + field + "\"}]");
		assertThat(callsToBilling()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "9999-12-01, 9999-12-30", "0001-01-01, 0001-01-20", "2019-10-01, 2019-10-31" })
	void hasNoPointsInTheFutureAndBeforeTheContract(String from, String to) throws IOException {
		for (Granularity granularity : Granularity.values()) {
			JsonNode chart = chart("olga", OLGA, granularity, LocalDate.parse(from), LocalDate.parse(to));
			assertThat(chart.path("state").asString()).isEqualTo("FRESH");
			assertThat(chart.path("points").isEmpty()).isTrue();
			assertThat(chart.path("totals").isEmpty()).isTrue();
			assertThat(chart.has("unit")).isFalse();
		}
	}

	@Test
	void isLoadedOnceAndAgainWhenTheCustomerPullsToRefresh() throws IOException {
		Phone phone = this.gateway.signedIn("jan");
		String path = path("0030000431", Granularity.MONTH, this.today.withDayOfYear(1), this.today);
		HttpResponse<String> first = phone.get(path);
		assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
		String tag = first.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> again = phone.get(path, "If-None-Match", tag);
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(callsToBilling()).isEqualTo(1);
		assertThat(phone.get(path, "If-None-Match", tag, "Cache-Control", "no-cache").statusCode()).isEqualTo(304);
		assertThat(callsToBilling()).isEqualTo(2);
	}

	@Test
	void forgetsWhatItHoldsWhenTheCustomerSignsOut() throws IOException {
		Phone phone = this.gateway.signedIn("jan");
		String path = path("0030000431", Granularity.MONTH, this.today, this.today);
		phone.get(path);
		phone.signOut();
		this.gateway.signedIn("jan").get(path);
		assertThat(callsToBilling()).isEqualTo(2);
	}

	@Test
	void needsASession() throws IOException {
		HttpResponse<String> answer = this.gateway.phone().get(path(OLGA, Granularity.DAY, this.today, this.today));
		assertThat(answer.statusCode()).isEqualTo(401);
	}

}
