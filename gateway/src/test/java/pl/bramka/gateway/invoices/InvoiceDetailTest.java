package pl.bramka.gateway.invoices;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
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
import pl.bramka.gateway.claims.Claims;
import pl.bramka.gateway.claims.Payer;
import pl.bramka.gateway.database.Database;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One document, and what payments have done to it.
 */
@ExtendWith(RunningGateway.class)
class InvoiceDetailTest {

	private static final String ID = "000400042151";

	private final TestGateway gateway;

	private final Payer anna;

	InvoiceDetailTest(TestGateway gateway) {
		this.gateway = gateway;
		this.anna = new Payer(gateway, gateway.mocks().personas().byName("anna").accountId());
	}

	@BeforeEach
	void forgetEverything() {
		Customers.all(this.gateway).forEach((customer) -> this.gateway.bean(Invoices.class).drop(customer.id()));
	}

	@AfterEach
	void payNothing() {
		Database database = this.gateway.bean(Database.class);
		database
			.step(database.sql("delete from document_claim where customer_id = :customer")
				.bind("customer", this.anna.customerId())
				.then())
			.block(Duration.ofSeconds(20));
		this.gateway.bean(Claims.class).drop(this.anna.customerId());
	}

	@Test
	void showsWhatTheListShowsAndMore() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		HttpResponse<String> answer = phone.invoice(ID);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
		assertThat(Json.of(answer).path("state").asString()).isEqualTo("FRESH");
		JsonNode data = Json.of(answer).path("data");
		JsonNode item = Json.of(phone.get("/v1/invoices"))
			.path("items")
			.valueStream()
			.filter((each) -> each.path("id").asString().equals(ID))
			.findFirst()
			.orElseThrow();
		item.forEachEntry((name, value) -> assertThat(data.path(name)).as(name).isEqualTo(value));
		assertThat(data.propertyNames()).hasSize(item.size() + 2);
		assertThat(data.at("/amountPaid/amount").asLong())
			.isEqualTo(data.at("/amount/amount").asLong() - data.at("/remaining/amount").asLong());
		assertThat(data.path("text").asString()).isNotEmpty();
	}

	@Test
	void isNotModifiedByAge() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String tag = phone.invoice(ID).headers().firstValue("ETag").orElseThrow();
		forgetEverything();
		assertThat(phone.get("/v1/invoices/" + ID, "If-None-Match", tag).statusCode()).isEqualTo(304);
	}

	/** Each document of each persona: to its owner, unless a contract hides it. */
	@ParameterizedTest
	@ValueSource(strings = { "anna", "jan", "maria", "piotr", "tomek", "olga" })
	void showsEachDocumentOfEachPersona(String name) throws IOException {
		Phone phone = this.gateway.signedIn(name);
		Persona persona = this.gateway.mocks().personas().byName(name);
		String listed = phone.get("/v1/invoices?limit=100").body();
		int shown = 0;
		for (String id : persona.contractAccounts()
			.stream()
			.flatMap((account) -> account.documents().stream())
			.map((document) -> document.id())
			.limit(30)
			.toList()) {
			HttpResponse<String> answer = phone.invoice(id);
			if (answer.statusCode() == 200) {
				assertThat(Json.of(answer).at("/data/id").asString()).isEqualTo(id);
				shown++;
			}
			else {
				Problems.assertProblem(answer, 404, "invoice-not-found");
				assertThat(listed).doesNotContain(id);
			}
		}
		assertThat(shown).isPositive();
	}

	@Test
	void isStaleWhileBillingIsDown() throws IOException {
		try (TestGateway old = TestGateway.start("bramka.invoices.cache.fresh=1ms",
				"bramka.invoices.cache.retry=1ms")) {
			Phone phone = old.signedIn("anna");
			assertThat(phone.invoice(ID).statusCode()).isEqualTo(200);
			old.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE));
			HttpResponse<String> answer = phone.invoice(ID);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(Json.of(answer).path("state").asString()).isEqualTo("STALE");
			Problems.assertProblem(phone.invoice("0999999999"), 404, "invoice-not-found");
			Problems.assertProblem(old.signedIn("jan").invoice(ID), 503, "billing-unavailable");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0999999999", "x", "%20", "'", "a%27%20or%20%27a", "000400042151%00",
			"000400042151%0d%0aX", "%C5%BC%C3%B3%C5%82%C4%87", "000400043151" })
	void isNotFoundUnderANumberThatIsNone(String id) throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("anna").invoice(id);
		assertThat(answer.statusCode()).isIn(400, 404);
		Problems.assertProblem(answer, answer.statusCode(), Json.code(answer));
	}

	@Test
	void isRefusedUnderANumberWithoutEnd() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		Problems.assertProblem(phone.invoice("1".repeat(1000)), 404, "invoice-not-found");
		HttpResponse<String> answer = phone.invoice("1".repeat(6000));
		assertThat(answer.statusCode()).isIn(414, 431);
		Problems.assertProblem(answer, answer.statusCode(), Json.code(answer));
	}

	@ParameterizedTest
	@CsvSource({ "/v1/invoices", "/v1/invoices/" + ID })
	void hasAnotherTagWhenAPaymentTakesIt(String path) throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String free = tag(phone, path);
		String payment = this.anna.payment();
		this.anna.take(payment, List.of(ID));
		this.anna.tell();
		String ongoing = tag(phone, path);
		assertThat(ongoing).isNotEqualTo(free);
		assertThat(phone.get(path, "If-None-Match", free).statusCode()).isEqualTo(200);
		assertThat(phone.get(path, "If-None-Match", ongoing).statusCode()).isEqualTo(304);
		this.anna.pay(payment, List.of(ID));
		this.anna.tell();
		assertThat(tag(phone, path)).isNotIn(free, ongoing);
		payNothing();
		assertThat(tag(phone, path)).isEqualTo(free);
	}

	private static String tag(Phone phone, String path) throws IOException {
		return phone.get(path).headers().firstValue("ETag").orElseThrow();
	}

	@Test
	void saysWhatAPaymentHasDone() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String payment = this.anna.payment();
		this.anna.take(payment, List.of(ID));
		this.anna.tell();
		JsonNode ongoing = Json.of(phone.invoice(ID)).path("data");
		assertThat(ongoing.path("payment").asString()).isEqualTo("ONGOING");
		assertThat(ongoing.path("notPayable").asString()).isEqualTo("ONGOING");
		assertThat(ongoing.path("payable").asBoolean()).isFalse();
		assertThat(ongoing.path("state").asString()).isEqualTo("OPEN");
		this.anna.pay(payment, List.of(ID));
		this.anna.tell();
		JsonNode booking = Json.of(phone.invoice(ID)).path("data");
		assertThat(booking.path("payment").asString()).isEqualTo("BOOKING");
		assertThat(booking.path("notPayable").asString()).isEqualTo("PAID");
		assertThat(booking.path("state").asString()).isEqualTo("SETTLED");
		assertThat(booking.at("/remaining/amount").asLong()).isZero();
		assertThat(booking.at("/amountPaid")).isEqualTo(booking.at("/amount"));
		assertThat(phone.get("/v1/invoices?state=OPEN").body()).doesNotContain(ID);
	}

	/** Billing shows it as settled: that is noted, and the document stays taken. */
	@Test
	void isBookedWhenBillingShowsItSettled() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String payment = this.anna.payment();
		this.anna.take(payment, List.of(ID));
		this.anna.pay(payment, List.of(ID));
		this.anna.tell();
		assertThat(Json.of(phone.invoice(ID)).at("/data/payment").asString()).isEqualTo("BOOKING");
		this.gateway.mocks().billingSystem().pay(ID);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			phone.get("/v1/invoices", "Cache-Control", "no-cache");
			return this.anna.isBooked(ID);
		});
		JsonNode booked = Json.of(phone.invoice(ID)).path("data");
		assertThat(booked.has("payment")).isFalse();
		assertThat(booked.path("notPayable").asString()).isEqualTo("PAID");
		// Billing as another node may still remember it.
		this.gateway.mocks().reset();
		JsonNode older = Json.of(phone.get("/v1/invoices?limit=100", "Cache-Control", "no-cache"))
			.path("items")
			.valueStream()
			.filter((each) -> each.path("id").asString().equals(ID))
			.findFirst()
			.orElseThrow();
		assertThat(older.path("state").asString()).isEqualTo("SETTLED");
		assertThat(older.path("payable").asBoolean()).isFalse();
	}

}
