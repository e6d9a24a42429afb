package pl.bramka.gateway.operator;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Deadline;
import pl.bramka.gateway.upstream.OperatorPipe;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Starting payments and asking for them, against the pretended operator and with all that
 * goes wrong with it.
 */
class PaymentOperatorTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Mocks MOCKS = Mocks.startOnFreePorts();

	@BeforeEach
	void nothingIsWrong() {
		MOCKS.reset();
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@ParameterizedTest
	@EnumSource
	void startsAPayment(FeeBearer bearer) {
		try (OperatorPipe pipe = patient()) {
			Order order = Orders.anOrder(bearer);
			Start.Accepted accepted = (Start.Accepted) start(pipe, order);
			assertThat(accepted.redirectUrl().toString()).startsWith(MOCKS.operator() + "/payment/continue/");
			assertThat(MOCKS.paymentOperator().payments()).singleElement().satisfies((payment) -> {
				assertThat(payment.orderId()).isEqualTo(order.id());
				assertThat(payment.amount()).isEqualByComparingTo("213.47");
				assertThat(payment.documents()).containsExactly("000500009001", "FV/12/2026 <\"&ł>");
				assertThat(payment.attempts().getFirst().remoteId()).isEqualTo(accepted.remoteId());
			});
		}
	}

	/** Fields of the contract, none of which says who pays. */
	@Test
	void tellsTheOperatorNothingOfTheCustomer() {
		try (OperatorPipe pipe = patient()) {
			Order order = Orders.anOrder(FeeBearer.PAYER);
			start(pipe, order);
			Map<String, String> form = form(MOCKS.journal(UpstreamName.OPERATOR).getFirst().getBodyAsString());
			assertThat(form.keySet()).containsExactly("ServiceID", "OrderID", "Amount", "Description", "Currency",
					"Language", "Products", "ValidityTime", "LinkValidityTime", "ReturnURL", "Hash");
			assertThat(form).containsEntry("ServiceID", "900001")
				.containsEntry("Amount", "213.47")
				.containsEntry("Description", "Rachunki " + order.id())
				.containsEntry("Currency", "PLN")
				.containsEntry("Language", "PL")
				.containsEntry("ReturnURL", "bramka://paid");
			assertThat(form.get("LinkValidityTime")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d")
				.isEqualTo(form.get("ValidityTime"));
			assertThat(new String(Base64.getDecoder().decode(form.get("Products")), StandardCharsets.UTF_8))
				.startsWith("<productList><product><subAmount>200.00</subAmount><params>"
						+ "<param name=\"invoiceNumber\" value=\"000500009001\"");
		}
	}

	/** The password of other systems is none of its business. */
	@Test
	void saysWhoWeAreByTheHashAlone() {
		try (OperatorPipe pipe = patient()) {
			start(pipe, Orders.anOrder(FeeBearer.PAYER));
			attempts(pipe, "PAY-1", FeeBearer.PAYER);
			assertThat(MOCKS.journal(UpstreamName.OPERATOR)).hasSize(2)
				.allSatisfy((request) -> assertThat(request.containsHeader("Authorization")).isFalse())
				.allSatisfy((request) -> assertThat(request.containsHeader("Request-Id")).isTrue());
		}
	}

	@ParameterizedTest
	@CsvSource({ "SLOW, timeout", "BLACK_HOLE, timeout", "DRIBBLE, timeout", "BOOKED_BUT_TIMED_OUT, timeout",
			"RESET, broken_off", "EMPTY, broken_off", "GARBAGE, ", "MALFORMED, ", "HTML_LOGIN, garbled",
			"REQUEST_REJECTED, garbled", "XML_ERROR, garbled", "PLAIN_ERROR, garbled", "BAD_HASH, garbled",
			"CSRF_403, fault", "UNCAUGHT, fault", "UNAVAILABLE, not_serving" })
	void doesNotKnowWhatBecameOfAStartThatWasSent(FaultKind kind, String outcome) {
		try (OperatorPipe pipe = OperatorPipe.tryingReadsTwice(MOCKS.operator())) {
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(kind));
			assertThat(start(pipe, Orders.anOrder(FeeBearer.PAYER))).isInstanceOfSatisfying(Start.Unknown.class,
					(unknown) -> assertThat(unknown.why().code()).isEqualTo(ProblemCode.OPERATOR_UNAVAILABLE));
			assertThat(MOCKS.journal(UpstreamName.OPERATOR)).as("never sent twice").hasSize(1);
			if (outcome != null) {
				assertThat(pipe.outcomes(outcome)).isOne();
			}
		}
	}

	/** They go wrong later, if at all. */
	@ParameterizedTest
	@EnumSource(names = { "BAD_NOTIFICATION_HASH", "WRONG_AMOUNT", "REPEATED_ITN", "SUCCESS_AFTER_FAILURE",
			"TWO_REMOTE_IDS" })
	void startsPaymentsThatGoWrongLater(FaultKind kind) {
		try (OperatorPipe pipe = patient()) {
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(kind));
			assertThat(start(pipe, Orders.anOrder(FeeBearer.PAYER))).isInstanceOf(Start.Accepted.class);
		}
	}

	@Test
	void knowsThatNothingWasSentWithoutAConnection() {
		try (OperatorPipe pipe = patient()) {
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.REFUSED));
			assertThat(notSent(pipe).code()).isEqualTo(ProblemCode.OPERATOR_UNAVAILABLE);
		}
	}

	@Test
	void knowsThatNothingWasSentWithoutTime() {
		try (OperatorPipe pipe = OperatorPipe.to(MOCKS.operator())) {
			Start start = operator(pipe).start(Orders.anOrder(FeeBearer.PAYER))
				.contextWrite(Deadline.in(Duration.ofMillis(1))::write)
				.block(PATIENCE);
			assertThat(start).isInstanceOfSatisfying(Start.NotSent.class,
					(nothing) -> assertThat(nothing.why().code()).isEqualTo(ProblemCode.DEADLINE_EXCEEDED));
			assertThat(MOCKS.journal(UpstreamName.OPERATOR)).isEmpty();
		}
	}

	@Test
	void doesNotKnowWhenTheTimeRunsOutDuringTheCall() {
		try (OperatorPipe pipe = patient()) {
			start(pipe, Orders.anOrder(FeeBearer.PAYER));
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.BOOKED_BUT_TIMED_OUT));
			assertThat(startInTime(pipe, Orders.anOrder(FeeBearer.PAYER))).isInstanceOfSatisfying(Start.Unknown.class,
					(unknown) -> assertThat(unknown.why().code()).isEqualTo(ProblemCode.DEADLINE_EXCEEDED));
			assertThat(MOCKS.paymentOperator().payments()).hasSize(2);
		}
	}

	@Test
	void knowsThatNothingWasSentByAnOpenBreaker() {
		try (OperatorPipe pipe = OperatorPipe.fragile(MOCKS.operator())) {
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.UNAVAILABLE));
			assertThat(start(pipe, Orders.anOrder(FeeBearer.PAYER))).isInstanceOf(Start.Unknown.class);
			MOCKS.reset();
			assertThat(notSent(pipe).retryAfter()).isPositive();
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, bulkhead_full", "5, 1, pool_full" })
	void knowsThatNothingWasSentForLackOfRoom(int calls, int connections, String outcome) {
		try (OperatorPipe pipe = OperatorPipe.narrow(MOCKS.operator(), calls, connections)) {
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.BLACK_HOLE));
			Disposable other = operator(pipe).start(Orders.anOrder(FeeBearer.PAYER)).subscribe();
			await().atMost(PATIENCE).until(() -> MOCKS.journal(UpstreamName.OPERATOR).size() == 1);
			Start start = start(pipe, Orders.anOrder(FeeBearer.MERCHANT));
			assertThat(start).isInstanceOf(Start.NotSent.class);
			assertThat(pipe.outcomes(outcome)).isOne();
			assertThat(MOCKS.journal(UpstreamName.OPERATOR)).hasSize(1);
			other.dispose();
		}
	}

	@Test
	void sendsNoOrderThatDoesNotAddUp() {
		try (OperatorPipe pipe = OperatorPipe.to(MOCKS.operator())) {
			Order order = Orders.anOrder(FeeBearer.PAYER);
			for (Order wrong : List.of(
					new Order(order.id(), order.bearer(), Orders.zloty(21348), order.items(), order.language(),
							order.validUntil()),
					new Order("PAY|1", order.bearer(), order.amount(), order.items(), order.language(),
							order.validUntil()),
					new Order(order.id(), order.bearer(), Orders.zloty(0), List.of(), order.language(),
							order.validUntil()))) {
				assertThat(start(pipe, wrong)).isInstanceOfSatisfying(Start.NotSent.class,
						(nothing) -> assertThat(nothing.why().code()).isEqualTo(ProblemCode.INTERNAL_ERROR));
			}
			assertThat(MOCKS.journal(UpstreamName.OPERATOR)).isEmpty();
		}
	}

	@Test
	void knowsARefusalThatIsSigned() {
		try (OperatorPipe pipe = patient()) {
			Order order = Orders.anOrder(FeeBearer.PAYER);
			start(pipe, order);
			assertThat(start(pipe, new Order(order.id(), FeeBearer.MERCHANT, order.amount(), order.items(),
					order.language(), order.validUntil())))
				.isEqualTo(new Start.Refused("INVALID_AMOUNT"));
		}
	}

	/** A refusal that says that there is an order says nothing of no order. */
	@Test
	void asksWhenTheOrderIsSaidToBePaidAlready() {
		try (OperatorPipe pipe = patient()) {
			Order order = Orders.anOrder(FeeBearer.PAYER);
			start(pipe, order);
			MOCKS.paymentOperator().pay(order.id());
			assertThat(start(pipe, order)).isInstanceOf(Start.Unknown.class);
		}
	}

	@Test
	void sendsNobodyToAnotherSite() {
		try (OperatorPipe pipe = patient()) {
			OperatorProperties settings = Orders.settings(URI.create("https://pay.example"),
					URI.create("http://localhost:1"));
			assertThat(new PaymentOperator(settings, pipe.upstreams()).start(Orders.anOrder(FeeBearer.PAYER))
				.block(PATIENCE)).isInstanceOf(Start.Unknown.class);
		}
	}

	@ParameterizedTest
	@CsvSource({ "PAYER, 900001", "MERCHANT, 900002" })
	void tellsAllAttempts(FeeBearer bearer, String service) {
		try (OperatorPipe pipe = patient()) {
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.SUCCESS_AFTER_FAILURE).onlyPath("/payment$"));
			Order order = Orders.anOrder(bearer);
			start(pipe, order);
			MOCKS.paymentOperator().pay(order.id());
			assertThat(attempts(pipe, order.id(), bearer)).hasSize(2).allSatisfy((attempt) -> {
				assertThat(attempt.orderId()).isEqualTo(order.id());
				assertThat(attempt.bearer()).isEqualTo(bearer);
				assertThat(attempt.amount()).as("without the fee").isEqualTo(order.amount());
				assertThat(Duration.between(attempt.at(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
			}).extracting(Attempt::status).containsExactly(Attempt.Status.FAILURE, Attempt.Status.SUCCESS);
			assertThat(form(MOCKS.journal(UpstreamName.OPERATOR).getLast().getBodyAsString()))
				.containsOnlyKeys("ServiceID", "OrderID", "Hash")
				.containsEntry("ServiceID", service);
		}
	}

	@Test
	void tellsNoAttemptOfAnOrderThatTheOperatorDoesNotKnow() {
		try (OperatorPipe pipe = patient()) {
			assertThat(attempts(pipe, "PAY-0", FeeBearer.PAYER)).isEmpty();
		}
	}

	@Test
	void findsWhatWasBookedWithoutAnAnswer() {
		try (OperatorPipe pipe = patient()) {
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.BOOKED_BUT_TIMED_OUT).onlyPath("/payment$"));
			Order order = Orders.anOrder(FeeBearer.PAYER);
			assertThat(startInTime(pipe, order)).isInstanceOf(Start.Unknown.class);
			assertThat(attempts(pipe, order.id(), FeeBearer.PAYER)).singleElement()
				.extracting(Attempt::status)
				.isEqualTo(Attempt.Status.PENDING);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "BLACK_HOLE", "RESET", "EMPTY", "GARBAGE", "MALFORMED", "HTML_LOGIN",
			"REQUEST_REJECTED", "XML_ERROR", "PLAIN_ERROR", "BAD_HASH", "UNCAUGHT", "UNAVAILABLE" })
	void cannotTellWithoutAnAnswerToBelieve(FaultKind kind) {
		try (OperatorPipe pipe = OperatorPipe.to(MOCKS.operator())) {
			Order order = Orders.anOrder(FeeBearer.PAYER);
			start(pipe, order);
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(kind));
			assertThatThrownBy(() -> attempts(pipe, order.id(), FeeBearer.PAYER)).isInstanceOfSatisfying(Problem.class,
					(problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.OPERATOR_UNAVAILABLE));
		}
	}

	@Test
	void asksTwiceSinceAskingChangesNothing() {
		try (OperatorPipe pipe = OperatorPipe.tryingReadsTwice(MOCKS.operator())) {
			MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.RESET).times(1));
			assertThat(attempts(pipe, "PAY-0", FeeBearer.PAYER)).isEmpty();
			assertThat(MOCKS.journal(UpstreamName.OPERATOR)).hasSize(2);
		}
	}

	/** With room for every call, and tries that last longer than any answer. */
	private static OperatorPipe patient() {
		return OperatorPipe.narrow(MOCKS.operator(), 100, 100);
	}

	private static PaymentOperator operator(OperatorPipe pipe) {
		return new PaymentOperator(Orders.settings(MOCKS.operator()), pipe.upstreams());
	}

	private static Start start(OperatorPipe pipe, Order order) {
		Mono<Start> start = operator(pipe).start(order);
		return Objects.requireNonNull(start.block(PATIENCE));
	}

	/** For a request that has less time than a try may take. */
	private static Start startInTime(OperatorPipe pipe, Order order) {
		Mono<Start> start = operator(pipe).start(order)
			.contextWrite((context) -> Deadline.in(Duration.ofSeconds(3)).write(context));
		return Objects.requireNonNull(start.block(PATIENCE));
	}

	private static Problem notSent(OperatorPipe pipe) {
		Start start = start(pipe, Orders.anOrder(FeeBearer.PAYER));
		assertThat(start).isInstanceOf(Start.NotSent.class);
		assertThat(MOCKS.journal(UpstreamName.OPERATOR)).isEmpty();
		return ((Start.NotSent) start).why();
	}

	private static List<Attempt> attempts(OperatorPipe pipe, String orderId, FeeBearer bearer) {
		return Objects.requireNonNull(operator(pipe).attempts(orderId, bearer).block(PATIENCE));
	}

	private static Map<String, String> form(String body) {
		Map<String, String> fields = new LinkedHashMap<>();
		Arrays.stream(body.split("&"))
			.map((field) -> field.split("=", 2))
			.forEach((field) -> fields.put(field[0], URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
		return fields;
	}

}
