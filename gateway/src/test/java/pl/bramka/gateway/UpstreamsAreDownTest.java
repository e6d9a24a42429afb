package pl.bramka.gateway;

import java.io.IOException;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.account.Profiles;
import pl.bramka.gateway.contracts.Contracts;
import pl.bramka.gateway.invoices.Invoices;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the phone sees while billing or CRM is down. The breakers of this gateway never
 * open, so that each test meets the fault itself; and nothing stays fresh.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamsAreDownTest {

	private TestGateway gateway;

	@BeforeAll
	void start() {
		this.gateway = TestGateway.start("bramka.upstreams.billing.breaker.window=1000",
				"bramka.upstreams.billing.breaker.minimum=1000", "bramka.upstreams.crm.breaker.window=1000",
				"bramka.upstreams.crm.breaker.minimum=1000", "bramka.invoices.cache.fresh=1ms",
				"bramka.invoices.cache.retry=0ms", "bramka.contracts.cache.fresh=1ms",
				"bramka.contracts.cache.retry=0ms", "bramka.account.cache.fresh=1ms", "bramka.account.cache.retry=0ms");
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	@BeforeEach
	void repairAndForget() {
		this.gateway.mocks().reset();
		Customers.all(this.gateway).forEach((customer) -> {
			this.gateway.bean(Invoices.class).drop(customer.id());
			this.gateway.bean(Contracts.class).drop(customer);
			this.gateway.bean(Profiles.class).drop(customer);
		});
	}

	private void fails(UpstreamName upstream, Fault fault) {
		this.gateway.mocks().faults().set(upstream, fault);
	}

	private static String state(JsonNode home, String section) {
		return home.path(section).path("state").asString();
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "RESET", "EMPTY", "GARBAGE", "HTML_LOGIN", "REQUEST_REJECTED", "XML_ERROR",
			"UNCAUGHT", "UNAVAILABLE", "BLACK_HOLE" })
	void showsDocumentsWithTheirAge(FaultKind kind) throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		JsonNode before = Json.of(phone.get("/v1/invoices"));
		fails(UpstreamName.BILLING, Fault.of(kind));
		HttpResponse<String> answer = phone.get("/v1/invoices");
		assertThat(answer.statusCode()).isEqualTo(200);
		JsonNode page = Json.of(answer);
		assertThat(page.path("state").asString()).isEqualTo("STALE");
		assertThat(page.path("items")).isEqualTo(before.path("items"));
		assertThat(page.path("asOf").asString()).isLessThanOrEqualTo(before.path("asOf").asString());
		JsonNode home = Json.of(phone.get("/v1/home"));
		assertThat(state(home, "invoices")).isEqualTo("STALE");
		assertThat(state(home, "balance")).isEqualTo("STALE");
		assertThat(state(home, "contracts")).isEqualTo("FRESH");
		assertThat(state(home, "customer")).isEqualTo("FRESH");
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "HTML_LOGIN", "REQUEST_REJECTED", "UNCAUGHT" })
	void neverTakesAFailureForAnEmptyList(FaultKind kind) throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		fails(UpstreamName.BILLING, Fault.of(kind));
		HttpResponse<String> answer = phone.get("/v1/invoices");
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(Json.code(answer)).isEqualTo("billing-unavailable");
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		HttpResponse<String> home = phone.get("/v1/home");
		assertThat(home.statusCode()).isEqualTo(200);
		JsonNode invoices = Json.of(home).path("invoices");
		assertThat(invoices.path("state").asString()).isEqualTo("UNAVAILABLE");
		assertThat(invoices.path("problem").path("code").asString()).isEqualTo("billing-unavailable");
		assertThat(invoices.has("data")).isFalse();
		assertThat(invoices.has("asOf")).isFalse();
		assertThat(state(Json.of(home), "contracts")).isEqualTo("FRESH");
	}

	@Test
	void missesNoPayerNumberSilently() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		fails(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE).onlyPath("000200000422"));
		assertThat(phone.get("/v1/invoices").statusCode()).isEqualTo(503);
		assertThat(phone.get("/v1/invoices?medium=ELECTRICITY").statusCode()).isEqualTo(200);
	}

	@Test
	void isStaleIfAnyPartIs() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		JsonNode before = Json.of(phone.get("/v1/invoices"));
		fails(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE).onlyPath("000200000422"));
		JsonNode page = Json.of(phone.get("/v1/invoices"));
		assertThat(page.path("state").asString()).isEqualTo("STALE");
		assertThat(page.path("items")).isEqualTo(before.path("items"));
		this.gateway.mocks().reset();
		assertThat(Json.of(phone.get("/v1/invoices")).path("state").asString()).isEqualTo("FRESH");
	}

	@Test
	void tagsTheState() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String tag = phone.get("/v1/home").headers().firstValue("ETag").orElseThrow();
		assertThat(phone.get("/v1/home", "If-None-Match", tag).statusCode()).isEqualTo(304);
		fails(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE));
		assertThat(phone.get("/v1/home", "If-None-Match", tag).statusCode()).isEqualTo(200);
	}

	@Test
	void answersHomeWithoutCrm() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		fails(UpstreamName.CRM, Fault.of(FaultKind.UNAVAILABLE));
		HttpResponse<String> answer = phone.get("/v1/home");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(Json.of(answer).path("notices").path("state").asString()).isEqualTo("FRESH");
		assertThat(Json.of(answer).valueStream().limit(5)).allSatisfy((section) -> {
			assertThat(section.path("state").asString()).isEqualTo("UNAVAILABLE");
			assertThat(section.path("problem").path("code").asString()).isEqualTo("crm-unavailable");
		});
		assertThat(phone.get("/v1/contracts").statusCode()).isEqualTo(503);
		assertThat(phone.get("/v1/customer").statusCode()).isEqualTo(503);
		assertThat(Json.code(phone.get("/v1/invoices"))).isEqualTo("crm-unavailable");
	}

	@Test
	void showsContractsWithTheirAgeAndDocumentsAsBillingSaysNow() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		phone.get("/v1/home");
		fails(UpstreamName.CRM, Fault.of(FaultKind.UNAVAILABLE));
		JsonNode home = Json.of(phone.get("/v1/home"));
		assertThat(state(home, "customer")).isEqualTo("STALE");
		assertThat(state(home, "contracts")).isEqualTo("STALE");
		assertThat(state(home, "invoices")).isEqualTo("FRESH");
	}

}
