package pl.bramka.gateway.quotes;

import java.io.IOException;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A quote while a system that it is made of cannot say. All of them are asked each time,
 * and no breaker opens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuoteInTroubleTest {

	private TestGateway gateway;

	private Phone anna;

	@BeforeAll
	void start() {
		this.gateway = TestGateway.start("bramka.contracts.cache.fresh=1ms", "bramka.contracts.cache.retry=0ms",
				"bramka.upstreams.billing.try-limit=2500ms", "bramka.upstreams.billing.read-timeout=2s",
				// Two tries that last until their limit, and some more.
				"bramka.deadline.limit=12s", "bramka.upstreams.billing.retry.floor=100",
				"bramka.upstreams.billing.breaker.window=1000", "bramka.upstreams.billing.breaker.minimum=1000",
				"bramka.upstreams.crm.breaker.window=1000", "bramka.upstreams.crm.breaker.minimum=1000");
		this.anna = this.gateway.signedIn("anna");
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	@BeforeEach
	void everythingIsWell() throws IOException {
		this.gateway.mocks().reset();
		assertThat(this.anna.get("/v1/invoices").statusCode()).isEqualTo(200);
		assertThat(quote().statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> quote() throws IOException {
		return this.anna.send("POST", "/v1/payments/quote", "{\"documents\":[\"000400042151\"]}");
	}

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE, ''", "HTML_LOGIN, ''", "REQUEST_REJECTED, ''", "GARBAGE, ''", "UNCAUGHT, ''",
			"REFUSED, ''", "BLACK_HOLE, ''", "UNAVAILABLE, CommunicationPreferences",
			"HTML_LOGIN, CommunicationPreferences", "XML_ERROR, CommunicationPreferences",
			"EMPTY, CommunicationPreferences", "BLACK_HOLE, CommunicationPreferences",
			"DRIBBLE, CommunicationPreferences" })
	void isNotGuessedWhileBillingCannotSay(FaultKind kind, String path) throws IOException {
		Fault fault = Fault.of(kind);
		this.gateway.mocks().faults().set(UpstreamName.BILLING, path.isEmpty() ? fault : fault.onlyPath(path));
		HttpResponse<String> answer = quote();
		Problems.assertProblem(answer, 503, "billing-unavailable");
		assertThat(answer.body()).doesNotContain("21347");
	}

	@Test
	void isNotMadeOfContractsThatStandInForCrm() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.CRM, Fault.of(FaultKind.UNAVAILABLE));
		assertThat(Json.of(this.anna.get("/v1/contracts")).path("state").asString()).isEqualTo("STALE");
		Problems.assertProblem(quote(), 503, "crm-unavailable");
	}

	@Test
	void takesNoPreferenceForPaper() throws IOException {
		this.gateway.mocks()
			.faults()
			.set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE).onlyPath("CommunicationPreferences").times(1));
		assertThat(Json.of(quote()).path("free").asBoolean()).as("the second try").isTrue();
	}

}
