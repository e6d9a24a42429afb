package pl.bramka.gateway.strict;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RawCall;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests whose end, host or path two readers could see differently. Each is refused
 * with a problem and its connection closed; nothing behind it is read as a request.
 */
@ExtendWith(RunningGateway.class)
class FramingTest {

	/** Answered with 200 if it were read as a request of its own. */
	private static final String SECOND = "GET /v1/problems HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final String APP = "App-Platform: android\r\nApp-Version: 3.4.1\r\nApp-OS-Version: 14\r\n";

	private static final String JSON = "Content-Type: application/json\r\n";

	private final TestGateway gateway;

	FramingTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private static String get(String lines) {
		return "GET /v1/problems HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
	}

	private static String post(String lines, String body) {
		return "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\n" + APP + JSON + lines + "\r\n" + body;
	}

	/** {@link RawCall} returns only when the server has closed. */
	private void assertRefused(String request, int status, String code) throws IOException {
		RawCall.Answer answer = RawCall.send(this.gateway.url(), request + SECOND);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.head()).containsIgnoringCase("content-type: application/problem+json")
			.containsIgnoringCase("connection: close")
			.containsIgnoringCase("cache-control: no-store")
			.containsPattern("(?i)request-id: [0-9a-f]{20,}");
		assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("HTTP/1.1");
		Problems.assertSaysNothingOfItself(answer.body());
		assertThat(this.gateway.asked()).isEmpty();
	}

	static Stream<String> framing() {
		String chunked = "Transfer-Encoding: chunked\r\n";
		return Stream.of(post("Content-Length: 4\r\n" + chunked, "0\r\n\r\n"),
				post(chunked + "Content-Length: 4\r\n", "0\r\n\r\n"),
				post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}"),
				post("Content-Length: 2\r\nContent-Length: 40\r\n", "{}"), post("Content-Length: 2, 2\r\n", "{}"),
				post("Content-Length: +2\r\n", "{}"), post("Content-Length: -2\r\n", "{}"),
				post("Content-Length: 0x2\r\n", "{}"), post("Content-Length: 2 2\r\n", "{}"),
				post("Content-Length: \r\n", "{}"), post("Content-Length: 99999999999999999999\r\n", "{}"),
				post("Content-Length : 2\r\n", "{}"), post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: identity\r\n", "{}"),
				post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: chunked\u0000\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"),
				post("X: y\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), post(chunked + chunked, "0\r\n\r\n"),
				post(chunked + "Transfer-Encoding: identity\r\n", "0\r\n\r\n"), post(chunked, "zz\r\n{}\r\n0\r\n\r\n"),
				post(chunked, "2\r\n{}0\r\n\r\n"), post(chunked, "2\n{}\r\n0\r\n\r\n"), post(chunked, "-1\r\n\r\n"),
				post(chunked, "fffffffffffffffff\r\n\r\n"), post(chunked, "2;a=\u0000\r\n{}\r\n0\r\n\r\n"),
				post(chunked, "2;a=b\n{}\r\n0\r\n\r\n"), post(chunked, "0\r\nA b\r\n\r\n"),
				post(chunked, "0\r\nA: b\nC: d\r\n\r\n"), post(chunked, " 2\r\n{}\r\n0\r\n\r\n"),
				post(chunked, "2\r\n{}\r\n\r\n0\r\n\r\n"), post(chunked, "0\r\n\r\n").replace("HTTP/1.1", "HTTP/1.0"));
	}

	static Stream<String> lines() {
		return Stream.of(get("").replace("\r\n", "\n"), get("A: b\nC: d\r\n"), get("A: b\rC: d\r\n"),
				get("A: b\r\n c\r\n"), get("A: b\r\n\tc\r\n"), get(" A: b\r\n"), get("A: \u0000\r\n"),
				get("A: b\u0007\r\n"), get("A: \u007f\r\n"), get("A\u0000: b\r\n"), get("A b: c\r\n"), get("A\r\n"),
				get(": b\r\n"), get("(A): b\r\n"), get("\u00fc: b\r\n"), get("").replace(" /", "  /"),
				get("").replace(" /", "\t/"), get("").replace(" /", "\u000b/"), get("").replace(" HTTP", "  HTTP"),
				get("").replace("1.1\r", "1.1 \r"), " " + get(""), "\r\n\r\n" + get(""),
				get("").replace("HTTP/1.1", "HTTP/9.9"), get("").replace("HTTP/1.1", "HTTP/1.2"),
				get("").replace("HTTP/1.1", "HTTP/2.0"), get("").replace("HTTP/1.1", "HTTP/0.9"),
				get("").replace("HTTP/1.1", "http/1.1"), get("").replace("HTTP/1.1", "HTCPCP/1.0"),
				get("").replace(" HTTP/1.1", ""), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000",
				"hello\r\n\r\n", get("Expect: 200-ok\r\n"));
	}

	static Stream<String> hosts() {
		return Stream
			.concat(Stream.of("", "Host: localhost\r\nHost: localhost\r\n",
					"Host: localhost\r\nHost: evil.example\r\n"),
					Stream
						.of("", "a b", "a@b", "a/b", "localhost,evil.example", "a:b", "a:", "a:80:80", "a:999999",
								"[::1", "::1", "[x]", "a?b", "a#b", "a\\b", "localhost/v1", "http://localhost",
								"a\u0000", "%61", "\u00fc")
						.map((host) -> "Host: " + host + "\r\n"))
			.map((lines) -> get("").replace("Host: localhost\r\n", lines));
	}

	static Stream<String> methods() {
		return Stream.of("TRACE", "CONNECT", "FOO", "get", "GET/", "PROPFIND", "TRACK", "M-SEARCH")
			.map((method) -> get("").replace("GET", method));
	}

	static Stream<String> targets() {
		return Stream
			.of("*", "v1/problems", "http://evil.example/v1/problems", "http://localhost@evil.example/v1/problems",
					"http://localhost.evil.example/v1/problems", "//evil.example/v1/problems",
					"ftp://localhost/v1/problems", "http://localhost", "localhost:80", "/v1/..;/actuator",
					"/v1/../actuator", "//v1/problems", "/v1//problems", "/v1/problems;a=b", "/v1/%2e%2e/actuator",
					"/v1/%2fproblems", "/v1/%5cproblems", "/v1/problems%00", "/%76%31/problems", "/%61ctuator",
					"/v1/problems\u0000", "/v1/problems\u0001")
			.map((target) -> get("").replace("/v1/problems", target));
	}

	static Stream<String> bodiesOfReads() {
		return Stream.of(get("Content-Length: 5\r\n") + "hello", get("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n",
				get("Content-Length: 5\r\n").replace("GET", "DELETE") + "hello",
				get("Content-Length: 5\r\n").replace("GET", "OPTIONS") + "hello",
				get("Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n") + "12345678");
	}

	@ParameterizedTest
	@MethodSource({ "framing", "lines", "hosts", "methods", "targets", "bodiesOfReads" })
	void refusesAndCloses(String request) throws IOException {
		assertRefused(request, 400, "malformed-request");
	}

	@Test
	void refusesAReadOfHeadersWithABodyWithoutOne() throws IOException {
		RawCall.Answer answer = RawCall.send(this.gateway.url(),
				get("Content-Length: 5\r\n").replace("GET", "HEAD") + "hello" + SECOND);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "4200, 414, uri-too-long", "100000, 414, uri-too-long" })
	void refusesALongLine(int length, int status, String code) throws IOException {
		assertRefused(get("").replace("problems", "problems?" + "x".repeat(length)), status, code);
	}

	@ParameterizedTest
	@ValueSource(ints = { 8_300, 300_000 })
	void refusesLongHeaders(int length) throws IOException {
		assertRefused(get("A: " + "x".repeat(length) + "\r\n"), 431, "headers-too-large");
	}

	@Test
	void refusesManyHeaders() throws IOException {
		assertRefused(get("A: b\r\n".repeat(150)), 431, "headers-too-large");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v1/problems HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
			"\r\nGET /v1/problems HTTP/1.1\r\nHost: localhost:8080\r\nConnection: close\r\n\r\n",
			"GET http://localhost/v1/problems HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
			"GET HTTPS://LocalHost:1/v1/problems HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n",
			"GET /v1/problems HTTP/1.0\r\nHost: [::1]:8080\r\n\r\n",
			"GET /v1/problems HTTP/1.1\r\nhost:\t10.0.0.1 \r\nA: \u00fc\tb\r\nB:\r\nConnection: close\r\n\r\n",
			"GET /v1/problems HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: close\r\n\r\n",
			"GET /v1/problems HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" })
	void answersWhatIsUnusualButPlain(String request) throws IOException {
		assertThat(RawCall.send(this.gateway.url(), request).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2\r\n{}\r\n0\r\n\r\n", "1;a=b\r\n{\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n" })
	void readsChunksOnceAndThenCloses(String body) throws IOException {
		RawCall.Answer answer = RawCall.send(this.gateway.url(), post("Transfer-Encoding: chunked\r\n", body) + SECOND);
		assertThat(answer.body()).contains("\"code\":\"invalid-").doesNotContain("HTTP/1.1");
		assertThat(answer.head()).containsIgnoringCase("connection: close");
	}

	/** A client that sends ahead of its answers must send the rest again. */
	@Test
	void answersOnlyTheFirstOfRequestsThatAreSentAhead() throws IOException {
		try (Logged logged = Logged.atUsualLevels()) {
			String request = get("Request-Id: sent-ahead-0001\r\n");
			RawCall.Answer answer = RawCall.send(this.gateway.url(), request.repeat(21));
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.head()).containsIgnoringCase("connection: close");
			assertThat(answer.body()).doesNotContain("HTTP/1.1");
			// A request of another test may end late.
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(
						() -> assertThat(logged.lines("access")).filteredOn((line) -> line.contains("sent-ahead-0001"))
							.hasSize(1));
		}
	}

	@Test
	void asksForABodyThatIsAnnounced() throws IOException {
		RawCall.Answer answer = RawCall.send(this.gateway.url(),
				post("Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n", "{}"));
		assertThat(answer.status()).isEqualTo(100);
		assertThat(answer.body()).startsWith("HTTP/1.1 4").contains("\"code\"");
	}

	@Test
	void asksForNoBodyThatIsTooLarge() throws IOException {
		RawCall.Answer answer = RawCall.send(this.gateway.url(),
				post("Expect: 100-continue\r\nContent-Length: 65537\r\n", ""));
		assertThat(answer.status()).isEqualTo(413);
	}

	@Test
	void speaksTheCallersLanguageWhereItCanBeRead() throws IOException {
		String english = get("Accept-Language: en\r\n").replace("GET", "TRACE");
		assertThat(RawCall.send(this.gateway.url(), english).body()).contains("We could not read this request.");
		assertThat(RawCall.send(this.gateway.url(), "x\r\n\r\n").body()).contains("Nie rozumiemy tego zapytania.");
	}

	@Test
	void takesAHarmlessRequestIdAndNoOther() throws IOException {
		String traced = get("Request-Id: phone-0001\r\n").replace("GET", "TRACE");
		assertThat(RawCall.send(this.gateway.url(), traced).head()).contains("phone-0001");
		String evil = get("Request-Id: a\u00fcb:c%0d%0aSet-Cookie=x\r\n").replace("GET", "TRACE");
		assertThat(RawCall.send(this.gateway.url(), evil).head()).doesNotContain("Set-Cookie");
	}

	@Test
	void leavesNothingOfARefusedRequestInTheLog() throws IOException {
		try (Logged logged = Logged.atUsualLevels()) {
			List<String> ids = new ArrayList<>();
			for (String request : List.of(get("A: Haslo-123!\u0000\r\n"), get("").replace("problems", "Haslo-123!;x"),
					post("Transfer-Encoding: chunked\r\n", "Haslo-123!\r\n"))) {
				ids.add(id(RawCall.send(this.gateway.url(), request)));
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(withoutOthers(logged.lines(), ids)).hasSize(3)
					.allMatch((line) -> line.startsWith("access: ") && line.contains("route=refused status=400")));
			assertThat(logged.lines()).noneMatch((line) -> line.contains("Haslo"));
		}
	}

	private static String id(RawCall.Answer answer) {
		Matcher header = Pattern.compile("(?i)\nrequest-id: (\\S+)").matcher(answer.head());
		assertThat(header.find()).isTrue();
		return header.group(1);
	}

	/** Without the lines of requests of another test, which may end late. */
	private static List<String> withoutOthers(List<String> lines, List<String> ids) {
		return lines.stream()
			.filter((line) -> !line.startsWith("access: ") || ids.stream().anyMatch(line::contains))
			.toList();
	}

	/** A whole request of a signed-in customer, hidden in what carries it. */
	@Test
	void seesNoRequestInsideAnother() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		List<String> carriers = List.of(post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", "0\r\n\r\n"),
				post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), post("Content-Length: 2\r\n", "{}"),
				post("Content-Length: 0\r\nContent-Length: 2\r\n", "{}"),
				post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), post("Transfer-Encoding: chunked\r\n", "0\n\n"),
				get("Content-Length: 0\r\n"), get(""),
				get("Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n") + "12345678", "GET /v1/problems\r\n\r\n",
				get("A: b\n\n"), "TRACE /v1/problems HTTP/1.1\r\nHost: localhost\r\n\r\n");
		for (String carrier : carriers) {
			this.gateway.mocks().reset();
			RawCall.Answer answer = RawCall.send(this.gateway.url(), carrier + signed(phone));
			assertThat(answer.body()).as(carrier).doesNotContain("HTTP/1.1");
			assertThat(this.gateway.asked()).as(carrier).isEmpty();
		}
		RawCall.Answer alone = RawCall.send(this.gateway.url(), signed(phone));
		assertThat(alone.status()).isEqualTo(200);
		assertThat(this.gateway.asked()).isNotEmpty();
	}

	private static String signed(Phone phone) {
		String token = phone.tokens().orElseThrow().accessToken();
		String proof = phone.key().proof("GET", URI.create(TestGateway.PUBLIC_URL + "/v1/invoices"), token);
		return "GET /v1/invoices HTTP/1.1\r\nHost: localhost\r\nAuthorization: DPoP " + token + "\r\nDPoP: " + proof
				+ "\r\nCache-Control: no-cache\r\nConnection: close\r\nApp-Platform: android\r\nApp-Version: 3.4.1\r\n"
				+ "App-OS-Version: 14\r\n\r\n";
	}

	@Test
	void answersManyOnOneConnection() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		for (int i = 0; i < 20; i++) {
			assertThat(Json.of(phone.get("/v1/contracts")).get("items").size()).isPositive();
		}
	}

}
