package pl.bramka.gateway.operator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.operator.Delivery;
import pl.bramka.mocks.operator.Payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Notifications over HTTP, from the operator and from others, and what the books are told
 * of them.
 */
class NotificationTest {

	private static final String PATH = "/v1/operator/notifications";

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final Books BOOKS = new Books();

	private static TestGateway gateway;

	/** Books in memory: an order of 213.47 zloty fits, any other does not. */
	private static final class Books implements Bookings {

		private final List<Attempt> booked = Collections.synchronizedList(new ArrayList<>());

		private volatile boolean down;

		@Override
		public Mono<Boolean> book(Attempt attempt) {
			if (this.down && attempt.remoteId().equals("DOWN")) {
				return Mono.error(Problem.of(ProblemCode.STORE_UNAVAILABLE));
			}
			return Mono.fromSupplier(() -> {
				boolean fits = attempt.amount().equals(Orders.zloty(21347));
				if (fits) {
					this.booked.add(attempt);
				}
				return fits;
			}).delayElement(Duration.ofMillis(1));
		}

	}

	@BeforeAll
	static void start() {
		gateway = TestGateway.startWith((context) -> context.registerBean("testBookings", Bookings.class, () -> BOOKS,
				(definition) -> definition.setPrimary(true)));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void nothingIsBooked() {
		gateway.mocks().reset();
		BOOKS.booked.clear();
		BOOKS.down = false;
	}

	private static HttpResponse<String> post(String body) throws IOException {
		return post(body.getBytes(StandardCharsets.ISO_8859_1), FORM);
	}

	/** The operator says nothing of an app, and has no session. */
	private static HttpResponse<String> post(byte[] body, String type, String... headers) throws IOException {
		Call call = Call.ofNoApp("POST", gateway.url(), PATH, BodyPublishers.ofByteArray(body))
			.header("Content-Type", type);
		for (int i = 0; i < headers.length; i += 2) {
			call.header(headers[i], headers[i + 1]);
		}
		return call.send();
	}

	private static double count(String result) {
		return gateway.bean(MeterRegistry.class).counter(Names.NOTIFICATIONS, "result", result).count();
	}

	/** Word by word as it is written down with the contract. */
	@Test
	void isConfirmedInTheSameExchangeOnceItIsBooked() throws IOException {
		double before = count("confirmed");
		HttpResponse<String> answer = post(Itn.form(Itn.SAMPLE));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(answer.body()).isEqualTo("<confirmationList><serviceID>900001</serviceID><transactionsConfirmations>"
				+ "<transactionConfirmed><orderID>PAY-000042</orderID><confirmation>CONFIRMED</confirmation>"
				+ "</transactionConfirmed></transactionsConfirmations>"
				+ "<hash>1864cda6caa631ced8c60508dcd291031f6a93b1cc1fbe0761d9bbc1bd9046fb</hash></confirmationList>");
		assertThat(BOOKS.booked).singleElement().satisfies((attempt) -> {
			assertThat(attempt.orderId()).isEqualTo("PAY-000042");
			assertThat(attempt.bearer()).isEqualTo(FeeBearer.PAYER);
			assertThat(attempt.at()).isEqualTo("2026-11-02T09:15:30Z");
		});
		assertThat(count("confirmed")).isEqualTo(before + 1);
	}

	@Test
	void isConfirmedAgainHoweverOftenItComes() throws Exception {
		HttpResponse<String> first = post(Itn.form(Itn.SAMPLE));
		List<HttpResponse<String>> all = Call.together(16, () -> post(Itn.form(Itn.SAMPLE)));
		assertThat(all)
			.allSatisfy((answer) -> assertThat(answer.body()).contains(">CONFIRMED<").isEqualTo(first.body()));
	}

	@Test
	void isConfirmedOrderByOrder() throws IOException {
		String wrong = Itn.transaction("PAY-2", "R2", "SUCCESS").replace("213.47", "213.48");
		String unknown = Itn.transaction("PAY-4", "R5", "REFUNDED");
		HttpResponse<String> answer = post(Itn
			.of(Itn.transaction("PAY-1", "R1", "PENDING"), wrong, Itn.transaction("PAY-3", "R3", "FAILURE"),
					Itn.transaction("PAY-3", "R4", "SUCCESS"), unknown)
			.form());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(confirmations(answer)).containsExactly("PAY-1 CONFIRMED", "PAY-2 NOTCONFIRMED", "PAY-3 CONFIRMED",
				"PAY-4 NOTCONFIRMED");
		assertThat(BOOKS.booked).extracting(Attempt::remoteId).containsExactly("R1", "R3", "R4");
	}

	/** Whoever is wrong, somebody has to look. */
	@ParameterizedTest
	@CsvSource({ "213.47, 213.48", "PLN, EUR" })
	void isNotConfirmedWithAnotherAmountOrCurrency(String what, String instead) throws IOException {
		double before = count("contradicting");
		HttpResponse<String> answer = post(
				Itn.of(Itn.transaction("PAY-1", "R1", "SUCCESS").replace(what, instead)).form());
		assertThat(confirmations(answer)).containsExactly("PAY-1 NOTCONFIRMED");
		assertThat(BOOKS.booked).isEmpty();
		assertThat(count("contradicting")).isEqualTo(before + 1);
	}

	/** Without a fee on top there is one amount. */
	@Test
	void namesTheAmountWithoutAFee() throws IOException {
		String free = Itn.transaction("PAY-1", "R1", "SUCCESS")
			.replace("<startAmount>213.47</startAmount>", "")
			.replace("214.97", "213.47");
		assertThat(confirmations(post(Itn.of(free).about(Payment.MERCHANT_BORNE).form())))
			.containsExactly("PAY-1 CONFIRMED");
		assertThat(BOOKS.booked).singleElement().extracting(Attempt::bearer).isEqualTo(FeeBearer.MERCHANT);
	}

	/** It comes again; what was booked of it is confirmed then. */
	@Test
	void isNotAnsweredAsIfItWereBookedWhenItIsNot() throws IOException {
		BOOKS.down = true;
		String form = Itn.of(Itn.transaction("PAY-1", "R1", "SUCCESS"), Itn.transaction("PAY-2", "DOWN", "SUCCESS"))
			.form();
		HttpResponse<String> answer = post(form);
		Problems.assertProblem(answer, 503, "store-unavailable");
		assertThat(answer.body()).doesNotContain("CONFIRMED");
		BOOKS.down = false;
		assertThat(confirmations(post(form))).containsExactly("PAY-1 CONFIRMED", "PAY-2 CONFIRMED");
	}

	@Test
	void isNotConfirmedUnlessTheOperatorSignedIt() throws IOException {
		double before = count("forged");
		HttpResponse<String> answer = post(Itn.of(Itn.transaction("PAY-1", "R1", "SUCCESS")).signedWith("x").form());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(confirmations(answer)).containsExactly("PAY-1 NOTCONFIRMED");
		assertThat(BOOKS.booked).isEmpty();
		assertThat(count("forged")).isEqualTo(before + 1);
	}

	/**
	 * A stranger who could have any list of words signed could have a payment signed.
	 */
	@Test
	void isNotSignedForAStranger() throws IOException {
		String[] words = IntStream.of(1, 2, 3)
			.mapToObj((number) -> Itn.transaction("WORD-" + number, "R", "SUCCESS"))
			.toArray(String[]::new);
		Problems.assertProblem(post(Itn.of(words).signedWith("x").form()), 400, "malformed-request");
		String text = Itn.of(Itn.transaction("PAY-1|R1|213.47|PLN|20261102101530|SUCCESS", "R", "SUCCESS")).xml();
		Problems.assertProblem(post(Itn.form(text)), 400, "malformed-request");
	}

	@Test
	void isOfNobodyIfItIsOfAServiceThatIsNotOurs() throws IOException {
		Problems.assertProblem(post(Itn.of(Itn.transaction("PAY-1", "R1", "SUCCESS")).about("900003").form()), 400,
				"malformed-request");
	}

	@Test
	void isNeverConfirmedWithAByteChanged() throws IOException {
		byte[] form = Itn.form(Itn.SAMPLE).getBytes(StandardCharsets.US_ASCII);
		for (int at = 0; at < form.length; at++) {
			byte[] changed = form.clone();
			changed[at] ^= 1;
			HttpResponse<String> answer = post(changed, FORM);
			assertThat(answer.body()).as("byte %d", at).doesNotContain(">CONFIRMED<");
			assertThat(answer.statusCode()).isLessThan(500);
		}
		for (int at = 0; at < Itn.SAMPLE.length(); at += 3) {
			byte[] changed = Itn.SAMPLE.getBytes(StandardCharsets.UTF_8);
			changed[at] ^= 2;
			assertThat(post(Itn.form(changed)).body()).as("byte %d", at).doesNotContain(">CONFIRMED<");
		}
		assertThat(BOOKS.booked).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "transactions=", "transactions", "other=x", "transactions=%%%", "transactions=%zz",
			"transactions=PHg+&transactions=PHg+", "transactions=PHgvPg==", "transactions=PHgvPg%3D%3D", "&&&=&",
			"transactions=\u00ff" })
	void isNoneIfItCannotBeRead(String body) throws IOException {
		Problems.assertProblem(post(body), 400, "malformed-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><x>&x;</x>",
			"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><x>&c;</x>",
			"<!DOCTYPE x SYSTEM \"http://localhost:1/x.dtd\"><x/>" })
	void isNoneIfItDeclaresAnything(String document) throws IOException {
		Problems.assertProblem(post(Itn.form(document)), 400, "malformed-request");
		Problems.assertProblem(post(Itn.form(document.substring(0, document.indexOf('>')) + Itn.SAMPLE)), 400,
				"malformed-request");
	}

	@Test
	void isRefusedIfItIsTooLarge() throws IOException {
		byte[] large = ("transactions=" + "A".repeat(262_144)).getBytes(StandardCharsets.US_ASCII);
		Problems.assertProblem(post(large, FORM), 413, "payload-too-large");
		Problems.assertProblem(Call
			.ofNoApp("POST", gateway.url(), PATH, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
			.header("Content-Type", FORM)
			.send(), 413, "payload-too-large");
		byte[] largest = ("transactions=" + "A".repeat(262_144 - 13)).getBytes(StandardCharsets.US_ASCII);
		Problems.assertProblem(post(largest, FORM), 400, "malformed-request");
	}

	/** As large as the largest that the contract allows. */
	@Test
	void takesAHundredTransactions() throws IOException {
		String[] all = IntStream.range(0, 100)
			.mapToObj((number) -> Itn.transaction("PAY-" + number, "R", "SUCCESS"))
			.toArray(String[]::new);
		assertThat(confirmations(post(Itn.of(all).form()))).hasSize(100)
			.allSatisfy((line) -> assertThat(line).endsWith(" CONFIRMED"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/xml", "text/plain", "multipart/form-data; boundary=x" })
	void isRefusedInAnotherFormat(String type) throws IOException {
		Problems.assertProblem(post(Itn.form(Itn.SAMPLE).getBytes(StandardCharsets.US_ASCII), type), 415,
				"unsupported-media-type");
	}

	/** A form is ASCII, whatever it says; a document is UTF-8. */
	@Test
	void doesNotGoByACharset() throws IOException {
		byte[] form = Itn.form(Itn.SAMPLE).getBytes(StandardCharsets.US_ASCII);
		assertThat(confirmations(post(form, FORM + "; charset=ISO-8859-2"))).containsExactly("PAY-000042 CONFIRMED");
		Problems.assertProblem(post(Itn.form(Itn.SAMPLE).getBytes(StandardCharsets.UTF_16), FORM + "; charset=UTF-16"),
				400, "malformed-request");
		Problems.assertProblem(post(Itn.form(Itn.SAMPLE.getBytes(StandardCharsets.UTF_16))), 400, "malformed-request");
	}

	@Test
	void needsNothingThatAppsSendAndMindsNothingThatStrangersDo() throws IOException {
		HttpResponse<String> answer = post(Itn.form(Itn.SAMPLE).getBytes(StandardCharsets.US_ASCII), FORM,
				"Authorization", "DPoP forged", "DPoP", "forged", "App-Platform", "none", "App-Version", "0",
				"X-Forwarded-For", "203.0.113.9", "Forwarded", "for=203.0.113.9", "X-Original-URL", "/actuator",
				"X-User-Id", "1000000042", "Cookie", "a=b", "Idempotency-Key", "x");
		assertThat(confirmations(answer)).containsExactly("PAY-000042 CONFIRMED");
		assertThat(Call.get(gateway.url(), PATH).send().statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@EnumSource(names = { "REPEATED_ITN", "SUCCESS_AFTER_FAILURE", "TWO_REMOTE_IDS", "WRONG_AMOUNT",
			"BAD_NOTIFICATION_HASH" })
	void comesFromTheOperatorInManyWays(FaultKind kind) {
		gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.of(kind).onlyPath("/payment$"));
		gateway.mocks().paymentOperator().notifyTo(URI.create(gateway.url() + PATH));
		Order order = Orders.anOrder(FeeBearer.PAYER);
		Start start = Objects
			.requireNonNull(gateway.bean(PaymentOperator.class).start(order).block(Duration.ofSeconds(20)));
		assertThat(start).isInstanceOf(Start.Accepted.class);
		gateway.mocks().paymentOperator().pay(order.id());
		int times = switch (kind) {
			case REPEATED_ITN -> 3;
			case SUCCESS_AFTER_FAILURE, TWO_REMOTE_IDS -> 2;
			default -> 1;
		};
		await().atMost(Duration.ofSeconds(20))
			.until(() -> gateway.mocks().paymentOperator().deliveries().size() == times);
		boolean believed = times > 1;
		assertThat(gateway.mocks().paymentOperator().deliveries()).extracting(Delivery::confirmed)
			.containsOnly(believed);
		assertThat(BOOKS.booked).hasSize(believed ? times : 0)
			.allSatisfy((attempt) -> assertThat(attempt.orderId()).isEqualTo(order.id()));
	}

	@Test
	void leavesNoKeyInLogsAndAnswers() throws IOException {
		List<HttpResponse<String>> answers = new ArrayList<>();
		try (Logged logged = Logged.atUsualLevels().with("pl.bramka", Level.TRACE)) {
			answers.add(post(Itn.form(Itn.SAMPLE)));
			answers.add(post(Itn.of(Itn.transaction("PAY-1", "R1", "SUCCESS")).signedWith("x").form()));
			answers.add(post(Itn.of(Itn.transaction("PAY-1", "R1", "UNKNOWN")).form()));
			answers.add(post("transactions=" + Orders.KEY));
			answers.add(post(Orders.KEY));
			for (FaultKind kind : List.of(FaultKind.BAD_HASH, FaultKind.RESET, FaultKind.PLAIN_ERROR)) {
				gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.of(kind));
				gateway.bean(PaymentOperator.class).start(Orders.anOrder(FeeBearer.PAYER)).block(Duration.ofSeconds(9));
			}
			assertThat(logged.lines()).isNotEmpty()
				.allSatisfy((line) -> assertThat(line).doesNotContain(Orders.KEY, "269280ebb0a7", "1864cda6"));
		}
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.body()).doesNotContain(Orders.KEY));
		assertThat(gateway.bean(OperatorProperties.class).toString()).doesNotContain(Orders.KEY);
	}

	/** Each order with what is said of it, if the answer is signed. */
	private static List<String> confirmations(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		Element list = Element.read(answer.body().getBytes(StandardCharsets.UTF_8));
		assertThat(list.isSignedWith(new SharedKey(Orders.KEY))).isTrue();
		return list.inner()
			.get(1)
			.inner()
			.stream()
			.map((each) -> each.required("orderID") + " " + each.required("confirmation"))
			.toList();
	}

}
