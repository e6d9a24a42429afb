package pl.bramka.gateway.payments;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.operator.FeeBearer;
import pl.bramka.gateway.operator.PaymentOperator;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.upstream.NothingSent;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.operator.Payment;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Paying, from the quote to the booking, with everything that may come between.
 */
class PaymentTest {

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.payments.look=200ms", "bramka.payments.ask-after=300ms",
				"bramka.payments.ask-again=300ms", "bramka.payments.ask-soon=500ms", "bramka.payments.start-limit=6s",
				"bramka.invoices.cache.fresh=10m",
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
	}

	private static List<Payment> orders() {
		return gateway.mocks().paymentOperator().payments();
	}

	private static void pays(Payer payer) {
		gateway.mocks().paymentOperator().pay(payer.order().orderId());
	}

	private static String state(JsonNode payment) {
		return payment.get("state").asString();
	}

	private static List<String> all(JsonNode payment, String member) {
		return payment.get("documents").valueStream().map((document) -> document.get(member).asString()).toList();
	}

	private static void within(Callable<Boolean> moment) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(moment);
	}

	/**
	 * Makes sure that the next order needs a new connection. One that the gateway has not
	 * seen end yet would leave open whether the operator has the order.
	 */
	private static void noticesThatNobodyListens() {
		Mono<Boolean> notSent = gateway.bean(PaymentOperator.class)
			.attempts("PAY-0", FeeBearer.MERCHANT)
			.map((answered) -> false)
			.onErrorResume(Problem.class, (problem) -> Mono.just(NothingSent.isBehind(problem)));
		within(() -> Boolean.TRUE.equals(notSent.block(Duration.ofSeconds(10))));
	}

	private static List<String> reasons(HttpResponse<String> refusal) {
		return Json.of(refusal)
			.get("documents")
			.valueStream()
			.map((document) -> document.get("id").asString() + " " + document.get("reason").asString())
			.toList();
	}

	@Test
	void startsAPaymentOfElectricityAndGasForFree() {
		Payer anna = Payer.of(gateway, "anna");
		JsonNode payment = anna.started(Payer.ANNAS);
		assertThat(state(payment)).isEqualTo("PENDING");
		assertThat(payment.get("final").asBoolean()).isFalse();
		assertThat(payment.at("/fee/amount").asLong()).isZero();
		assertThat(payment.get("total")).isEqualTo(payment.get("amount"));
		assertThat(payment.get("redirectUrl").asString()).startsWith(gateway.mocks().operator().toString());
		assertThat(payment.has("paidAt")).isFalse();
		assertThat(all(payment, "id")).isEqualTo(Payer.ANNAS);
		assertThat(all(payment, "state")).containsOnly("PENDING");
		assertThat(anna.order().serviceId()).isEqualTo(Payment.MERCHANT_BORNE);
		assertThat(anna.order().documents()).containsExactlyElementsOf(Payer.ANNAS);
		assertThat(anna.order().amount().movePointRight(2).longValueExact())
			.isEqualTo(payment.at("/amount/amount").asLong());
		JsonNode taken = anna.document(Payer.ANNAS.getFirst());
		assertThat(taken.get("payment").asString()).isEqualTo("ONGOING");
		assertThat(taken.get("payable").asBoolean()).isFalse();
	}

	@Test
	void showsPaidDocumentsAsPaidBeforeBillingBooksThem() {
		Payer anna = Payer.of(gateway, "anna");
		JsonNode payment = anna.started(Payer.ANNAS);
		pays(anna);
		anna.eventually(payment, "PAID");
		// That it is paid can be read a moment before what is remembered is dropped.
		within(() -> anna.document(Payer.ANNAS.getFirst()).get("state").asString().equals("SETTLED"));
		JsonNode paid = anna.payment(payment);
		assertThat(paid.get("final").asBoolean()).isTrue();
		assertThat(paid.has("redirectUrl")).isFalse();
		assertThat(paid.has("paidAt")).isTrue();
		assertThat(all(paid, "state")).containsOnly("BOOKING");
		JsonNode shown = anna.document(Payer.ANNAS.getFirst());
		assertThat(shown.get("payment").asString()).isEqualTo("BOOKING");
		assertThat(shown.get("state").asString()).isEqualTo("SETTLED");
		assertThat(shown.at("/remaining/amount").asLong()).isZero();
		HttpResponse<String> again = anna.call(() -> anna.phone().quote(Payer.ANNAS));
		Problems.assertProblem(again, 409, "document-not-payable");
		assertThat(reasons(again)).containsExactly(Payer.ANNAS.getFirst() + " PAID", Payer.ANNAS.getLast() + " PAID");

		gateway.mocks().settlement().book("last");
		// A slow database may miss it: then the next one who looks notes it.
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			anna.call(() -> anna.phone().get("/v1/invoices", "Cache-Control", "no-cache"));
			assertThat(all(anna.payment(payment), "state")).containsOnly("BOOKED");
		});
	}

	@Test
	void paysWithAFeeThatTheCustomerBears() {
		Payer jan = Payer.of(gateway, "jan");
		JsonNode payment = jan.started(Payer.JANS);
		assertThat(payment.at("/fee/amount").asLong()).isEqualTo(150);
		assertThat(payment.at("/total/amount").asLong()).isEqualTo(payment.at("/amount/amount").asLong() + 150);
		assertThat(jan.order().serviceId()).isEqualTo(Payment.PAYER_BORNE);
		pays(jan);
		jan.eventually(payment, "PAID");
	}

	@Test
	void letsTheCustomerTryAgainWhereThePaymentWasBegun() {
		Payer anna = Payer.of(gateway, "anna");
		JsonNode payment = anna.started(Payer.ANNAS);
		gateway.mocks().paymentOperator().fail(anna.order().orderId());
		JsonNode failed = anna.eventually(payment, "FAILED");
		assertThat(failed.get("final").asBoolean()).isFalse();
		assertThat(failed.get("redirectUrl")).isEqualTo(payment.get("redirectUrl"));
		assertThat(reasons(anna.call(() -> anna.phone().quote(Payer.ANNAS))))
			.allMatch((reason) -> reason.endsWith(" ONGOING"));
		pays(anna);
		assertThat(anna.eventually(payment, "PAID").get("final").asBoolean()).isTrue();
	}

	@Test
	void takesEachDocumentIntoOnePaymentOnly() {
		Payer anna = Payer.of(gateway, "anna");
		String both = anna.quote(Payer.ANNAS);
		String one = anna.quote(Payer.ANNAS.subList(1, 2));
		assertThat(anna.pay(both).statusCode()).isEqualTo(201);
		HttpResponse<String> refused = anna.pay(one);
		Problems.assertProblem(refused, 409, "document-not-payable");
		assertThat(reasons(refused)).containsExactly(Payer.ANNAS.getLast() + " ONGOING");
		assertThat(orders()).hasSize(1);
	}

	@Test
	void answersTheSameKeyAsItDid() {
		Payer anna = Payer.of(gateway, "anna");
		String quote = anna.quote(Payer.ANNAS);
		String other = anna.quote(Payer.ANNAS.subList(0, 1));
		HttpResponse<String> first = anna.pay(quote, "key-1");
		pays(anna);
		anna.eventually(Json.of(first), "PAID");
		HttpResponse<String> again = anna.pay(quote, "key-1");
		assertThat(again.statusCode()).isEqualTo(201);
		assertThat(Json.of(again)).isEqualTo(Json.of(first));
		Problems.assertProblem(anna.pay(other, "key-1"), 422, "idempotency-key-reused");
		assertThat(orders()).hasSize(1);
	}

	@Test
	void takesTheSameKeyOfAnotherCustomerForAnother() {
		Payer anna = Payer.of(gateway, "anna");
		Payer jan = Payer.of(gateway, "jan");
		assertThat(anna.pay(anna.quote(Payer.ANNAS), "same").statusCode()).isEqualTo(201);
		assertThat(jan.pay(jan.quote(Payer.JANS), "same").statusCode()).isEqualTo(201);
		assertThat(orders()).hasSize(2);
	}

	@Test
	void wantsAKey() {
		Payer anna = Payer.of(gateway, "anna");
		String body = Json.text(Map.of("quoteId", anna.quote(Payer.ANNAS)));
		Problems.assertProblem(anna.call(() -> anna.phone().send("POST", "/v1/payments", body)), 400,
				"invalid-request");
		for (String key : List.of("x".repeat(256), "a b")) {
			Problems.assertProblem(
					anna.call(() -> anna.phone().send("POST", "/v1/payments", body, "Idempotency-Key", key)), 400,
					"invalid-request");
		}
		assertThat(orders()).isEmpty();
	}

	@Test
	void doesNotKeepARefusalUnderTheKey() {
		Payer anna = Payer.of(gateway, "anna");
		Problems.assertProblem(anna.pay("nothing", "key-2"), 400, "invalid-request");
		assertThat(anna.pay(anna.quote(Payer.ANNAS), "key-2").statusCode()).isEqualTo(201);
	}

	@Test
	void refusesAQuoteOfSomebodyElse() {
		Payer anna = Payer.of(gateway, "anna");
		Payer jan = Payer.of(gateway, "jan");
		Problems.assertProblem(jan.pay(anna.quote(Payer.ANNAS)), 400, "invalid-request");
		assertThat(orders()).isEmpty();
	}

	@Test
	void showsAPaymentToNobodyElse() {
		JsonNode payment = Payer.of(gateway, "anna").started(Payer.ANNAS);
		Payer jan = Payer.of(gateway, "jan");
		for (String id : List.of(payment.get("id").asString(), "unknown", "x".repeat(300))) {
			Problems.assertProblem(jan.call(() -> jan.phone().get("/v1/payments/" + id)), 404, "payment-not-found");
		}
	}

	@Test
	void leavesNothingBehindIfTheOperatorWasNotReached() {
		Payer anna = Payer.of(gateway, "anna");
		String quote = anna.quote(Payer.ANNAS);
		gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.refused());
		noticesThatNobodyListens();
		Problems.assertProblem(anna.pay(quote, "key-3"), 503, "operator-unavailable");
		assertThat(anna.document(Payer.ANNAS.getFirst()).get("payable").asBoolean()).isTrue();
		gateway.mocks().faults().clearAll();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(300))
			.until(() -> anna.pay(quote, "key-3").statusCode() == 201);
		assertThat(orders()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = FaultKind.class,
			names = { "BAD_HASH", "GARBAGE", "RESET", "PLAIN_ERROR", "HTML_LOGIN", "BOOKED_BUT_TIMED_OUT" })
	void asksForWhatItCannotKnow(FaultKind kind) {
		Payer anna = Payer.of(gateway, "anna");
		String quote = anna.quote(Payer.ANNAS);
		gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.of(kind).onlyPath("^/payment$"));
		HttpResponse<String> answer = anna.pay(quote, "key-4");
		gateway.mocks().faults().clearAll();
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		JsonNode payment = Json.of(answer);
		assertThat(state(payment)).isEqualTo("PENDING");
		assertThat(payment.has("redirectUrl")).isFalse();
		assertThat(Json.of(anna.pay(quote, "key-4"))).isEqualTo(payment);
		if (orders().isEmpty()) {
			assertThat(anna.eventually(payment, "FAILED").get("final").asBoolean()).isTrue();
			within(() -> anna.document(Payer.ANNAS.getFirst()).get("payable").asBoolean());
		}
		else {
			gateway.mocks().paymentOperator().notifyTo(null);
			pays(anna);
			anna.eventually(payment, "PAID");
		}
		assertThat(orders()).hasSizeLessThanOrEqualTo(1);
		assertThat(gateway.mocks().received(UpstreamName.OPERATOR, "^/payment$")).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = FaultKind.class, names = { "WRONG_AMOUNT", "BAD_NOTIFICATION_HASH" })
	void doesNotTakeAPaymentForPaidThatDoesNotFit(FaultKind kind) {
		Payer anna = Payer.of(gateway, "anna");
		gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.of(kind).onlyPath("^/payment$"));
		if (kind == FaultKind.BAD_NOTIFICATION_HASH) {
			// What the operator answers is right: whoever asks may believe it.
			gateway.mocks()
				.faults()
				.set(UpstreamName.OPERATOR, Fault.of(FaultKind.UNAVAILABLE).onlyPath("transactionStatus"));
		}
		JsonNode payment = anna.started(Payer.ANNAS);
		pays(anna);
		within(() -> gateway.mocks().paymentOperator().deliveries().size() == 1);
		assertThat(state(anna.payment(payment))).isEqualTo("PENDING");
	}

	@Test
	void flagsAnOrderThatWasPaidTwice() {
		Payer anna = Payer.of(gateway, "anna");
		gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.TWO_REMOTE_IDS));
		JsonNode payment = anna.started(Payer.ANNAS);
		gateway.mocks().faults().clearAll();
		pays(anna);
		anna.eventually(payment, "PAID");
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(
					Json.of(Call.get(gateway.managementUrl(), "/actuator/paymentdifferences").send()).get("overpaid"))
				.hasSize(1));
	}

	@Test
	void showsEachPaymentOnceInTheArchive() throws IOException {
		Payer anna = Payer.of(gateway, "anna");
		int before = archive(anna).size();
		JsonNode payment = anna.started(Payer.ANNAS);
		pays(anna);
		anna.eventually(payment, "PAID");
		assertThat(archive(anna)).hasSize(before + 1);
		gateway.mocks().settlement().book("last");
		List<JsonNode> booked = archive(anna);
		assertThat(booked).hasSize(before + 1);
		assertThat(booked).filteredOn((item) -> item.path("id").asString("").equals(payment.get("id").asString()))
			.singleElement()
			.satisfies((item) -> {
				assertThat(item.get("channel").asString()).isEqualTo("APP");
				assertThat(state(item)).isEqualTo("PAID");
				assertThat(item.get("documents")).hasSize(2);
			});
		assertThat(booked).filteredOn((item) -> item.get("channel").asString().equals("OTHER")).hasSize(before);
	}

	private static List<JsonNode> archive(Payer payer) throws IOException {
		HttpResponse<String> answer = payer.phone().get("/v1/payments?limit=100", "Cache-Control", "no-cache");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return Json.of(answer).get("items").valueStream().toList();
	}

}
