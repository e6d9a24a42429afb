package pl.bramka.gateway.payments;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Tokens;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What payments know and nobody else may, looked for wherever operations can look.
 */
class PaymentLeakTest {

	private static final String KEY = "posadzony-klucz-3d81";

	private static TestGateway gateway;

	private final List<String> secrets = new ArrayList<>(
			List.of("demo-shared-key", "@example.com", "Haslo-123!", KEY, "/payment/continue/"));

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.payments.look=100ms", "bramka.payments.ask-after=200ms",
				"bramka.payments.ask-again=200ms", "bramka.payments.ask-soon=200ms", "bramka.payments.start-limit=10s",
				// What goes wrong on purpose must not keep the next test from paying.
				"bramka.upstreams.operator.breaker.window=1000", "bramka.upstreams.operator.breaker.minimum=1000");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void begin() {
		Payer.begin(gateway);
		gateway.mocks().personas().all().forEach((persona) -> {
			this.secrets.add(persona.accountId());
			if (persona.pesel() != null) {
				this.secrets.add(persona.pesel());
			}
		});
	}

	private Payer payer(String persona) {
		Payer payer = Payer.of(gateway, persona);
		Tokens tokens = payer.phone().tokens().orElseThrow();
		this.secrets.addAll(List.of(tokens.accessToken(), tokens.refreshToken()));
		return payer;
	}

	private String quote(Payer payer, List<String> documents) {
		String quote = payer.quote(documents);
		this.secrets.add(quote);
		return quote;
	}

	private JsonNode started(Payer payer, List<String> documents, String key) {
		HttpResponse<String> answer = payer.pay(quote(payer, documents), key);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		if (Json.of(answer).has("redirectUrl")) {
			this.secrets.add(Json.of(answer).get("redirectUrl").asString());
		}
		return Json.of(answer);
	}

	/** A payment that goes well, and one that the payer tries twice. */
	private void goWell() throws IOException {
		Payer anna = payer("anna");
		JsonNode payment = started(anna, Payer.ANNAS, KEY);
		gateway.mocks().paymentOperator().pay(anna.order().orderId());
		anna.eventually(payment, "PAID");
		anna.phone().payments();
		Payer jan = payer("jan");
		JsonNode another = started(jan, Payer.JANS, KEY);
		gateway.mocks().paymentOperator().fail(jan.order().orderId());
		jan.eventually(another, "FAILED");
		gateway.mocks().paymentOperator().pay(jan.order().orderId());
		jan.eventually(another, "PAID");
	}

	private List<HttpResponse<String>> goWrong() throws IOException {
		List<HttpResponse<String>> answers = new ArrayList<>();
		Payer olga = payer("olga");
		Payer jan = payer("jan");
		List<String> olgas = List.of("000400049151");
		String quote = quote(olga, olgas);
		answers.add(jan.pay(quote, KEY));
		answers.add(olga.pay(quote + "x", KEY));
		answers.add(olga.pay(quote, KEY + " " + KEY));
		answers.add(olga.call(() -> olga.phone()
			.send("POST", "/v1/payments", "{\"quoteId\":[\"" + quote + "\"]}", "Idempotency-Key", KEY)));
		answers.add(olga.call(() -> olga.phone().send("POST", "/v1/payments", "{\"quoteId\":\"" + quote + "\"}")));
		answers.add(olga.call(() -> olga.phone().payment(KEY)));
		for (FaultKind kind : List.of(FaultKind.BAD_HASH, FaultKind.GARBAGE, FaultKind.PLAIN_ERROR,
				FaultKind.HTML_LOGIN, FaultKind.RESET)) {
			gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.of(kind));
			answers.add(olga.pay(quote(olga, olgas), KEY + kind));
			answers.add(olga.pay(quote, KEY));
			gateway.mocks().faults().clearAll();
			Payer.forget(gateway);
		}
		for (FaultKind kind : List.of(FaultKind.WRONG_AMOUNT, FaultKind.BAD_NOTIFICATION_HASH,
				FaultKind.TWO_REMOTE_IDS)) {
			gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.of(kind));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.pollInterval(Duration.ofMillis(300))
				.until(() -> olga.pay(quote(olga, olgas), KEY + kind).statusCode() == 201);
			gateway.mocks().paymentOperator().pay(olga.order().orderId());
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> gateway.mocks()
					.paymentOperator()
					.deliveries()
					.stream()
					.anyMatch((delivery) -> delivery.orderId().equals(olga.order().orderId())));
			gateway.mocks().faults().clearAll();
			Payer.forget(gateway);
		}
		for (String form : List.of(quote, "transactions=" + quote, KEY + "=" + quote)) {
			answers.add(Call.ofNoApp("POST", gateway.url(), "/v1/operator/notifications", BodyPublishers.ofString(form))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.send());
		}
		return answers;
	}

	private void assertClean(Logged logged) {
		assertThat(logged.lines()).isNotEmpty().allSatisfy((line) -> assertThat(line).doesNotContain(this.secrets));
		assertThat(logged.lines("access")).isNotEmpty();
	}

	@Test
	void reachNoLogOfOursAtAnyLevel() throws IOException {
		try (Logged logged = Logged.atUsualLevels().with("pl.bramka", Level.TRACE)) {
			goWell();
			assertThat(goWrong()).filteredOn((answer) -> answer.statusCode() >= 400)
				.isNotEmpty()
				.allSatisfy((answer) -> assertThat(answer.body()).doesNotContain(this.secrets));
			assertClean(logged);
		}
	}

	/** Addresses of the operator's pages go through the framework too. */
	@Test
	void reachNoLogOfTheFrameworkWhileItIsDebuggedAndNothingIsWrong() throws IOException {
		try (Logged logged = Logged.atUsualLevels()
			.with("org.springframework.http", Level.DEBUG)
			.with("org.springframework.web.reactive.result", Level.DEBUG)
			.with("org.springframework.security", Level.DEBUG)
			.with("org.springframework.r2dbc", Level.DEBUG)) {
			goWell();
			assertClean(logged);
		}
	}

	@Test
	void reachNoMeasurement() throws IOException {
		goWell();
		goWrong();
		HttpResponse<String> measured = Call.get(gateway.managementUrl(), "/actuator/prometheus").send();
		assertThat(measured.body()).contains("bramka_payments_started_total").doesNotContain(this.secrets);
		HttpResponse<String> differences = Call.get(gateway.managementUrl(), "/actuator/paymentdifferences").send();
		assertThat(differences.body()).doesNotContain(this.secrets);
	}

}
