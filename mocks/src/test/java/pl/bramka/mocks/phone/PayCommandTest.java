package pl.bramka.mocks.phone;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.operator.Attempt;
import pl.bramka.mocks.operator.Payment;
import pl.bramka.mocks.operator.Paywall;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

class PayCommandTest {

	private final WireMockServer gateway = new WireMockServer(options().dynamicPort());

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path folder;

	@BeforeEach
	void start() {
		this.gateway.start();
		this.gateway.stubFor(any(anyUrl()).willReturn(okJson("{\"items\":[]}")));
		this.gateway.stubFor(post("/v1/sessions").willReturn(okJson("""
				{"accessToken":"at","tokenType":"DPoP","expiresIn":300,"refreshToken":"rt","sessionId":"s",\
				"deviceId":"d-1"}""").withStatus(201)));
		this.gateway.stubFor(post("/v1/payments/quote").willReturn(okJson("""
				{"id":"q-1","amount":{"value":"100.00","currency":"PLN"},"fee":{"value":"1.50","currency":"PLN"},\
				"message":"Opłata, bo brak e-faktury."}""")));
		this.gateway.stubFor(post("/v1/payments")
			.willReturn(okJson("{\"id\":\"p-1\",\"redirectUrl\":\"http://operator.example/pay\"}").withStatus(201)));
		phone("sign-in", "anna");
	}

	@AfterEach
	void stop() {
		this.gateway.stop();
	}

	@Test
	void paysInOneCommand() {
		assertThat(phone("pay", "000500009001", "000500009002")).isZero();
		List<LoggedRequest> sent = sent();
		assertThat(sent.get(1).getUrl()).isEqualTo("/v1/payments/quote");
		assertThat(sent.get(1).getBodyAsString()).isEqualTo("{\"documents\":[\"000500009001\",\"000500009002\"]}");
		assertThat(sent.get(0).getUrl()).isEqualTo("/v1/payments");
		assertThat(sent.get(0).getBodyAsString()).isEqualTo("{\"quoteId\":\"q-1\"}");
		assertThat(this.err.toString()).contains("100.00", "1.50", "Opłata, bo brak e-faktury.",
				"Idempotency-Key: " + sent.get(0).getHeader("Idempotency-Key"), "http://operator.example/pay");
		assertThat(phone("pay", "status", "--last")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/payments/p-1");
		assertThat(phone("pay")).isEqualTo(2);
	}

	@Test
	void startsNothingWithoutAQuote() {
		this.gateway.stubFor(post("/v1/payments/quote").willReturn(status(409)));
		assertThat(phone("pay", "000500009001")).isEqualTo(1);
		assertThat(last().getUrl()).isEqualTo("/v1/payments/quote");
		assertThat(phone("pay", "start", "--last")).isEqualTo(2);
		assertThat(phone("pay", "status")).isEqualTo(2);
	}

	@Test
	void usesAKeyAgainOrANewOne() {
		phone("pay", "quote", "000500009001");
		assertThat(phone("pay", "start", "--last", "--key", "k-1")).isZero();
		assertThat(last().getHeader("Idempotency-Key")).isEqualTo("k-1");
		assertThat(phone("pay", "start", "q-7")).isZero();
		String key = last().getHeader("Idempotency-Key");
		assertThat(last().getBodyAsString()).contains("q-7");
		assertThat(phone("pay", "start", "q-7")).isZero();
		assertThat(last().getHeader("Idempotency-Key")).isNotEqualTo(key).isNotEmpty();
		assertThat(phone("pay", "start", "q-7", "--last")).isEqualTo(2);
	}

	@Test
	void saysWhatToDoWhereTheSignInIsTooOld() {
		this.gateway.stubFor(post("/v1/payments").willReturn(
				unauthorized().withHeader("WWW-Authenticate", "DPoP error=\"insufficient_user_authentication\"")));
		phone("pay", "quote", "000500009001");
		assertThat(phone("pay", "start", "--key", "k-1")).isEqualTo(1);
		assertThat(this.err.toString()).contains("phone sign-in NAME", "phone pay start --last --key k-1");
	}

	@Test
	void listsPaymentsAndMakesLinks() {
		assertThat(phone("pay", "list")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/payments");
		assertThat(phone("pay", "link", "000500009001")).isZero();
		assertThat(last().getMethod() + last().getUrl()).isEqualTo("POST/v1/invoices/000500009001/pay-link");
	}

	@Test
	void readsAnInvoiceAndKeepsItsPdf() {
		assertThat(phone("invoices", "--state", "open", "--medium", "gas")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/invoices?state=OPEN&medium=GAS");
		assertThat(phone("invoices", "show", "1")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/invoices/1");
		byte[] pdf = { '%', 'P', 'D', 'F', (byte) 0xE2 };
		this.gateway.stubFor(get("/v1/invoices/1/pdf")
			.willReturn(status(200).withHeader("Content-Type", "application/pdf").withBody(pdf)));
		Path file = this.folder.resolve("1.pdf");
		assertThat(phone("invoices", "pdf", "1", file.toString())).isZero();
		assertThat(file).hasBinaryContent(pdf);
		assertThat(this.err.toString()).contains("5 bytes, written to " + file);
		this.gateway.stubFor(get("/v1/invoices/2/pdf").willReturn(notFound().withBody("no")));
		assertThat(phone("invoices", "pdf", "2", this.folder.resolve("2.pdf").toString())).isEqualTo(1);
		assertThat(this.folder.resolve("2.pdf")).doesNotExist();
	}

	@Test
	void showsAContract() {
		assertThat(phone("contract", "0030000421")).isZero();
		assertThat(last().getMethod() + last().getUrl()).isEqualTo("GET/v1/contracts/0030000421");
		assertThat(phone("contract")).isEqualTo(2);
	}

	@Test
	void switchesEInvoices() {
		assertThat(phone("contracts", "e-invoice", "0030000421", "on")).isZero();
		assertThat(last().getMethod() + last().getUrl()).isEqualTo("PUT/v1/contracts/0030000421/e-invoice");
		assertThat(last().getBodyAsString()).isEqualTo("{\"enabled\":true}");
		phone("contracts", "e-invoice", "0030000421", "off");
		assertThat(last().getBodyAsString()).isEqualTo("{\"enabled\":false}");
		assertThat(phone("contracts", "e-invoice", "0030000421", "maybe")).isEqualTo(2);
	}

	@Test
	void playsThePersonAtTheOperatorsPage() throws IOException {
		try (Mocks mocks = Mocks.startOnFreePorts()) {
			String id = mocks.billingSystem().addInvoice("000200000421", 10_000);
			URI page = Paywall.start(mocks, "PAY-1", id);
			this.gateway.stubFor(get("/v1/payments/p-1").willReturn(okJson("{\"redirectUrl\":\"" + page + "\"}")));
			phone("pay", id);
			assertThat(phone("payer", "later", "--last")).isZero();
			assertThat(attempts(mocks)).containsExactly(Attempt.Status.PENDING);
			assertThat(phone("payer", "refuse", "p-1")).isZero();
			assertThat(attempts(mocks)).containsExactly(Attempt.Status.FAILURE);
			assertThat(phone("payer", "book", "--control", mocks.control().toString())).isEqualTo(1);
			this.gateway
				.stubFor(get("/v1/pay-links/t").willReturn(status(303).withHeader("Location", page.toString())));
			assertThat(phone("payer", "pay", this.gateway.baseUrl() + "/v1/pay-links/t")).isZero();
			assertThat(attempts(mocks)).containsExactly(Attempt.Status.FAILURE, Attempt.Status.SUCCESS);
			assertThat(phone("payer", "book", "--control", mocks.control().toString())).isZero();
		}
	}

	@Test
	void findsNoPageWherePayingIsOver() {
		phone("pay", "000500009001");
		this.gateway.stubFor(get("/v1/payments/p-1").willReturn(okJson("{\"state\":\"PAID\"}")));
		assertThat(phone("payer", "pay", "--last")).isEqualTo(2);
		assertThat(phone("payer", "pay", this.gateway.baseUrl() + "/elsewhere")).isEqualTo(1);
	}

	@Test
	void callsTheSameAsAnApp() throws IOException {
		Phone phone = new Phone(URI.create(this.gateway.baseUrl()));
		phone.signIn("anna@example.com", "Haslo-123!");
		assertThat(phone.quote(List.of("1")).statusCode()).isEqualTo(200);
		assertThat(phone.pay("q-1", "k-1").statusCode()).isEqualTo(201);
		assertThat(last().getHeader("Idempotency-Key")).isEqualTo("k-1");
		phone.payment("p-1");
		assertThat(last().getUrl()).isEqualTo("/v1/payments/p-1");
		phone.payments();
		assertThat(last().getUrl()).isEqualTo("/v1/payments");
		phone.payLink("1");
		assertThat(last().getMethod() + last().getUrl()).isEqualTo("POST/v1/invoices/1/pay-link");
		phone.eInvoice("2", true);
		assertThat(last().getMethod() + last().getUrl()).isEqualTo("PUT/v1/contracts/2/e-invoice");
		phone.invoice("1");
		assertThat(last().getUrl()).isEqualTo("/v1/invoices/1");
		assertThat(phone.invoicePdf("1").body()).isNotEmpty();
		assertThat(last().getUrl()).isEqualTo("/v1/invoices/1/pdf");
		assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at");
	}

	private static List<Attempt.Status> attempts(Mocks mocks) {
		Payment payment = mocks.paymentOperator().payments().getFirst();
		return payment.attempts().stream().map(Attempt::status).toList();
	}

	private int phone(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--folder", this.folder.toString(), "--gateway", this.gateway.baseUrl()));
		CommandLine line = new CommandLine(new PhoneCommand());
		line.setOut(new PrintWriter(new StringWriter()));
		line.setErr(new PrintWriter(this.err));
		return line.execute(all.toArray(String[]::new));
	}

	private List<LoggedRequest> sent() {
		return this.gateway.getAllServeEvents().stream().map((event) -> event.getRequest()).toList();
	}

	private LoggedRequest last() {
		return sent().getFirst();
	}

}
