package pl.bramka.gateway.payments;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Neighbours;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.operator.Itn;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.gateway.TestRedis;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.operator.Delivery;
import pl.bramka.mocks.operator.Payment;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments at two nodes on one real PostgreSQL and one real Redis.
 */
class PaymentsOnTwoNodesTest {

	private static final String START = "^/payment$";

	private static final String QUESTION = "^/webapi/transactionStatus$";

	private static final String NOTIFICATIONS = "/v1/operator/notifications";

	/** Two payments that want the same documents at once. */
	private static final int RACES = Integer.getInteger("bramka.test.races", 20);

	/** How long a paid document may be shown as open. */
	private static final Duration SHOWN = Duration.ofSeconds(5);

	private static TestPostgres postgres;

	private static TestRedis redis;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.start();
		redis = TestRedis.start();
		List<String> settings = new ArrayList<>(postgres.settings());
		settings.addAll(List.of("bramka.nodes.redis=" + redis.url(), "bramka.nodes.timeout=10s",
				"bramka.access.recent-sign-in=1h", "bramka.access.token-lifetime=1h", "bramka.payments.validity=20s",
				"bramka.payments.grace=1s", "bramka.payments.start-limit=10s", "bramka.payments.ask-soon=500ms",
				"bramka.payments.ask-after=10s", "bramka.payments.ask-again=300ms", "bramka.payments.look=100ms"));
		first = TestGateway.start(settings.toArray(String[]::new));
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		redis.close();
		postgres.close();
	}

	@BeforeEach
	void begin() {
		Neighbours.hearEachOther(first, second);
		forget();
	}

	private static void forget() {
		Payer.begin(first);
		Payer.forget(second);
	}

	private static List<Payment> orders() {
		return first.mocks().paymentOperator().payments();
	}

	private static List<LoggedRequest> received(String path) {
		return first.mocks().received(UpstreamName.OPERATOR, path);
	}

	private static ConditionFactory within(Duration time) {
		return Awaitility.await().atMost(time).pollInterval(Duration.ofMillis(50));
	}

	private static <T> Callable<T> inTurn(Callable<T> one, Callable<T> other) {
		AtomicInteger turn = new AtomicInteger();
		return () -> ((turn.getAndIncrement() % 2 == 0) ? one : other).call();
	}

	private static long count(String table) {
		Database database = first.bean(Database.class);
		return Objects.requireNonNull(
				database
					.step(database.sql("select count(*) as n from " + table)
						.map((row) -> Objects.requireNonNull(row.get("n", Long.class)))
						.one())
					.block(Duration.ofSeconds(5)));
	}

	private static double paid() {
		return List.of(first, second)
			.stream()
			.mapToDouble(
					(node) -> node.bean(MeterRegistry.class).counter(Names.PAYMENTS_FINISHED, "state", "paid").count())
			.sum();
	}

	@Test
	void startOnePaymentForAKeyThatComesAHundredTimes() throws Exception {
		Payer anna = Payer.of(first, "anna");
		Payer there = anna.at(second);
		String quote = anna.quote(Payer.ANNAS);
		String other = anna.quote(Payer.ANNAS.subList(0, 1));
		first.mocks().faults().set(UpstreamName.OPERATOR, Fault.slow(Duration.ofMillis(300)).onlyPath(START));
		List<HttpResponse<String>> answers = Call.together(100,
				inTurn(() -> anna.pay(quote, "key"), () -> there.pay(quote, "key")));
		assertThat(orders()).hasSize(1);
		assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201, 409).contains(201);
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 409)
			.allSatisfy((answer) -> Problems.assertProblem(answer, 409, "request-under-way"));
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 201)
			.extracting((answer) -> Json.of(answer))
			.containsOnly(Json.of(anna.pay(quote, "key")));
		assertThat(Json.of(there.pay(quote, "key"))).isEqualTo(Json.of(anna.pay(quote, "key")));
		for (Payer at : List.of(anna, there)) {
			Problems.assertProblem(at.pay(other, "key"), 422, "idempotency-key-reused");
		}
		assertThat(received(START)).hasSize(1);

		Payer jan = Payer.of(second, "jan");
		assertThat(jan.pay(jan.quote(Payer.JANS), "key").statusCode()).isEqualTo(201);
		assertThat(orders()).hasSize(2);
	}

	private static HttpResponse<String> notified(TestGateway node, String form) throws IOException {
		return Call.ofNoApp("POST", node.url(), NOTIFICATIONS, BodyPublishers.ofString(form))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.send();
	}

	/** That an attempt to pay an order brought the money. */
	private static String paid(Payment order, String remoteId) {
		return paid(order, remoteId, order.amount().toPlainString(), "PLN");
	}

	private static String paid(Payment order, String remoteId, String amount, String currency) {
		return Itn
			.of(Itn.field("orderID", order.orderId()) + Itn.field("remoteID", remoteId) + Itn.field("amount", amount)
					+ Itn.field("currency", currency) + Itn.field("gatewayID", "509")
					+ Itn.field("paymentDate", "20261102101530") + Itn.field("paymentStatus", "SUCCESS"))
			.about(order.serviceId())
			.form();
	}

	@Test
	void bookANotificationOnceThatComesAThousandTimes() throws Exception {
		Payer anna = Payer.of(first, "anna");
		JsonNode payment = anna.started(Payer.ANNAS);
		Payment order = anna.order();
		double before = paid();
		String form = paid(order, order.attempts().getFirst().remoteId());
		Callable<HttpResponse<String>> told = inTurn(() -> notified(first, form), () -> notified(second, form));
		List<List<HttpResponse<String>>> answers = Call.together(100, () -> {
			List<HttpResponse<String>> ten = new ArrayList<>();
			while (ten.size() < 10) {
				ten.add(told.call());
			}
			return ten;
		});
		String confirmed = Itn.confirmation(order.serviceId(), order.orderId());
		assertThat(answers.stream().flatMap(List::stream)).hasSize(1000).allSatisfy((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo(confirmed);
		});
		assertThat(paid() - before).as("payments that became paid").isEqualTo(1);
		assertThat(count("payment_attempt")).isEqualTo(1);
		assertThat(count("payment_difference")).isZero();
		assertThat(count("payment where state = 'PAID' and not overpaid")).isEqualTo(1);
		assertThat(count("document_claim where state = 'PAID'")).isEqualTo(2);
		assertThat(anna.at(second).payment(payment).get("state").asString()).isEqualTo("PAID");
	}

	private static double alarms(String kind) {
		return first.bean(MeterRegistry.class).counter(Names.PAYMENT_ALARMS, "kind", kind).count();
	}

	@Test
	void confirmNoMoneyThatDoesNotFitAndRaiseAnAlarm() throws IOException {
		Payer anna = Payer.of(first, "anna");
		JsonNode payment = anna.started(Payer.ANNAS);
		Payment order = anna.order();
		String refused = Itn.answer(order.serviceId(), order.orderId(), "NOTCONFIRMED");
		String right = order.amount().toPlainString();
		double amounts = alarms("amount");
		double currencies = alarms("currency");
		for (String amount : List.of("501.36", "501.38", "0.01", "50137.00")) {
			assertThat(notified(first, paid(order, "REMOTE", amount, "PLN")).body()).isEqualTo(refused);
		}
		assertThat(notified(first, paid(order, "REMOTE", right, "EUR")).body()).isEqualTo(refused);
		assertThat(alarms("amount") - amounts).isEqualTo(4);
		assertThat(alarms("currency") - currencies).isEqualTo(1);
		assertThat(count("payment_difference")).isEqualTo(2);
		assertThat(count("payment_attempt")).isZero();
		assertThat(anna.payment(payment).get("state").asString()).isEqualTo("PENDING");
		assertThat(notified(second, paid(order, "REMOTE", right, "PLN")).body())
			.isEqualTo(Itn.confirmation(order.serviceId(), order.orderId()));
		assertThat(anna.payment(payment).get("state").asString()).isEqualTo("PAID");
	}

	@Test
	void takeNothingFromThePhoneButWhichQuoteIsMeant() {
		Payer anna = Payer.of(first, "anna");
		Payer jan = Payer.of(second, "jan");
		Problems.assertProblem(jan.call(() -> jan.phone().quote(Payer.ANNAS)), 404, "invoice-not-found");
		Map<String, Object> body = Map.of("quoteId", anna.quote(Payer.ANNAS), "amount",
				Map.of("amount", 1, "currency", "EUR"), "documents", Payer.JANS, "customerId", "1000000043", "orderId",
				"ORDER");
		HttpResponse<String> answer = anna
			.call(() -> anna.phone().send("POST", "/v1/payments", Json.text(body), "Idempotency-Key", "key"));
		assertThat(answer.statusCode()).isIn(201, 400);
		assertThat(orders()).allSatisfy((order) -> {
			assertThat(order.amount()).isEqualByComparingTo("501.37");
			assertThat(order.currency()).isEqualTo("PLN");
			assertThat(order.documents()).isEqualTo(Payer.ANNAS);
			assertThat(order.orderId()).isNotEqualTo("ORDER");
		});
	}

	/** Neither node may see its own attempt alone. */
	@Test
	void flagAnOrderThatWasPaidTwiceAtOnce() throws Exception {
		Payer anna = Payer.of(first, "anna");
		for (int round = 0; round < 20; round++) {
			forget();
			anna.started(Payer.ANNAS);
			Payment order = anna.order();
			String one = paid(order, "ONE");
			String other = paid(order, "OTHER");
			double before = paid();
			assertThat(Call.together(2, inTurn(() -> notified(first, one), () -> notified(second, other))))
				.extracting(HttpResponse::body)
				.containsOnly(Itn.confirmation(order.serviceId(), order.orderId()));
			assertThat(count("payment where state = 'PAID' and overpaid")).as("round %d", round).isEqualTo(1);
			assertThat(count("payment_attempt where status = 'SUCCESS'")).isEqualTo(2);
			assertThat(paid() - before).as("payments that became paid").isEqualTo(1);
		}
	}

	@Test
	void giveADocumentToOneOfTwoPaymentsThatWantItAtOnce() throws Exception {
		Payer anna = Payer.of(first, "anna");
		Payer there = anna.at(second);
		List<List<String>> others = List.of(Payer.ANNAS.reversed(), Payer.ANNAS.subList(0, 1),
				Payer.ANNAS.subList(1, 2), Payer.ANNAS);
		for (int round = 0; round < RACES; round++) {
			forget();
			String here = anna.quote(Payer.ANNAS);
			String elsewhere = anna.quote(others.get(round % others.size()));
			List<HttpResponse<String>> answers = Call.together(2,
					inTurn(() -> anna.pay(here), () -> there.pay(elsewhere)));
			assertThat(orders()).as("round %d", round).hasSize(1);
			assertThat(orders().stream().flatMap((order) -> order.documents().stream()).toList())
				.doesNotHaveDuplicates();
			assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(201, 409);
			assertThat(answers).filteredOn((answer) -> answer.statusCode() == 409)
				.allSatisfy((answer) -> Problems.assertProblem(answer, 409, "document-not-payable"));
			assertThat(count("document_claim")).isEqualTo(orders().getFirst().documents().size());
		}
	}

	@Test
	void releaseTheDocumentsOfAPaymentThatNobodyPaidInTime() {
		Payer anna = Payer.of(first, "anna");
		Payer there = anna.at(second);
		JsonNode payment = anna.started(Payer.ANNAS);
		String order = anna.order().orderId();
		Problems.assertProblem(there.call(() -> there.phone().quote(Payer.ANNAS)), 409, "document-not-payable");
		JsonNode expired = there.eventually(payment, "EXPIRED");
		assertThat(expired.get("final").asBoolean()).isTrue();
		assertThat(expired.get("documents").valueStream().map((document) -> document.get("state").asString()))
			.containsOnly("RELEASED");
		within(SHOWN).untilAsserted(() -> {
			assertThat(anna.document(Payer.ANNAS.getFirst()).get("payable").asBoolean()).isTrue();
			assertThat(there.document(Payer.ANNAS.getFirst()).get("payable").asBoolean()).isTrue();
		});
		JsonNode again = there.started(Payer.ANNAS);
		assertThat(orders()).hasSize(2);

		// The first one was paid after all: that is money that is told of, and never
		// taken for the second payment's.
		first.mocks().paymentOperator().pay(order);
		there.eventually(payment, "PAID");
		assertThat(there.payment(again).get("state").asString()).isEqualTo("PENDING");
		assertThat(count("payment where overpaid")).isEqualTo(1);
	}

	/** Whether the list or the first screen of a node has it as something to be paid. */
	private static boolean showsOpen(Payer payer, String document, long debt) {
		JsonNode home = Json.of(payer.call(() -> payer.phone().get("/v1/home")));
		boolean due = home.at("/invoices/data")
			.valueStream()
			.anyMatch((invoice) -> invoice.get("id").asString().equals(document));
		return due || home.at("/balance/data/total/amount").asLong() == debt
				|| !payer.document(document).get("state").asString().equals("SETTLED");
	}

	private static long debt(Payer payer) {
		return Json.of(payer.call(() -> payer.phone().get("/v1/home"))).at("/balance/data/total/amount").asLong();
	}

	private static void assertNeverOpenLaterThanPromised(Payer payer, List<String> documents) {
		Payer there = payer.at(second);
		String document = documents.getFirst();
		long debt = debt(there);
		assertThat(debt).isPositive().isEqualTo(debt(payer));
		payer.started(documents);
		assertThat(showsOpen(payer, document, debt)).isTrue();
		assertThat(showsOpen(there, document, debt)).isTrue();
		first.mocks().paymentOperator().pay(payer.order().orderId());
		within(Duration.ofSeconds(10)).until(() -> first.mocks()
			.paymentOperator()
			.deliveries()
			.stream()
			.filter((delivery) -> delivery.orderId().equals(payer.order().orderId()))
			.anyMatch(Delivery::confirmed));
		long confirmed = System.nanoTime();
		long lastOpen = confirmed;
		while (System.nanoTime() - confirmed < SHOWN.plusSeconds(2).toNanos()) {
			for (Payer at : List.of(payer, there)) {
				long asked = System.nanoTime();
				if (showsOpen(at, document, debt)) {
					lastOpen = asked;
				}
			}
		}
		assertThat(Duration.ofNanos(lastOpen - confirmed)).isLessThanOrEqualTo(SHOWN);
		for (Payer at : List.of(payer, there)) {
			assertThat(debt(at)).isEqualTo(0);
		}
	}

	@Test
	void showAPaidDocumentAsOpenNoLongerThanPromised() {
		assertNeverOpenLaterThanPromised(Payer.of(first, "anna"), Payer.ANNAS);
		assertNeverOpenLaterThanPromised(Payer.of(first, "jan"), Payer.JANS);
	}

	@Test
	void showAPaidDocumentAsOpenNoLongerThanPromisedAlsoIfTheyCannotTellEachOther() {
		Payer jan = Payer.of(first, "jan");
		jan.at(second).document(Payer.JANS.getFirst());
		redis.kill();
		try {
			assertNeverOpenLaterThanPromised(jan, Payer.JANS);
		}
		finally {
			redis.startAgain();
		}
	}

	@Test
	void findOutTogetherWhatTheOperatorDidNotSay() {
		first.mocks().paymentOperator().notifyTo(null);
		List<Payer> payers = List.of(Payer.of(first, "anna"), Payer.of(second, "jan"));
		List<List<String>> documents = List.of(Payer.ANNAS, Payer.JANS);
		List<JsonNode> payments = new ArrayList<>();
		first.mocks().faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.BOOKED_BUT_TIMED_OUT).onlyPath(START));
		for (int i = 0; i < payers.size(); i++) {
			Payer payer = payers.get(i);
			String quote = payer.quote(documents.get(i));
			String rival = payer.quote(documents.get(i));
			HttpResponse<String> answer = payer.pay(quote, "key");
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
			payments.add(Json.of(answer));
			assertThat(payments.getLast().get("state").asString()).isEqualTo("PENDING");
			assertThat(payments.getLast().has("redirectUrl")).isFalse();
			for (TestGateway node : List.of(first, second)) {
				assertThat(Json.of(payer.at(node).pay(quote, "key"))).isEqualTo(payments.getLast());
				Problems.assertProblem(payer.at(node).pay(rival), 409, "document-not-payable");
			}
		}
		assertThat(orders()).hasSize(2);
		assertThat(received(START)).hasSize(2);
		// Whoever asks is asking for a while: the other must not.
		first.mocks().faults().clearAll();
		first.mocks().faults().set(UpstreamName.OPERATOR, Fault.slow(Duration.ofSeconds(1)).onlyPath(QUESTION));
		int early = received(QUESTION).size();
		// The first one about each order may be on its way already, and not be slow.
		within(Duration.ofSeconds(30)).until(() -> ordersIn(received(QUESTION).stream().skip(early)) == 2);
		int before = received(QUESTION).size();
		within(Duration.ofSeconds(30)).until(() -> received(QUESTION).size() >= before + 6);
		orders().forEach((order) -> first.mocks().paymentOperator().pay(order.orderId()));
		for (int i = 0; i < payers.size(); i++) {
			payers.get(i).eventually(payments.get(i), "PAID");
			payers.get(i).at(first).eventually(payments.get(i), "PAID");
		}
		assertThat(received(START)).hasSize(2);
		assertAskedByOneAtATime(received(QUESTION).subList(before, received(QUESTION).size()));
	}

	private static String order(LoggedRequest question) {
		return Objects.requireNonNull(question.formParameters().get("OrderID")).firstValue();
	}

	private static long ordersIn(Stream<LoggedRequest> questions) {
		return questions.map(PaymentsOnTwoNodesTest::order).distinct().count();
	}

	private static void assertAskedByOneAtATime(List<LoggedRequest> questions) {
		Map<String, Long> last = new HashMap<>();
		for (LoggedRequest question : questions) {
			long at = question.getLoggedDate().toInstant().toEpochMilli();
			Long before = last.put(order(question), at);
			// A second, but for the difference of two clocks' rounding.
			assertThat((before != null) ? at - before : Long.MAX_VALUE).isGreaterThan(900);
		}
		assertThat(last).hasSize(2);
		assertThat(new HashSet<>(last.keySet()))
			.isEqualTo(new HashSet<>(orders().stream().map(Payment::orderId).toList()));
	}

}
