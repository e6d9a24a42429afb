package pl.bramka.gateway.paylinks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.keys.Seal;
import pl.bramka.gateway.payments.Payer;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.operator.Payment;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A link that pays one document, opened by somebody who has nothing else.
 */
class PayLinkTest {

	private static final String JANS = Payer.JANS.getFirst();

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start();
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

	private static JsonNode made(Payer payer, String document) {
		HttpResponse<String> answer = payer.call(() -> payer.phone().payLink(document));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return Json.of(answer);
	}

	private static String path(JsonNode link) {
		URI url = URI.create(link.get("url").asString());
		assertThat(url.toString()).startsWith(TestGateway.PUBLIC_URL + "/v1/pay-links/");
		return url.getRawPath();
	}

	/** No session, no proof, no app. */
	private static HttpResponse<String> open(String path, String accept) throws IOException {
		return Call.ofNoApp("GET", gateway.url(), path).header("Accept", accept).send();
	}

	private static URI location(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
		return URI.create(answer.headers().firstValue("Location").orElseThrow());
	}

	@Test
	void leadsToTheOperatorsPageForThatDocument() throws IOException {
		Payer jan = Payer.of(gateway, "jan");
		JsonNode link = made(jan, JANS);
		assertThat(Instant.parse(link.get("expiresAt").asString())).isBetween(Instant.now().plus(Duration.ofHours(71)),
				Instant.now().plus(Duration.ofHours(73)));
		assertThat(orders()).isEmpty();
		URI page = location(open(path(link), "text/html"));
		assertThat(page.toString()).startsWith(gateway.mocks().operator().toString());
		assertThat(orders()).singleElement().satisfies((order) -> {
			assertThat(order.documents()).containsExactly(JANS);
			assertThat(order.serviceId()).isEqualTo(Payment.PAYER_BORNE);
		});
		assertThat(jan.document(JANS).get("payment").asString()).isEqualTo("ONGOING");
	}

	@Test
	void leadsToOnePaymentHoweverOftenItIsOpened() throws Exception {
		String path = path(made(Payer.of(gateway, "jan"), JANS));
		List<HttpResponse<String>> answers = Call.together(10, () -> open(path, "*/*"));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).isIn(303, 503));
		assertThat(orders()).hasSize(1);
		URI page = location(open(path, "*/*"));
		gateway.mocks().paymentOperator().fail(orders().getFirst().orderId());
		assertThat(location(open(path, "*/*"))).isEqualTo(page);
		assertThat(orders()).hasSize(1);
	}

	@Test
	void saysThatTheDocumentIsPaid() throws IOException {
		Payer jan = Payer.of(gateway, "jan");
		String path = path(made(jan, JANS));
		location(open(path, "*/*"));
		gateway.mocks().paymentOperator().pay(orders().getFirst().orderId());
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> jan.document(JANS).path("payment").asString("").equals("BOOKING"));
		HttpResponse<String> again = open(path, "*/*");
		Problems.assertProblem(again, 409, "document-not-payable");
		HttpResponse<String> page = Call.ofNoApp("GET", gateway.url(), path)
			.header("Accept", "text/html,application/xhtml+xml")
			.header("Accept-Language", "en")
			.send();
		assertThat(page.statusCode()).isEqualTo(409);
		assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
		assertThat(page.headers().firstValue("Content-Security-Policy")).contains("default-src 'none'");
		assertThat(page.body()).contains("<html lang=\"en\">", "This document cannot be paid now.")
			.doesNotContain(JANS);
		assertThat(orders()).hasSize(1);
	}

	@Test
	void opensNothingOnceItHasExpired() throws IOException {
		Seal seal = gateway.bean(Seal.class);
		String jan = gateway.mocks().personas().byName("jan").accountId();
		String old = Json.text(new PayLink("id", jan, JANS, Instant.now().minusSeconds(1)));
		Problems.assertProblem(open("/v1/pay-links/" + encoded(seal.closeAs("pay-link", old)), "*/*"), 410,
				"pay-link-expired");
		String other = Json.text(new PayLink("id", jan, JANS, Instant.now().plusSeconds(60)));
		for (String token : List.of(encoded(seal.closeAs("quote", other)), encoded(seal.close(other)), encoded(other),
				"x", "x".repeat(2000), path(made(Payer.of(gateway, "jan"), JANS)).substring(20, 200))) {
			Problems.assertProblem(open("/v1/pay-links/" + token, "*/*"), 404, "not-found");
		}
		assertThat(orders()).isEmpty();
	}

	private static String encoded(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void isMadeForOnesOwnPayableDocumentsOnly() {
		Payer tomek = Payer.of(gateway, "tomek");
		Problems.assertProblem(tomek.call(() -> tomek.phone().payLink(JANS)), 404, "invoice-not-found");
		Problems.assertProblem(tomek.call(() -> tomek.phone().payLink("000400481901")), 409, "document-not-payable");
		assertThat(orders()).isEmpty();
	}

	@Test
	void worksAgainOnceTheOperatorIsBack() throws IOException {
		String path = path(made(Payer.of(gateway, "jan"), JANS));
		gateway.mocks().faults().set(UpstreamName.OPERATOR, Fault.refused());
		HttpResponse<String> down = open(path, "text/html");
		assertThat(down.statusCode()).isEqualTo(503);
		assertThat(down.headers().firstValue("Retry-After")).isPresent();
		gateway.mocks().faults().clearAll();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(300))
			.until(() -> open(path, "text/html").statusCode() == 303);
		assertThat(orders()).hasSize(1);
	}

}
