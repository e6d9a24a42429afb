package pl.bramka.gateway.contracts;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
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
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The switch while billing fails, and no breaker opens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EInvoiceInTroubleTest {

	private static final String JANS = "0030000431";

	private TestGateway gateway;

	private Phone jan;

	@BeforeAll
	void start() {
		this.gateway = TestGateway.start("bramka.upstreams.billing.breaker.window=1000",
				"bramka.upstreams.billing.breaker.minimum=1000");
		this.jan = this.gateway.signedIn("jan");
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	@BeforeEach
	void everythingIsWell() {
		this.gateway.mocks().reset();
	}

	private HttpResponse<String> set(boolean enabled) throws IOException {
		return this.jan.send("PUT", "/v1/contracts/" + JANS + "/e-invoice", "{\"enabled\":" + enabled + "}");
	}

	private JsonNode shown() throws IOException {
		HttpResponse<String> answer = this.jan.get("/v1/contracts/" + JANS);
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer).path("data").path("eInvoice");
	}

	private void fails(FaultKind kind) {
		this.gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(kind).onlyPath("CommunicationPreferences"));
	}

	private int documentsAsked() {
		return this.gateway.mocks().received(UpstreamName.BILLING, "/Invoices").size();
	}

	private List<LoggedRequest> writes() {
		return this.gateway.mocks()
			.received(UpstreamName.BILLING, "CommunicationPreferences")
			.stream()
			.filter((request) -> request.getMethod().getName().equals("PUT"))
			.toList();
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "HTML_LOGIN", "REQUEST_REJECTED", "GARBAGE", "UNCAUGHT", "BLACK_HOLE" })
	void isNotSwitchedAndTheContractIsShownWithoutIt(FaultKind kind) throws IOException {
		fails(kind);
		Problems.assertProblem(set(true), 503, "billing-unavailable");
		assertThat(writes()).as("sent once").hasSize(1);
		assertThat(shown().isMissingNode()).isTrue();
		this.gateway.mocks().faults().clearAll();
		assertThat(shown().asBoolean(true)).isFalse();
	}

	@Test
	void dropsWhatIsKeptOfTheDocumentsAlsoIfNobodyKnowsWhetherItIsDone() throws IOException {
		this.jan.get("/v1/invoices", "Cache-Control", "no-cache");
		fails(FaultKind.EMPTY);
		Problems.assertProblem(set(true), 503, "billing-unavailable");
		int before = documentsAsked();
		this.jan.get("/v1/invoices");
		assertThat(documentsAsked()).isEqualTo(before + 1);
	}

}
