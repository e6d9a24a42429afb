package pl.bramka.mocks.operator;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import pl.bramka.mocks.Caller;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OperatorTest {

	private static final Mocks MOCKS = Mocks.startOnFreePorts();

	private static final List<String> HASHED = List.of("ServiceID", "OrderID", "Amount", "Description", "Currency",
			"Products", "ReturnURL");

	private final WireMockServer merchant = new WireMockServer(options().dynamicPort());

	private final Caller caller = new Caller();

	@BeforeEach
	void start() {
		MOCKS.reset();
		this.merchant.start();
		this.merchant.stubFor(post(anyUrl()).willReturn(ok(confirmation("PAY-1"))));
		MOCKS.paymentOperator().notifyTo(URI.create(this.merchant.baseUrl() + "/itn"));
		MOCKS.paymentOperator().repeatAfter(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20));
	}

	@AfterEach
	void stop() {
		MOCKS.reset();
		this.merchant.stop();
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@Test
	void startsAPaymentAndSignsItsAnswer() throws IOException {
		Element answer = xml(start(order()));
		assertThat(Xml.isHashed(answer)).isTrue();
		assertThat(Xml.first(answer, "status")).isEqualTo("PENDING");
		assertThat(Xml.first(answer, "orderID")).isEqualTo("PAY-1");
		assertThat(Xml.first(answer, "redirecturl"))
			.startsWith(MOCKS.operator() + "/payment/continue/" + Xml.first(answer, "remoteID") + "/");
	}

	@ParameterizedTest
	@CsvSource({ "Amount, 10.001, INVALID_AMOUNT", "Amount, 0.00, INVALID_AMOUNT", "ServiceID, 1, INVALID_SERVICE_ID",
			"OrderID, PAY-000000000000000000000000000000001, INVALID_PARAMETER", "Currency, EUR, INVALID_CURRENCY",
			"Amount, 999.00, INVALID_PRODUCTS", "Products, nonsense, INVALID_PRODUCTS" })
	void refusesAWrongStart(String field, String value, String reason) throws IOException {
		Map<String, String> order = order();
		order.put(field, value);
		Element answer = xml(start(order));
		assertThat(Xml.first(answer, "confirmation")).isEqualTo("NOTCONFIRMED");
		assertThat(Xml.first(answer, "reason")).isEqualTo(reason);
		assertThat(Xml.isHashed(answer)).isTrue();
		assertThat(MOCKS.paymentOperator().payments()).isEmpty();
	}

	@Test
	void refusesAStartWhoseHashIsOfOtherValues() throws IOException {
		Map<String, String> order = hashed(order());
		order.put("Description", "changed afterwards");
		assertThat(call("/payment", order).body()).contains("<reason>INVALID_HASH</reason>");
	}

	@Test
	void refusesAnOrderThatIsPaid() throws IOException {
		start(order());
		MOCKS.paymentOperator().pay("PAY-1");
		assertThat(Xml.first(xml(start(order())), "reason")).isEqualTo("MULTIPLY_PAID_TRANSACTION");
	}

	@Test
	void tellsTheStateOfEveryAttempt() throws IOException {
		start(order());
		start(order());
		MOCKS.paymentOperator().fail("PAY-1");
		Element list = status("PAY-1");
		assertThat(Xml.isHashed(list)).isTrue();
		assertThat(list.getElementsByTagName("transaction").getLength()).isEqualTo(2);
		assertThat(list.getTextContent()).contains("PENDING", "FAILURE");
		assertThat(status("PAY-2").getElementsByTagName("transaction").getLength()).isZero();
	}

	@Test
	void notifiesOfAPaymentWithTheCommissionOfThePayer() throws IOException {
		start(order());
		MOCKS.paymentOperator().pay("PAY-1");
		Element itn = notifications(1).getFirst();
		assertThat(Xml.isHashed(itn)).isTrue();
		assertThat(Xml.first(itn, "paymentStatus")).isEqualTo("SUCCESS");
		assertThat(Xml.first(itn, "amount")).isEqualTo("101.50");
		assertThat(Xml.first(itn, "startAmount")).isEqualTo("100.00");
		await(() -> MOCKS.paymentOperator().deliveries().size() == 1);
		assertThat(MOCKS.paymentOperator().deliveries().getFirst().confirmed()).isTrue();
	}

	@Test
	void takesNoCommissionWhereTheMerchantBearsTheFee() throws IOException {
		Map<String, String> order = order();
		order.put("ServiceID", Payment.MERCHANT_BORNE);
		start(order);
		MOCKS.paymentOperator().pay("PAY-1");
		Element itn = notifications(1).getFirst();
		assertThat(Xml.first(itn, "amount")).isEqualTo("100.00");
		assertThat(Xml.first(itn, "startAmount")).isEmpty();
	}

	@Test
	void notifiesAgainUntilTheMerchantConfirms() throws IOException {
		this.merchant.stubFor(post(anyUrl()).inScenario("again")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(serverError())
			.willSetStateTo("up"));
		start(order());
		MOCKS.paymentOperator().pay("PAY-1");
		notifications(2);
		await(() -> MOCKS.paymentOperator().deliveries().stream().anyMatch(Delivery::confirmed));
		assertThat(MOCKS.paymentOperator().deliveries().getLast().confirmed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "CONFIRMED, PAY-2", "NOTCONFIRMED, PAY-1" })
	void takesNoOtherAnswerForAConfirmation(String confirmation, String orderId) throws IOException {
		this.merchant.stubFor(
				post(anyUrl()).willReturn(ok(confirmation(orderId).replace(">CONFIRMED<", ">" + confirmation + "<"))));
		start(order());
		MOCKS.paymentOperator().pay("PAY-1");
		await(() -> MOCKS.paymentOperator().deliveries().size() == 4);
		assertThat(MOCKS.paymentOperator().deliveries()).noneMatch(Delivery::confirmed);
	}

	@Test
	void letsAPersonPayAndComeBack() throws IOException {
		Element answer = xml(start(order()));
		String paywall = URI.create(Xml.first(answer, "redirecturl")).getPath();
		assertThat(this.caller.get(MOCKS.operator(), paywall).body()).contains("value=\"pay\"");
		HttpResponse<String> back = call(paywall, Map.of("outcome", "pay"));
		assertThat(back.statusCode()).isEqualTo(303);
		assertThat(back.headers().firstValue("Location").orElseThrow()).isEqualTo(
				"https://app.example/back?ServiceID=900001&OrderID=PAY-1&Hash=" + Hash.of(List.of("900001", "PAY-1")));
		assertThat(MOCKS.paymentOperator().payments().getFirst().isPaid()).isTrue();
	}

	@Test
	void paysAtOnceWhenToldSo() throws IOException {
		MOCKS.paymentOperator().payAtOnce(true);
		start(order());
		assertThat(Xml.first(notifications(1).getFirst(), "paymentStatus")).isEqualTo("SUCCESS");
	}

	@Test
	void spoilsTheHashOfAnswersOrOfNotifications() throws IOException {
		MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.BAD_HASH));
		assertThat(Xml.isHashed(xml(start(order())))).isFalse();
		assertThat(Xml.isHashed(status("PAY-1"))).isFalse();
		MOCKS.reset();
		assertThat(Xml.isHashed(payFaulty(FaultKind.BAD_NOTIFICATION_HASH, 1).getFirst())).isFalse();
	}

	@Test
	void namesAnotherAmount() throws IOException {
		assertThat(Xml.first(payFaulty(FaultKind.WRONG_AMOUNT, 1).getFirst(), "startAmount")).isEqualTo("101.00");
	}

	@Test
	void repeatsANotificationThatWasConfirmed() throws IOException {
		List<Element> itns = payFaulty(FaultKind.REPEATED_ITN, 3);
		assertThat(itns).extracting((itn) -> Xml.first(itn, "remoteID"))
			.containsOnly(Xml.first(itns.get(0), "remoteID"));
	}

	@Test
	void succeedsAfterAFailure() throws IOException {
		List<Element> itns = payFaulty(FaultKind.SUCCESS_AFTER_FAILURE, 2);
		assertThat(itns).extracting((itn) -> Xml.first(itn, "paymentStatus")).containsExactly("FAILURE", "SUCCESS");
		assertThat(itns).extracting((itn) -> Xml.first(itn, "remoteID")).doesNotHaveDuplicates();
	}

	@Test
	void isPaidTwiceUnderTwoRemoteIds() throws IOException {
		List<Element> itns = payFaulty(FaultKind.TWO_REMOTE_IDS, 2);
		assertThat(itns).extracting((itn) -> Xml.first(itn, "paymentStatus")).containsExactly("SUCCESS", "SUCCESS");
		assertThat(itns).extracting((itn) -> Xml.first(itn, "remoteID")).doesNotHaveDuplicates();
	}

	@Test
	void booksAPaymentWhoseStartItNeverAnswers() throws IOException {
		MOCKS.faults()
			.set(UpstreamName.OPERATOR, Fault.of(FaultKind.BOOKED_BUT_TIMED_OUT).onlyPath("^/payment$").times(1));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> start(order()));
		assertThat(Xml.first(status("PAY-1"), "paymentStatus")).isEqualTo("PENDING");
	}

	@Test
	void speaksOfItsOwnFaultsInItsOwnWay() throws IOException {
		MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.XML_ERROR));
		assertThat(start(order()).body()).contains("<error>");
		MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(FaultKind.PLAIN_ERROR));
		assertThat(start(order()).body()).startsWith("ERROR");
		assertThat(start(order()).statusCode()).isEqualTo(200);
	}

	@Test
	void isControlledOverHttp() throws IOException {
		start(order());
		assertThat(this.caller.get(MOCKS.control(), "/payments").body()).contains("PAY-1", "PENDING");
		assertThat(this.caller.send("POST", MOCKS.control(), "/payments/PAY-1/pay", "").statusCode()).isEqualTo(204);
		notifications(1);
		await(() -> MOCKS.paymentOperator().deliveries().size() == 1);
		assertThat(this.caller.get(MOCKS.control(), "/notifications").body()).contains("\"confirmed\" : true");
		assertThat(this.caller.send("POST", MOCKS.control(), "/payments/PAY-9/pay", "").statusCode()).isEqualTo(400);
		assertThat(this.caller.send("PUT", MOCKS.control(), "/notifications", "{\"url\":\"x\"}").statusCode())
			.isEqualTo(400);
	}

	private List<Element> payFaulty(FaultKind kind, int notifications) throws IOException {
		MOCKS.faults().set(UpstreamName.OPERATOR, Fault.of(kind).onlyPath("^/payment$"));
		start(order());
		MOCKS.paymentOperator().pay("PAY-1");
		return notifications(notifications);
	}

	private List<Element> notifications(int atLeast) {
		await(() -> this.merchant.findAll(postRequestedFor(anyUrl())).size() >= atLeast);
		return this.merchant.findAll(postRequestedFor(anyUrl())).stream().map(OperatorTest::notification).toList();
	}

	private static Element notification(LoggedRequest request) {
		String encoded = URLDecoder.decode(request.getBodyAsString().substring("transactions=".length()),
				StandardCharsets.UTF_8);
		return Xml.read(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8)).orElseThrow();
	}

	private Element status(String orderId) throws IOException {
		Map<String, String> form = new LinkedHashMap<>(Map.of("ServiceID", "900001", "OrderID", orderId));
		return xml(call("/webapi/transactionStatus", hashed(form)));
	}

	private HttpResponse<String> start(Map<String, String> order) throws IOException {
		return call("/payment", hashed(order));
	}

	private HttpResponse<String> call(String path, Map<String, String> form) throws IOException {
		return this.caller.postForm(MOCKS.operator(), path, form, "BmHeader", "pay-bm-continue-transaction-url");
	}

	private static Map<String, String> order() {
		Map<String, String> order = new LinkedHashMap<>();
		order.put("ServiceID", Payment.PAYER_BORNE);
		order.put("OrderID", "PAY-1");
		order.put("Amount", "100.00");
		order.put("Description", "Rachunki za prąd i gaz");
		order.put("Currency", "PLN");
		order.put("Products", Base64.getEncoder()
			.encodeToString(("<productList>" + product("60.00", "F/1") + product("40.00", "F/2") + "</productList>")
				.getBytes(StandardCharsets.UTF_8)));
		order.put("ReturnURL", "https://app.example/back");
		return order;
	}

	private static String product(String amount, String invoice) {
		return "<product><subAmount>" + amount + "</subAmount><params><param name=\"invoiceNumber\" value=\"" + invoice
				+ "\"/><param name=\"customerNumber\" value=\"1000000042\"/></params></product>";
	}

	private static Map<String, String> hashed(Map<String, String> form) {
		form.put("Hash", Hash.of(HASHED.stream().map((name) -> form.getOrDefault(name, "")).toList()));
		return form;
	}

	private static Element xml(HttpResponse<String> answer) {
		return Xml.read(answer.body()).orElseThrow();
	}

	private static String confirmation(String orderId) {
		return new Xml().open("confirmationList")
			.leaf("serviceID", "900001")
			.open("transactionsConfirmations")
			.open("transactionConfirmed")
			.leaf("orderID", orderId)
			.leaf("confirmation", "CONFIRMED")
			.close()
			.close()
			.hash(true)
			.end();
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("waited 10 s").isLessThan(end);
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
	}

}
