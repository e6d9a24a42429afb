package pl.bramka.gateway.strict;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RawCall;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that do not arrive whole in the time they have.
 */
class LateRequestTest {

	private static final String READ = "GET /v1/problems HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.strict.time=1s");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "G", "GET /v1/problems HTTP/1.1\r\nHost: local", "\r\nGET /v1/problems HTTP/1.1\r\n",
			"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"email\":",
			"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{" })
	void areToldSo(String part) throws IOException {
		RawCall.Answer answer = RawCall.send(gateway.url(), part);
		assertThat(answer.status()).isEqualTo(408);
		assertThat(answer.head()).containsIgnoringCase("connection: close");
		assertThat(answer.body()).contains("\"code\":\"request-timeout\"", "\"retryable\":true");
		Problems.assertSaysNothingOfItself(answer.body());
		assertThat(gateway.asked()).noneMatch((call) -> call.startsWith("POST"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\r\n" })
	void areClosedWithoutAWordIfNothingCame(String nothing) throws IOException {
		try (Logged logged = Logged.atUsualLevels()) {
			RawCall.Answer answer = RawCall.send(gateway.url(), nothing);
			assertThat(answer.status()).isZero();
			assertThat(answer.head()).isEmpty();
			assertThat(logged.lines()).isEmpty();
		}
	}

	/** Between requests the time is another: that of the server's own setting. */
	@Test
	void haveTheirTimeFromTheirFirstByte() throws IOException {
		try (Socket socket = new Socket("localhost", gateway.url().getPort())) {
			socket.getOutputStream().write(READ.getBytes(StandardCharsets.US_ASCII));
			assertThat(untilQuiet(socket, Duration.ofSeconds(2))).contains("HTTP/1.1 200")
				.doesNotContain("HTTP/1.1 408");
			socket.getOutputStream().write(READ.getBytes(StandardCharsets.US_ASCII));
			assertThat(untilQuiet(socket, Duration.ofMillis(100))).contains("HTTP/1.1 200");
			socket.getOutputStream().write("GET /v1".getBytes(StandardCharsets.US_ASCII));
			socket.setSoTimeout(20_000);
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.contains("HTTP/1.1 408");
		}
	}

	/** What comes, from its first byte until nothing has come for so long. */
	private static String untilQuiet(Socket socket, Duration quiet) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		socket.setSoTimeout(20_000);
		try {
			for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
				all.write(next);
				socket.setSoTimeout((int) quiet.toMillis());
			}
		}
		catch (SocketTimeoutException ex) {
			assertThat(all.size()).isPositive();
		}
		return all.toString(StandardCharsets.UTF_8);
	}

}
