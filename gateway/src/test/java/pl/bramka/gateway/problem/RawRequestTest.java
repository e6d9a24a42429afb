package pl.bramka.gateway.problem;

import java.io.IOException;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RawCall;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that no HTTP client sends. What is no HTTP at all is refused by the server
 * itself, without a body; everything that becomes a request is answered with a problem.
 */
@ExtendWith(RunningGateway.class)
class RawRequestTest {

	private final TestGateway gateway;

	RawRequestTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private static void assertRefused(RawCall.Answer answer) {
		assertThat(answer.status()).isBetween(400, 431);
		Problems.assertSaysNothingOfItself(answer.body());
		assertThat(answer.head().toLowerCase(Locale.ROOT)).doesNotContain("server:", "set-cookie:");
	}

	private static void assertProblem(RawCall.Answer answer) {
		assertRefused(answer);
		assertThat(answer.head()).containsIgnoringCase("content-type: application/problem+json")
			.containsIgnoringCase("request-id: ")
			.containsIgnoringCase("cache-control: no-store");
		assertThat(answer.body()).contains("\"code\":");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/contracts/%00", "/v1/contracts/%2e%2e/home", "/v1/contracts/..%2fhome",
			"/v1/contracts/..;/home", "/v1/contracts;a=b", "/v1//home", "//v1/home", "/v1/home%0d%0aSet-Cookie:x",
			"/v1/./home", "/v1/../actuator/env", "/v1/contracts/%5c", "/v1/contracts/%25", "/v1/contracts/%E2%80%A8",
			"/v1/contracts/%7f", "/v1/contracts/%c0%ae", "/v1/%68ome", "/v1/home?a=%00", "/v1/home?[]=%F0%28%8C%28" })
	void answersAStrangePathWithAProblem(String path) throws IOException {
		assertProblem(RawCall.get(this.gateway.url(), path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/contracts/%zz", "/v1/home?a=%zz", "/v1/contracts/%", "/v1/contracts/%4",
			"/v1/contracts/{id}", "/v1/contracts/\u00fc", "/v1/contracts/<x>", "/v1/contracts/a|b", "*", "http://[",
			"v1/home", "/v1/\\home" })
	void saysNothingToAPathThatIsNone(String path) throws IOException {
		assertRefused(RawCall.get(this.gateway.url(), path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v1/home\r\n\r\n", "GET\r\n\r\n",
			"GET /v1/home HTTP/1.1\r\nHost: x\r\nA: \u0000\r\n\r\n", "GET /v1/home HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
			"GET /v1/home HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
			"GET /v1/home HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
			"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
			"\u0016\u0003\u0001" })
	void answersNothingOrARefusalToWhatIsNoHttp(String bytes) throws IOException {
		RawCall.Answer answer = RawCall.send(this.gateway.url(),
				bytes.replace("Host: x\r\n", "Host: x\r\nConnection: close\r\n" + RawCall.APP));
		Problems.assertSaysNothingOfItself(answer.body());
		assertThat(answer.status()).isIn(0, 400, 401, 413, 505);
		assertThat(this.gateway.asked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 8_000, 20_000 })
	void takesNoOverlongHeader(int length) throws IOException {
		assertThat(RawCall.get(this.gateway.url(), "/v1/home", "Authorization: DPoP " + "x".repeat(length)).status())
			.isIn(401, 413, 431);
		assertRefused(RawCall.get(this.gateway.url(), "/v1/home?" + "x".repeat(length)));
		assertRefused(RawCall.get(this.gateway.url(), "/v1/contracts/" + "x".repeat(length)));
	}

	/** Cut off while it is still being sent, so that an answer may not arrive. */
	@Test
	void doesNotReadAHeaderToItsEnd() throws IOException {
		RawCall.Answer answer = RawCall.get(this.gateway.url(), "/v1/home", "A: " + "x".repeat(5_000_000));
		assertThat(answer.status()).isIn(0, 413, 431);
	}

}
