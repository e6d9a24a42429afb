package pl.bramka.gateway.problem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is wrong with a request, the answer is a problem of the catalogue.
 */
@ExtendWith(RunningGateway.class)
class ProblemsOverHttpTest {

	private final TestGateway gateway;

	ProblemsOverHttpTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private HttpResponse<String> signIn(BodyPublisher body, String... contentTypes) throws IOException {
		Call call = Call.of("POST", this.gateway.url(), "/v1/sessions", body)
			.header("DPoP",
					this.gateway.phone().key().proof("POST", TestGateway.PUBLIC_URL.resolve("/v1/sessions"), null));
		for (String type : contentTypes) {
			call.header("Content-Type", type);
		}
		return call.send();
	}

	private HttpResponse<String> signIn(String body) throws IOException {
		return signIn(BodyPublishers.ofString(body), "application/json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1", "/v1/", "/v1/nothing", "/v1/home/", "/v1/contracts/1/2/3",
			"/.well-known/openid-configuration" })
	void knowsNoSuchPath(String path) throws IOException {
		Problems.assertProblem(this.gateway.signedIn("anna").get(path), 404, "not-found");
		Problems.assertProblem(this.gateway.phone().get(path), 401, "unauthenticated");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/prometheus", "/actuator/env" })
	void hasNoManagementOnThePublicPort(String path) throws IOException {
		Problems.assertProblem(this.gateway.signedIn("anna").get(path), 404, "not-found");
		assertThat(this.gateway.phone().get(path).statusCode()).isIn(401, 404);
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /v1/sessions, 'GET,POST,DELETE'", "POST, /v1/home, GET", "DELETE, /v1/contracts, GET",
			"PATCH, /v1/sessions/current, DELETE", "POST, /v1/problems, GET" })
	void namesTheMethodsThatExist(String method, String path, String allowed) throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("anna").send(method, path, null);
		Problems.assertProblem(answer, 405, "method-not-allowed");
		assertThat(answer.headers().firstValue("Allow").orElse("").replace(" ", "").split(","))
			.containsExactlyInAnyOrder(allowed.split(","));
	}

	@ParameterizedTest
	@ValueSource(strings = { "FOO", "PROPFIND", "LOCK", "get" })
	void knowsNoSuchMethod(String method) throws IOException {
		Problems.assertProblem(this.gateway.signedIn("anna").send(method, "/v1/home", null), 400, "malformed-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
			"application/xml", "application/json+x", "*/*", "json", "/", ";", "application/json;charset=" })
	void takesNothingButJson(String type) throws IOException {
		HttpResponse<String> answer = signIn(BodyPublishers.ofString("{}"), type);
		assertThat(answer.statusCode()).isIn(400, 415);
		Problems.assertProblem(answer, answer.statusCode(), Json.code(answer));
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void takesNothingWithoutAType() throws IOException {
		Problems.assertProblem(signIn(BodyPublishers.ofString("{}")), 415, "unsupported-media-type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/xml", "image/png", "x", "a/b/c" })
	void answersNothingButJson(String accepted) throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		Problems.assertProblem(phone.get("/v1/sessions", "Accept", accepted), 406, "not-acceptable");
		Problems.assertProblem(phone.get("/v1/problems", "Accept", accepted), 406, "not-acceptable");
		for (String path : new String[] { "/v1/contracts", "/v1/home", "/v1/invoices" }) {
			HttpResponse<String> answer = phone.get(path, "Accept", accepted);
			assertThat(answer.statusCode()).isIn(200, 406);
			assertThat(answer.headers().firstValue("Content-Type")).get()
				.asString()
				.matches("application/(problem.)?json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "}", "[", "\"", "{\"email\":", "{\"email\":}", "{'email':'x'}", "{email:1}", "nul",
			"{\"email\":\"a@b.pl\",\"email\":{}}", "{\"email\":{\"$ref\":1}}", "{\"@class\":\"java.lang.Runtime\"}",
			"{\"email\":\"\\ud800\",\"password\":[1]}", "1e999999999", "{\"redirectUri\":\"%%%\"}",
			"{\"redirectUri\":\"http://[\"}", "<a/>", "0x00" })
	void readsNoBrokenJson(String body) throws IOException {
		Problems.assertProblem(signIn(body), 400, "malformed-request");
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void readsNoJsonInAnotherEncoding() throws IOException {
		byte[] latin = "{\"email\":\"żółw@example.com\"}".getBytes(StandardCharsets.UTF_16);
		Problems
			.assertProblem(signIn(BodyPublishers.ofByteArray(new byte[] { '{', '"', (byte) 0xC3, '"', ':', '1', '}' }),
					"application/json"), 400, "malformed-request");
		assertThat(signIn(BodyPublishers.ofByteArray(latin), "application/json").statusCode()).isEqualTo(400);
	}

	@Test
	void readsNoDeepJson() throws IOException {
		for (String body : new String[] { "[".repeat(60_000), "{\"email\":" + "[".repeat(2000) + "]".repeat(2000) + "}",
				"{\"a\":".repeat(2000) + "1" + "}".repeat(2000),
				"{\"unknown\":" + "[".repeat(900) + "]".repeat(900) + "}" }) {
			Problems.assertProblem(signIn(body), 400, "malformed-request");
		}
	}

	@Test
	void takesNoHugeBody() throws IOException {
		byte[] huge = ("{\"email\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
		Problems.assertProblem(signIn(BodyPublishers.ofByteArray(huge), "application/json"), 413, "payload-too-large");
		BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge));
		Problems.assertProblem(signIn(chunked, "application/json"), 413, "payload-too-large");
		assertThat(this.gateway.asked()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, invalid-request", "limit=101, invalid-request", "limit=-1, invalid-request",
			"limit=many, invalid-request", "limit=1.5, invalid-request", "limit=99999999999999999999, invalid-request",
			"state=open, invalid-request", "state=x, invalid-request", "medium=WATER, invalid-request",
			"cursor=x, invalid-cursor", "cursor=%00, invalid-cursor", "cursor=%F0%9F%98%80, invalid-cursor",
			"limit=%27%3B--, invalid-request", "contractId=%00, contract-not-found",
			"contractId=%27, contract-not-found" })
	void takesNoBadQuery(String query, String code) throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("anna").get("/v1/invoices?" + query);
		Problems.assertProblem(answer, code.endsWith("found") ? 404 : 400, code);
		if (code.equals("invalid-request")) {
			assertThat(Json.of(answer).at("/errors/0/field").asString())
				.isEqualTo(query.substring(0, query.indexOf('=')));
		}
	}

	@Test
	void answersABrowserThatAsksForPermission() throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("anna")
			.send("OPTIONS", "/v1/home", null, "Origin", "https://evil.example", "Access-Control-Request-Method",
					"GET");
		assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
		assertThat(answer.headers().firstValue("Request-Id")).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "%%%", "http://[", "x" })
	void givesNoOriginPermission(String origin) throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("anna").get("/v1/home", "Origin", origin);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
	}

}
