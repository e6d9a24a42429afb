package pl.bramka.mocks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pl.bramka.mocks.billing.Billing;
import pl.bramka.mocks.operator.Paywall;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class SettlementTest {

	private static final Mocks MOCKS = Mocks.startOnFreePorts();

	private static final String ANNA = "1000000042";

	private static final String ELECTRICITY = "000200000421";

	private static final String GAS = "000200000422";

	private final Caller caller = new Caller();

	@BeforeEach
	void everythingAsWritten() {
		MOCKS.reset();
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@Test
	void leavesAPaidOrderOpenInBillingUntilItIsBooked() throws IOException {
		String id = MOCKS.billingSystem().addInvoice(ELECTRICITY, 10_000);
		Paywall.start(MOCKS, "PAY-1", id);
		assertThat(book("PAY-1").statusCode()).isEqualTo(400);
		MOCKS.paymentOperator().pay("PAY-1");
		assertThat(status(id)).isEqualTo("1");
		assertThat(book("PAY-1").body()).contains(id);
		assertThat(status(id)).isEqualTo("9");
		assertThat(invoice(id).path("AmountRemaining").asString()).startsWith("0.00");
	}

	@Test
	void namesTheOrderInOnePaymentForEachPayerNumber() throws IOException {
		String first = MOCKS.billingSystem().addInvoice(ELECTRICITY, 10_000);
		String second = MOCKS.billingSystem().addInvoice(ELECTRICITY, 10_000);
		String third = MOCKS.billingSystem().addInvoice(GAS, 10_000);
		Paywall.start(MOCKS, "PAY-2", first, second, third);
		MOCKS.paymentOperator().pay("PAY-2");
		book("last");
		book("last");
		JsonNode found = payments("ZZExternalReference eq 'PAY-2'");
		assertThat(found).hasSize(2);
		assertThat(found)
			.extracting((payment) -> payment.path("PaymentDocumentID").asString(),
					(payment) -> payment.path("ContractAccountID").asString(),
					(payment) -> payment.path("Amount").asString().replaceFirst("0{10,}$", ""),
					(payment) -> payment.path("PaymentMethodDescription").asString(),
					(payment) -> payment.path("PaymentDocumentItems").path("results").size())
			.containsExactlyInAnyOrder(tuple("060000000001", ELECTRICITY, "200.", "Płatność internetowa", 2),
					tuple("060000000002", GAS, "100.", "Płatność internetowa", 1));
	}

	@Test
	void knowsNoOrderOfMoneyThatCameByOtherWays() throws IOException {
		String id = MOCKS.billingSystem().addInvoice(ELECTRICITY, 10_000);
		MOCKS.billingSystem().pay(id);
		JsonNode found = payments("ContractAccountID eq '" + ELECTRICITY + "'");
		assertThat(found).isNotEmpty().allSatisfy((payment) -> {
			assertThat(payment.path("PaymentMethodDescription").asString()).isEqualTo("Przelew bankowy");
			assertThat(payment.path("ZZExternalReference").asString()).isEmpty();
		});
	}

	@Test
	void leavesADocumentAloneThatWasPaidInBetween() throws IOException {
		String id = MOCKS.billingSystem().addInvoice(ELECTRICITY, 10_000);
		Paywall.start(MOCKS, "PAY-3", id);
		MOCKS.paymentOperator().pay("PAY-3");
		MOCKS.billingSystem().pay(id);
		assertThat(book("PAY-3").statusCode()).isEqualTo(200);
		assertThat(payments("ZZExternalReference eq 'PAY-3'")).isEmpty();
	}

	@Test
	void booksByItselfWhenToldSo() throws IOException {
		String id = MOCKS.billingSystem().addInvoice(ELECTRICITY, 10_000);
		Paywall.start(MOCKS, "PAY-0", "no-such-document");
		MOCKS.paymentOperator().pay("PAY-0");
		Paywall.start(MOCKS, "PAY-4", id);
		MOCKS.paymentOperator().pay("PAY-4");
		assertThat(control("PUT", "/settlement", "{\"afterSeconds\":-1}").statusCode()).isEqualTo(400);
		assertThat(control("PUT", "/settlement", "{\"afterSeconds\":0}").statusCode()).isEqualTo(200);
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (!status(id).equals("9")) {
			assertThat(System.nanoTime()).as("waited 10 s").isLessThan(end);
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		}
	}

	private HttpResponse<String> book(String order) throws IOException {
		return control("POST", "/payments/" + order + "/book", "");
	}

	private HttpResponse<String> control(String method, String path, String body) throws IOException {
		return this.caller.send(method, MOCKS.control(), path, body);
	}

	private String status(String id) throws IOException {
		return invoice(id).path("InvoiceStatusID").asString();
	}

	private JsonNode invoice(String id) throws IOException {
		return billing("Invoices('" + id + "')");
	}

	private JsonNode payments(String filter) throws IOException {
		return billing("Accounts('" + ANNA + "')/PaymentDocuments?$expand=PaymentDocumentItems&$filter="
				+ filter.replace(" ", "%20").replace("'", "%27"))
			.path("results");
	}

	private JsonNode billing(String path) throws IOException {
		String user = Base64.getEncoder()
			.encodeToString("BRAMKA:local-technical-password".getBytes(StandardCharsets.UTF_8));
		HttpResponse<String> answer = this.caller.get(MOCKS.billing(), Billing.BASE_PATH + path, "Authorization",
				"Basic " + user, "Accept", "application/json");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body()).path("d");
	}

}
