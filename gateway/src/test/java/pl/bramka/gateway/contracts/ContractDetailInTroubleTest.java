package pl.bramka.gateway.contracts;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.observability.Names;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One contract while billing or CRM fails, no breaker opens, and nothing of its place is
 * in memory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractDetailInTroubleTest {

	private static final String PATH = "/v1/contracts/0030000431";

	private TestGateway gateway;

	private Phone jan;

	@BeforeAll
	void start() throws IOException {
		this.gateway = TestGateway.start("bramka.premises.cache.fresh=1ms", "bramka.premises.cache.stale=1ms",
				"bramka.premises.cache.retry=0ms", "bramka.contracts.cache.fresh=1h",
				"bramka.upstreams.billing.breaker.window=1000", "bramka.upstreams.billing.breaker.minimum=1000",
				"bramka.upstreams.crm.breaker.window=1000", "bramka.upstreams.crm.breaker.minimum=1000");
		this.jan = this.gateway.signedIn("jan");
		this.jan.get(PATH);
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	@BeforeEach
	void everythingIsWell() {
		this.gateway.mocks().reset();
	}

	private JsonNode shown() throws IOException {
		HttpResponse<String> answer = this.jan.get(PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(Json.of(answer).path("state").asString()).isEqualTo("FRESH");
		JsonNode contract = Json.of(answer).path("data");
		assertThat(contract.path("id").asString()).isEqualTo("0030000431");
		return contract;
	}

	private void fails(UpstreamName upstream, FaultKind kind, String path) {
		this.gateway.mocks().faults().set(upstream, Fault.of(kind).onlyPath(path));
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "HTML_LOGIN", "REQUEST_REJECTED", "GARBAGE", "RESET", "XML_ERROR", "UNCAUGHT",
			"BLACK_HOLE" })
	void isShownWithoutWhatBillingCannotSay(FaultKind kind) throws IOException {
		fails(UpstreamName.BILLING, kind, "Premises");
		assertThat(shown().propertyNames()).doesNotContain("premise").contains("eInvoice", "pointOfDelivery");
		this.gateway.mocks().faults().clearAll();
		assertThat(shown().at("/premise/address").asString()).isEqualTo("Mariacka 12/8, 40-014 Katowice");
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "HTML_LOGIN", "GARBAGE", "UNCAUGHT" })
	void isShownWithoutWhatCrmCannotSay(FaultKind kind) throws IOException {
		fails(UpstreamName.CRM, kind, "PointOfDeliveries");
		assertThat(shown().propertyNames()).doesNotContain("pointOfDelivery").contains("eInvoice", "premise");
		this.gateway.mocks().faults().clearAll();
		assertThat(shown().path("pointOfDelivery").asString()).isEqualTo("590322400000004315");
	}

	@Test
	void isShownWhileBothAreDown() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.REFUSED));
		this.gateway.mocks().faults().set(UpstreamName.CRM, Fault.of(FaultKind.REFUSED));
		assertThat(shown().propertyNames()).contains("product", "tariff")
			.doesNotContain("premise", "pointOfDelivery", "eInvoice");
	}

	@Test
	void isShownWithoutANumberThatIsNone() throws IOException {
		double before = leftOut();
		this.gateway.mocks().faults().set(UpstreamName.CRM, Fault.of(FaultKind.WRONG_PPE));
		JsonNode contract = shown();
		assertThat(contract.propertyNames()).doesNotContain("pointOfDelivery").contains("premise", "eInvoice");
		assertThat(leftOut()).isEqualTo(before + 1);
		this.gateway.mocks().faults().clearAll();
		assertThat(shown().path("pointOfDelivery").asString()).isEqualTo("590322400000004315");
	}

	private double leftOut() {
		return this.gateway.bean(MeterRegistry.class).get(Names.POINTS_LEFT_OUT).counter().count();
	}

	@Test
	void isUnknownWhileCrmIsDownAndNothingIsInMemory() throws IOException {
		this.gateway.bean(Drops.class)
			.everywhere("contracts", this.gateway.mocks().personas().byName("jan").accountId())
			.block(Duration.ofSeconds(5));
		this.gateway.mocks().faults().set(UpstreamName.CRM, Fault.of(FaultKind.UNAVAILABLE));
		Problems.assertProblem(this.jan.get(PATH), 503, "crm-unavailable");
		this.gateway.mocks().faults().clearAll();
		assertThat(shown().propertyNames()).contains("premise", "pointOfDelivery");
	}

}
