package pl.bramka.gateway.invoices;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Customers;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.personas.ContractAccount;
import pl.bramka.mocks.personas.Document;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class InvoicesTest {

	private final TestGateway gateway;

	InvoicesTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void forgetEverything() {
		Customers.all(this.gateway).forEach((customer) -> this.gateway.bean(Invoices.class).drop(customer.id()));
	}

	private static List<String> ids(JsonNode page) {
		return page.path("items").valueStream().map((item) -> item.path("id").asString()).toList();
	}

	private int callsToBilling() {
		return this.gateway.mocks().received(UpstreamName.BILLING, "/Invoices").size();
	}

	@Test
	void showsADocument() throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("anna").get("/v1/invoices?state=OPEN");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
		JsonNode page = Json.of(answer);
		assertThat(page.path("state").asString()).isEqualTo("FRESH");
		assertThat(page.has("nextCursor")).isFalse();
		assertThat(ids(page)).containsExactly("000400042251", "000400042151");
		JsonNode invoice = page.path("items").get(1);
		assertThat(invoice.path("kind").asString()).isEqualTo("INVOICE");
		assertThat(invoice.path("state").asString()).isEqualTo("OPEN");
		assertThat(invoice.path("medium").asString()).isEqualTo("ELECTRICITY");
		assertThat(invoice.path("amount").toString()).isEqualTo("{\"amount\":21347,\"currency\":\"PLN\"}");
		assertThat(invoice.path("payable").asBoolean()).isTrue();
		assertThat(invoice.path("overdue").asBoolean()).isFalse();
	}

	@Test
	void showsNothingOfADistributionContract() throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("piotr").get("/v1/invoices?limit=100");
		assertThat(ids(Json.of(answer))).hasSize(7);
		assertThat(answer.body()).doesNotContainIgnoringCase("niewidoczn").doesNotContain("777").doesNotContain("0452");
		assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "000200000452")).isEmpty();
	}

	@Test
	void showsAllDocumentsOfTenYearsPageByPage() throws IOException {
		Phone phone = this.gateway.signedIn("tomek");
		List<String> seen = new ArrayList<>();
		JsonNode page = Json.of(phone.get("/v1/invoices?limit=50"));
		seen.addAll(ids(page));
		while (page.has("nextCursor")) {
			page = Json.of(phone.get("/v1/invoices?limit=50&cursor=" + page.path("nextCursor").asString()));
			seen.addAll(ids(page));
		}
		List<String> written = this.gateway.mocks()
			.personas()
			.all()
			.stream()
			.filter((persona) -> persona.name().equals("tomek"))
			.flatMap((persona) -> persona.contractAccounts().stream())
			.map(ContractAccount::documents)
			.flatMap(List::stream)
			.map(Document::id)
			.toList();
		assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(240).hasSameElementsAs(written);
	}

	@Test
	void asksBillingOnceHoweverManyAskAtOnce() throws Exception {
		Phone phone = this.gateway.signedIn("anna");
		try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
			List<Future<HttpResponse<String>>> answers = IntStream.range(0, 64)
				.mapToObj((i) -> threads.submit(() -> phone.get("/v1/invoices")))
				.toList();
			for (Future<HttpResponse<String>> answer : answers) {
				assertThat(answer.get().statusCode()).isEqualTo(200);
			}
		}
		assertThat(callsToBilling()).isEqualTo(2);
	}

	@Test
	void asksBillingAgainWhenTheCustomerPullsToRefresh() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		JsonNode first = Json.of(phone.get("/v1/invoices"));
		assertThat(Json.of(phone.get("/v1/invoices"))).isEqualTo(first);
		assertThat(callsToBilling()).isEqualTo(2);
		HttpResponse<String> pulled = phone.get("/v1/invoices", "Cache-Control", "no-cache");
		assertThat(callsToBilling()).isEqualTo(4);
		assertThat(Json.of(pulled).path("items")).isEqualTo(first.path("items"));
	}

	@Test
	void isNotModifiedByAge() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String tag = phone.get("/v1/invoices").headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> pulled = phone.get("/v1/invoices", "Cache-Control", "no-cache", "If-None-Match", tag);
		assertThat(pulled.statusCode()).isEqualTo(304);
		assertThat(phone.get("/v1/invoices?limit=1").headers().firstValue("ETag")).isPresent().get().isNotEqualTo(tag);
	}

	@Test
	void filtersByMediumAndContract() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		JsonNode gas = Json.of(phone.get("/v1/invoices?medium=GAS"));
		assertThat(gas.path("items").valueStream().map((item) -> item.path("contractAccountId").asString())).hasSize(7)
			.containsOnly("000200000422");
		assertThat(callsToBilling()).isEqualTo(1);
		assertThat(ids(Json.of(phone.get("/v1/invoices?contractId=0030000422")))).isEqualTo(ids(gas));
		JsonNode none = Json.of(phone.get("/v1/invoices?contractId=0030000422&medium=ELECTRICITY"));
		assertThat(none.path("state").asString()).isEqualTo("FRESH");
		assertThat(none.path("items")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "contractId=0030000452, 404, contract-not-found", "contractId=0030000421, 404, contract-not-found",
			"cursor=abc, 400, invalid-cursor", "limit=0, 400, invalid-request", "limit=101, 400, invalid-request",
			"limit=x, 400, invalid-request", "state=PAID, 400, invalid-request", "medium=WATER, 400, invalid-request" })
	void refusesWhatItCannotAnswer(String query, int status, String code) throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("piotr").get("/v1/invoices?" + query);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(Json.code(answer)).isEqualTo(code);
	}

	@Test
	void knowsCorrectionsForecastsAndInterestNotes() throws IOException {
		JsonNode page = Json.of(this.gateway.signedIn("tomek").get("/v1/invoices?state=OPEN&limit=100"));
		assertThat(page.path("items").valueStream().map((item) -> item.path("kind").asString())).contains("CORRECTION",
				"FORECAST", "INTEREST_NOTE");
		assertThat(page.path("items").valueStream())
			.filteredOn((item) -> item.path("amount").path("amount").asLong() < 0)
			.isNotEmpty()
			.allMatch((item) -> !item.path("payable").asBoolean());
	}

}
