package pl.bramka.gateway.observability;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.RawCall;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The id of a request, in every answer and at every upstream.
 */
@ExtendWith(RunningGateway.class)
class RequestIdTest {

	private static final String OWN = "0f9a2b3c-4d5e-6f70";

	private final TestGateway gateway;

	RequestIdTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@Test
	void keepsTheCallersOwn() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		this.gateway.rest();
		HttpResponse<String> answer = phone.get("/v1/invoices", "Request-Id", OWN, "Cache-Control", "no-cache");
		assertThat(answer.headers().allValues("Request-Id")).containsExactly(OWN);
		assertThat(this.gateway.mocks().journal(UpstreamName.BILLING)).isNotEmpty()
			.allSatisfy((request) -> assertThat(request.getHeader("Request-Id")).isEqualTo(OWN));
		HttpResponse<String> problem = phone.get("/v1/nothing", "Request-Id", OWN);
		assertThat(problem.headers().allValues("Request-Id")).containsExactly(OWN);
		assertThat(Json.of(problem).get("requestId").asString()).isEqualTo(OWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "short", "", "a b c d e f g h", "12345678;", "12345678\"", "<script>alert(1)</script>",
			"%0d%0aSet-Cookie:a=b", "12345678\t12345678", "żółw-żółw-żółw", "12345678\u0085evil", "${jndi:ldap://x}",
			"../../../../etc", "12345678,87654321", "12345678\r\n evil-folded" })
	void replacesOneThatCouldDoHarm(String harmful) throws IOException {
		RawCall.Answer answer = RawCall.get(this.gateway.url(), "/v1/problems", "Request-Id: " + harmful);
		assertThat(answer.head().lines().filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("request-id:")))
			.allSatisfy((line) -> assertThat(line).matches("(?i)request-id: [0-9a-f]{24}"))
			.hasSizeLessThanOrEqualTo(1);
		assertThat(answer.status()).isIn(200, 400);
	}

	@Test
	void replacesALongOne() throws IOException {
		HttpResponse<String> answer = this.gateway.phone().get("/v1/problems", "Request-Id", "a".repeat(65));
		assertThat(answer.headers().allValues("Request-Id")).singleElement().asString().hasSize(24);
	}

	@Test
	void givesEachRequestAnother() throws IOException {
		Phone phone = this.gateway.phone();
		assertThat(phone.get("/v1/problems").headers().firstValue("Request-Id"))
			.isNotEqualTo(phone.get("/v1/problems").headers().firstValue("Request-Id"));
	}

	@Test
	void isOnEveryAnswerBesideARuleForCachesAndNoCookie() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		Phone stranger = this.gateway.phone();
		List<HttpResponse<String>> answers = List.of(phone.get("/v1/home"), phone.get("/v1/contracts"),
				phone.get("/v1/invoices"), phone.get("/v1/sessions"), phone.get("/v1/nothing"),
				stranger.get("/v1/home"), stranger.get("/v1/problems"), stranger.get("/.well-known/jwks.json"),
				phone.send("PUT", "/v1/home", null), stranger.send("POST", "/v1/sessions", "{"),
				stranger.signIn("anna@example.com", "wrong"),
				phone.get("/v1/home", "If-None-Match",
						phone.get("/v1/home").headers().firstValue("ETag").orElseThrow()),
				phone.refresh(), phone.signOut());
		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer.headers().allValues("Request-Id")).hasSize(1);
			assertThat(answer.headers().allValues("Cache-Control")).hasSize(1);
			assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "server", "x-powered-by");
		});
		assertThat(answers).extracting(HttpResponse::statusCode).contains(200, 204, 304, 400, 401, 404, 405);
	}

}
