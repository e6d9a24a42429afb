package pl.bramka.gateway.contracts;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class EInvoiceTest {

	private static final String JANS = "0030000431";

	private final TestGateway gateway;

	EInvoiceTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private static HttpResponse<String> set(Phone phone, String contract, boolean enabled) throws IOException {
		return phone.send("PUT", "/v1/contracts/" + contract + "/e-invoice", "{\"enabled\":" + enabled + "}");
	}

	private static JsonNode shown(Phone phone, String contract) throws IOException {
		HttpResponse<String> answer = phone.get("/v1/contracts/" + contract);
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer).path("data").path("eInvoice");
	}

	private List<LoggedRequest> writes() {
		return this.gateway.mocks()
			.received(UpstreamName.BILLING, "CommunicationPreferences")
			.stream()
			.filter((request) -> request.getMethod().getName().equals("PUT"))
			.toList();
	}

	@Test
	void isSwitchedOnAndOff() throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		assertThat(shown(jan, JANS).asBoolean()).isFalse();
		// The stub that was just made whole does not know the token of before.
		set(jan, JANS, false);
		int before = writes().size();
		for (boolean enabled : List.of(true, true, false, false, true)) {
			HttpResponse<String> answer = set(jan, JANS, enabled);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
			assertThat(answer.body())
				.isEqualTo("{\"contractId\":\"0030000431\",\"contractAccountId\":\"000200000431\",\"enabled\":%s}"
					.formatted(enabled));
			assertThat(shown(jan, JANS).asBoolean()).isEqualTo(enabled);
		}
		List<LoggedRequest> writes = writes().subList(before, writes().size());
		assertThat(writes).hasSize(5).allSatisfy((write) -> {
			assertThat(write.getUrl()).contains("ContractAccountID='000200000431',CommunicationCategoryID='UMCB'");
			assertThat(write.getHeader("X-CSRF-Token")).isNotBlank();
		});
		assertThat(Json.of(writes.getFirst().getBodyAsString()).path("CommunicationMethodID").asString())
			.isEqualTo("NONE");
		assertThat(Json.of(writes.get(2).getBodyAsString()).path("CommunicationMethodID").asString()).isEqualTo("STND");
	}

	@Test
	void dropsWhatIsKeptOfTheDocuments() throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		jan.get("/v1/invoices", "Cache-Control", "no-cache");
		int before = asked();
		jan.get("/v1/invoices");
		assertThat(asked()).isEqualTo(before);
		set(jan, JANS, true);
		jan.get("/v1/invoices");
		assertThat(asked()).isEqualTo(before + 1);
	}

	private int asked() {
		return this.gateway.mocks().received(UpstreamName.BILLING, "/Invoices").size();
	}

	@Test
	void makesAPaymentFreeTogetherWithAPriceGuarantee() throws IOException {
		Phone anna = this.gateway.signedIn("anna");
		set(anna, "0030000421", false);
		JsonNode quote = Json.of(anna.send("POST", "/v1/payments/quote", "{\"documents\":[\"000400042151\"]}"));
		assertThat(quote.at("/documents/0/missing").toString()).isEqualTo("[\"E_INVOICE\"]");
		set(anna, "0030000421", true);
		quote = Json.of(anna.send("POST", "/v1/payments/quote", "{\"documents\":[\"000400042151\"]}"));
		assertThat(quote.path("free").asBoolean()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "0030000452", "0030000421", "30000451", "nonsense", "000200000451", "'%20or%20'1'%20eq%20'1" })
	void isNobodyElsesBusiness(String contract) throws IOException {
		Phone piotr = this.gateway.signedIn("piotr");
		piotr.get("/v1/contracts");
		this.gateway.mocks().reset();
		HttpResponse<String> answer = set(piotr, contract, false);
		Problems.assertProblem(answer, 404, "contract-not-found");
		assertThat(answer.body()).doesNotContain(contract);
		assertThat(this.gateway.mocks().journal(UpstreamName.BILLING)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{}                                | invalid-request
			{"enabled":null}                  | invalid-request
			{"enabled":"perhaps"}             | malformed-request
			{"enabled":true,"until":"monday"} | malformed-request
			[true]                            | malformed-request
			""")
	void refusesWhatIsNeitherOnNorOff(String body, String code) throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		Problems.assertProblem(jan.send("PUT", "/v1/contracts/" + JANS + "/e-invoice", body), 400, code);
		assertThat(writes()).isEmpty();
	}

	@Test
	void isSwitchedThoughTheLogonOfBillingExpired() throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		set(jan, JANS, false);
		this.gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.CSRF_403).times(1));
		assertThat(set(jan, JANS, true).statusCode()).isEqualTo(200);
		assertThat(shown(jan, JANS).asBoolean()).isTrue();
	}

	@Test
	void isNoPartOfTheList() throws IOException {
		assertThat(this.gateway.signedIn("anna").get("/v1/contracts").body()).doesNotContain("eInvoice");
		assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "CommunicationPreferences")).isEmpty();
	}

}
