package pl.bramka.gateway.quotes;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
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
import pl.bramka.gateway.invoices.Invoices;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the app is told a payment costs.
 */
@ExtendWith(RunningGateway.class)
class QuoteTest {

	private final TestGateway gateway;

	QuoteTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void forgetEverything() {
		Customers.all(this.gateway).forEach((customer) -> this.gateway.bean(Invoices.class).drop(customer.id()));
	}

	private static HttpResponse<String> quote(Phone phone, String... documents) throws IOException {
		return phone.send("POST", "/v1/payments/quote", Json.text(new Asked(List.of(documents))));
	}

	private record Asked(List<String> documents) {
	}

	private JsonNode quoted(String persona, String... documents) throws IOException {
		HttpResponse<String> answer = quote(this.gateway.signedIn(persona), documents);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		return Json.of(answer);
	}

	private static List<String> missing(JsonNode document) {
		return document.path("missing").valueStream().map(JsonNode::asString).toList();
	}

	@Test
	void isFreeForElectricityAndGasTogether() throws IOException {
		Instant before = Instant.now();
		JsonNode quote = quoted("anna", "000400042251", "000400042151");
		assertThat(quote.path("free").asBoolean()).isTrue();
		assertThat(quote.path("fee").toString()).isEqualTo("{\"amount\":0,\"currency\":\"PLN\"}");
		assertThat(quote.path("total")).isEqualTo(quote.path("amount"));
		assertThat(quote.path("message").asString()).isEqualTo("Bez opłaty: masz gwarancję ceny i e-fakturę.");
		assertThat(Instant.parse(quote.path("validUntil").asString())).isBetween(before.plusSeconds(890),
				before.plusSeconds(960));
		JsonNode documents = quote.path("documents");
		assertThat(documents.valueStream().map((document) -> document.path("id").asString()))
			.containsExactly("000400042251", "000400042151");
		assertThat(documents.get(1).toString()).isEqualTo("""
				{"id":"000400042151","contractAccountId":"000200000421","amount":{"amount":21347,"currency":"PLN"},\
				"free":true,"missing":[],"contractIds":["0030000421"]}""");
	}

	@Test
	void saysWhatWouldMakeItFree() throws IOException {
		JsonNode quote = quoted("jan", "000400043151");
		assertThat(quote.path("free").asBoolean()).isFalse();
		assertThat(quote.at("/fee/amount").asLong()).isEqualTo(150);
		assertThat(quote.at("/total/amount").asLong()).isEqualTo(quote.at("/amount/amount").asLong() + 150);
		assertThat(missing(quote.at("/documents/0"))).containsExactly("PRICE_GUARANTEE", "E_INVOICE");
		assertThat(quote.path("message").asString()).isEqualTo("Do płatności doliczymy opłatę 1,50\u00a0zł."
				+ " Bez opłaty płaci się, gdy umowa ma gwarancję ceny i włączoną e-fakturę. Brakuje gwarancji ceny."
				+ " E-faktura jest wyłączona.");
	}

	@Test
	void speaksEnglish() throws IOException {
		Phone phone = this.gateway.signedIn("jan").header("Accept-Language", "en");
		assertThat(Json.of(quote(phone, "000400043151")).path("message").asString())
			.startsWith("A fee of PLN\u00a01.50 is added to the payment.");
	}

	@Test
	void namesTheDocumentThatCosts() throws IOException {
		JsonNode quote = quoted("maria", "000400044151", "000400044251");
		assertThat(quote.path("free").asBoolean()).isFalse();
		assertThat(quote.at("/fee/amount").asLong()).isEqualTo(150);
		assertThat(quote.at("/documents/0/free").asBoolean()).isTrue();
		assertThat(missing(quote.at("/documents/0"))).isEmpty();
		assertThat(quote.at("/documents/1/free").asBoolean()).isFalse();
		assertThat(missing(quote.at("/documents/1"))).containsExactly("PRICE_GUARANTEE", "E_INVOICE");
		assertThat(quote.at("/documents/1/contractIds").toString()).isEqualTo("[\"0030000442\"]");
		assertThat(quote.path("message").asString()).contains("(dotyczy: 000400044251)")
			.endsWith("Resztę możesz opłacić osobno bez opłaty.")
			.doesNotContain("000400044151");
		assertThat(quoted("maria", "000400044151").path("free").asBoolean()).isTrue();
	}

	@Test
	void namesEachDocumentThatCannotBePaid() throws IOException {
		HttpResponse<String> answer = quote(this.gateway.signedIn("tomek"), "000400481901", "000400481902",
				"000400485901");
		Problems.assertProblem(answer, 409, "document-not-payable");
		assertThat(Json.of(answer).path("documents").toString()).isEqualTo("""
				[{"id":"000400481901","reason":"NEGATIVE"},{"id":"000400485901","reason":"DIRECT_DEBIT"}]""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "000400042151", "000400099999", "1" })
	void saysNothingOfAnotherCustomersDocument(String other) throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		for (String[] basket : List.of(new String[] { other }, new String[] { "000400043151", other })) {
			HttpResponse<String> answer = quote(jan, basket);
			Problems.assertProblem(answer, 404, "invoice-not-found");
			assertThat(answer.body()).doesNotContain("0004000").doesNotContain("21347");
		}
	}

	@Test
	void saysNothingOfADistributionContractsDocument() throws IOException {
		String hidden = this.gateway.mocks()
			.personas()
			.byName("piotr")
			.contractAccounts()
			.stream()
			.filter((account) -> account.id().equals("000200000452"))
			.flatMap((account) -> account.documents().stream())
			.findFirst()
			.orElseThrow()
			.id();
		Problems.assertProblem(quote(this.gateway.signedIn("piotr"), hidden), 404, "invoice-not-found");
		assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "000200000452")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					{}                                                              | invalid-request   | documents
					{"documents":[]}                                                | invalid-request   | documents
					{"documents":["000400043151","000400043151"]}                   | invalid-request   | documents
					{"documents":["00040004315x/"]}                                 | invalid-request   | documents[0]
					{"documents":["000400043151","' or '1' eq '1"]}                 | invalid-request   | documents[1]
					{"documents":[null]}                                            | invalid-request   | documents[0]
					{"documents":[""]}                                              | invalid-request   | documents[0]
					{"documents":["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17","18","19","20","21"]} | invalid-request | documents
					{"documents":["000400043151"],"amount":1}                       | malformed-request |
					{"documents":"000400043151"}                                    | malformed-request |
					[]                                                              | malformed-request |
					""")
	void refusesWhatIsNoBasket(String body, String code, String field) throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		this.gateway.mocks().reset();
		HttpResponse<String> answer = jan.send("POST", "/v1/payments/quote", body);
		Problems.assertProblem(answer, 400, code);
		if (field != null) {
			assertThat(Json.of(answer).at("/errors/0/field").asString()).isEqualTo(field);
		}
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void asksBillingAnewEachTime() throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		jan.get("/v1/invoices");
		for (int i = 1; i <= 2; i++) {
			assertThat(quote(jan, "000400043151").statusCode()).isEqualTo(200);
			assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "/Invoices")).hasSize(1 + i);
			assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "CommunicationPreferences")).hasSize(i);
		}
		assertThat(this.gateway.mocks().journal(UpstreamName.OPERATOR)).isEmpty();
	}

	@Test
	void asksForEachPayerNumberOnce() throws IOException {
		Phone tomek = this.gateway.signedIn("tomek");
		JsonNode open = Json.of(tomek.get("/v1/invoices?state=OPEN&limit=100")).path("items");
		String[] payable = open.valueStream()
			.filter((item) -> item.path("payable").asBoolean())
			.map((item) -> item.path("id").asString())
			.toArray(String[]::new);
		long payers = open.valueStream()
			.filter((item) -> item.path("payable").asBoolean())
			.map((item) -> item.path("contractAccountId").asString())
			.distinct()
			.count();
		assertThat(payable).hasSizeGreaterThan(1);
		JsonNode quote = Json.of(quote(tomek, payable));
		assertThat(quote.path("documents")).hasSize(payable.length);
		assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "CommunicationPreferences"))
			.hasSize((int) payers);
		long sum = quote.path("documents").valueStream().mapToLong((each) -> each.at("/amount/amount").asLong()).sum();
		assertThat(quote.at("/amount/amount").asLong()).isEqualTo(sum);
	}

	@Test
	void needsASession() throws IOException {
		Problems.assertProblem(quote(this.gateway.phone(), "000400042151"), 401, "unauthenticated");
	}

}
