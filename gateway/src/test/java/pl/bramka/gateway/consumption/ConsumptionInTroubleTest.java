package pl.bramka.gateway.consumption;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Customers;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Charts while billing fails. The breaker never opens, so that each test meets the fault
 * itself; and nothing stays fresh.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumptionInTroubleTest {

	private final LocalDate today = LocalDate.now(Days.WARSAW);

	private TestGateway gateway;

	@BeforeAll
	void start() {
		this.gateway = TestGateway.start("bramka.upstreams.billing.breaker.window=1000",
				"bramka.upstreams.billing.breaker.minimum=1000", "bramka.consumption.cache.fresh=1ms",
				"bramka.consumption.cache.retry=0ms", "bramka.consumption.longest.hour=2");
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	@BeforeEach
	void repairAndForget() {
		this.gateway.mocks().reset();
		Customers.all(this.gateway).forEach((customer) -> this.gateway.bean(Consumptions.class).drop(customer.id()));
	}

	private void fails(Fault fault) {
		this.gateway.mocks().faults().set(UpstreamName.BILLING, fault);
	}

	private String months() {
		return "/v1/contracts/0030000491/consumption?granularity=MONTH&from=" + this.today.minusMonths(2) + "&to="
				+ this.today;
	}

	private String days(int ago) {
		return "/v1/contracts/0030000491/consumption?granularity=DAY&from=" + this.today.minusDays(ago) + "&to="
				+ this.today;
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "RESET", "EMPTY", "GARBAGE", "HTML_LOGIN", "REQUEST_REJECTED", "XML_ERROR",
			"UNCAUGHT", "UNAVAILABLE", "BLACK_HOLE" })
	void showsWhatItHasWithItsAge(FaultKind kind) throws IOException {
		Phone phone = this.gateway.signedIn("olga");
		JsonNode before = Json.of(phone.get(days(25)));
		assertThat(before.path("points")).hasSize(25);
		fails(Fault.of(kind));
		HttpResponse<String> answer = phone.get(days(25));
		assertThat(answer.statusCode()).isEqualTo(200);
		JsonNode chart = Json.of(answer);
		assertThat(chart.path("state").asString()).isEqualTo("STALE");
		assertThat(chart.path("points")).isEqualTo(before.path("points"));
		assertThat(chart.path("totals")).isEqualTo(before.path("totals"));
		assertThat(chart.path("asOf").asString()).isLessThanOrEqualTo(before.path("asOf").asString());
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "GARBAGE", "HTML_LOGIN", "REQUEST_REJECTED", "UNCAUGHT", "UNAVAILABLE" })
	void neverTakesAFailureForNoUse(FaultKind kind) throws IOException {
		Phone phone = this.gateway.signedIn("olga");
		fails(Fault.of(kind));
		Problems.assertProblem(phone.get(months()), 503, "billing-unavailable");
		Problems.assertProblem(phone.get(days(25)), 503, "billing-unavailable");
	}

	@Test
	void neverTakesAFailureForAMeterThatIsNotSmart() throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		String path = "/v1/contracts/0030000431/consumption?granularity=DAY&from=2019-10-01&to=2019-10-02";
		Problems.assertProblem(jan.get(path), 409, "granularity-unavailable");
		Customers.all(this.gateway).forEach((customer) -> this.gateway.bean(Consumptions.class).drop(customer.id()));
		fails(Fault.of(FaultKind.UNAVAILABLE).onlyPath("ProfileValues"));
		Problems.assertProblem(jan.get(path), 503, "billing-unavailable");
	}

	@Test
	void isStaleIfAnyPieceIs() throws IOException {
		Phone phone = this.gateway.signedIn("olga");
		JsonNode before = Json.of(phone.get(days(25)));
		fails(Fault.of(FaultKind.UNCAUGHT).onlyPath("ProfileValues").times(2));
		JsonNode chart = Json.of(phone.get(days(25)));
		assertThat(chart.path("state").asString()).isEqualTo("STALE");
		assertThat(chart.path("points")).isEqualTo(before.path("points"));
		this.gateway.mocks().reset();
		assertThat(Json.of(phone.get(days(25))).path("state").asString()).isEqualTo("FRESH");
	}

	@Test
	void waitsNoLongerThanARequestMayTake() throws IOException {
		Phone phone = this.gateway.signedIn("olga");
		fails(Fault.slow(Duration.ofSeconds(20)));
		HttpResponse<String> answer = phone.get(days(300));
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(Json.code(answer)).isIn("billing-unavailable", "deadline-exceeded");
	}

	@Test
	void goesByTheLimitsOfTheInstallation() throws IOException {
		Phone phone = this.gateway.signedIn("olga");
		String path = "/v1/contracts/0030000491/consumption?granularity=HOUR&from=2026-10-01&to=2026-10-0";
		assertThat(phone.get(path + "2").statusCode()).isEqualTo(200);
		Problems.assertProblem(phone.get(path + "3"), 400, "invalid-request");
	}

}
