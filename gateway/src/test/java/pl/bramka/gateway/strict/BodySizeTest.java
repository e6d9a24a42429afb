package pl.bramka.gateway.strict;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RawCall;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How large a body may be, and what it costs while it is refused.
 */
class BodySizeTest {

	private static final int MOST = 64 * 1024;

	private static final int MOST_OF_NOTIFICATIONS = 256 * 1024;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.strict.bodies=2MB");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void forget() {
		gateway.mocks().reset();
	}

	private static HttpResponse<String> post(String path, BodyPublisher body) throws IOException {
		String proof = gateway.phone().key().proof("POST", TestGateway.PUBLIC_URL.resolve(path), null);
		return Call.of("POST", gateway.url(), path, body)
			.header("Content-Type", "application/json")
			.header("DPoP", proof)
			.send();
	}

	private static BodyPublisher whole(int size) {
		return BodyPublishers.ofByteArray("x".repeat(size).getBytes(StandardCharsets.US_ASCII));
	}

	private static BodyPublisher chunked(int size) {
		byte[] body = "x".repeat(size).getBytes(StandardCharsets.US_ASCII);
		return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
	}

	@ParameterizedTest
	@CsvSource({ "/v1/sessions, 65536, 400", "/v1/home, 65536, 401", "/v1/operator/notifications, 262144, 415" })
	void readsTheLargestBody(String path, int size, int status) throws IOException {
		assertThat(post(path, whole(size)).statusCode()).isEqualTo(status);
		assertThat(post(path, chunked(size)).statusCode()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/sessions, 65537", "/v1/home, 65537", "/v1/nothing, 5000000", "/v1/operator/notifications, 262145",
			"/v1/operator/notifications/, 65537" })
	void refusesALargerBodyOnOpenAndGuardedCalls(String path, int size) throws IOException {
		Problems.assertProblem(post(path, whole(size)), 413, "payload-too-large");
		Problems.assertProblem(post(path, chunked(size)), 413, "payload-too-large");
		assertThat(gateway.asked()).isEmpty();
	}

	@Test
	void refusesALengthBeforeAnythingOfTheBodyCame() throws IOException {
		RawCall.Answer answer = RawCall.send(gateway.url(),
				"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n");
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.head()).containsIgnoringCase("connection: close");
	}

	@Test
	void turnsAwayBodiesThatDoNotFitTogether() throws Exception {
		String head = "POST /v1/operator/notifications HTTP/1.1\r\nHost: localhost\r\nContent-Length: 262144\r\n\r\n";
		Socket[] callers = new Socket[8];
		try {
			for (int i = 0; i < callers.length; i++) {
				callers[i] = new Socket("localhost", gateway.url().getPort());
				write(callers[i], head + "x".repeat(MOST_OF_NOTIFICATIONS - 1));
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> Problems.assertProblem(post("/v1/sessions", whole(MOST)), 503, "overloaded"));
			assertThat(gateway.phone().get("/v1/problems").statusCode()).isEqualTo(200);
		}
		finally {
			for (Socket caller : callers) {
				caller.close();
			}
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> post("/v1/sessions", whole(MOST)).statusCode() == 400);
	}

	/** A part of one byte, kept as it came, would keep the buffer it was read into. */
	@Test
	void keepsItsMemoryFlatWhateverIsSent() throws Exception {
		PooledByteBufAllocatorMetric memory = PooledByteBufAllocator.DEFAULT.metric();
		post("/v1/sessions", whole(MOST));
		long before = memory.usedDirectMemory();
		AtomicLong most = new AtomicLong(before);
		Call.together(20, () -> {
			try (Socket caller = new Socket("localhost", gateway.url().getPort())) {
				caller.setTcpNoDelay(true);
				write(caller, "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
				for (int i = 0; i < 3000; i++) {
					write(caller, "1\r\nx\r\n");
				}
				write(caller, ("400\r\n" + "x".repeat(1024) + "\r\n").repeat(5000));
				most.accumulateAndGet(memory.usedDirectMemory(), Math::max);
				return read(caller);
			}
			catch (SocketException ex) {
				return "cut";
			}
		}).forEach((answer) -> assertThat(answer).matches("(?s)cut|HTTP/1.1 413.*|"));
		assertThat(most.get() - before).isLessThan(24L * 1024 * 1024);
		// What the node let go meanwhile it takes again.
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> post("/v1/home", whole(1)).statusCode() == 401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "DELETE" })
	void readsNoBodyWhereNoneIsMeant(String method) throws IOException {
		HttpResponse<String> answer = Call.of(method, gateway.url(), "/v1/home", whole(10)).send();
		Problems.assertProblem(answer, 400, "malformed-request");
	}

	@Test
	void readsFlatJsonOnly() {
		JsonMapper json = gateway.bean(JsonMapper.class);
		assertThat(json.readTree("[".repeat(32) + "]".repeat(32)).isArray()).isTrue();
		assertThatExceptionOfType(StreamConstraintsException.class)
			.isThrownBy(() -> json.readTree("[".repeat(33) + "]".repeat(33)));
		assertThatExceptionOfType(StreamConstraintsException.class)
			.isThrownBy(() -> json.readTree("\"" + "x".repeat(70_000) + "\""));
		assertThatExceptionOfType(StreamConstraintsException.class).isThrownBy(() -> json.readTree("1".repeat(65)));
	}

	@Test
	void answersDeepJsonWithAProblem() throws IOException {
		HttpResponse<String> answer = post("/v1/sessions",
				BodyPublishers.ofString("{\"email\":" + "[".repeat(40) + "]".repeat(40) + "}"));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(Json.code(answer)).isEqualTo("malformed-request");
	}

	private static void write(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	private static String read(Socket socket) throws IOException {
		socket.setSoTimeout(10_000);
		try (InputStream in = socket.getInputStream()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
