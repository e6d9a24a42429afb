package pl.bramka.gateway.connections;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller that asks again and again and takes no answer.
 */
class UnreadAnswersTest {

	private static final AtomicInteger ASKED = new AtomicInteger();

	private static void add(GenericApplicationContext context) {
		context.registerBean(RouterFunction.class,
				() -> RouterFunctions.route().GET("/v1/test-only/long", (request) -> {
					ASKED.incrementAndGet();
					return ServerResponse.ok().bodyValue(new byte[400_000]);
				}).build());
	}

	@Test
	void doNotPileUp() throws IOException {
		try (TestGateway gateway = TestGateway.startWith(UnreadAnswersTest::add); Socket socket = new Socket()) {
			Phone phone = gateway.signedIn("anna");
			socket.setReceiveBufferSize(4096);
			socket.connect(new InetSocketAddress("localhost", gateway.url().getPort()), 5000);
			assertThat(askUntilNotHeard(phone, socket)).isLessThan(3);
		}
	}

	private static int askUntilNotHeard(Phone phone, Socket socket) throws IOException {
		try {
			for (int i = 1; i < 20; i++) {
				socket.getOutputStream().write(request(phone).getBytes(StandardCharsets.US_ASCII));
				int heard = i;
				Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> ASKED.get() == heard);
			}
		}
		catch (ConditionTimeoutException ex) {
			// Not heard any more.
		}
		return ASKED.get();
	}

	private static String request(Phone phone) {
		String token = phone.tokens().orElseThrow().accessToken();
		String proof = phone.key().proof("GET", URI.create(TestGateway.PUBLIC_URL + "/v1/test-only/long"), token);
		return "GET /v1/test-only/long HTTP/1.1\r\nHost: localhost\r\nAuthorization: DPoP " + token + "\r\nDPoP: "
				+ proof + "\r\nApp-Platform: android\r\nApp-Version: 3.4.1\r\nApp-OS-Version: 14\r\n\r\n";
	}

	/** Half a megabyte each, for anybody who asks. */
	@Test
	void ofWhatIsTheSameForAllTakeNoMemory() throws IOException {
		PooledByteBufAllocatorMetric memory = PooledByteBufAllocator.DEFAULT.metric();
		List<Socket> callers = new ArrayList<>();
		try (TestGateway gateway = TestGateway.start()) {
			assertThat(Call.get(gateway.url(), "/v1/openapi.json").send().body()).hasSizeGreaterThan(400_000);
			long before = memory.usedDirectMemory();
			for (int i = 0; i < 60; i++) {
				Socket socket = new Socket();
				callers.add(socket);
				socket.setReceiveBufferSize(4096);
				socket.connect(new InetSocketAddress("localhost", gateway.url().getPort()), 5000);
				socket.getOutputStream()
					.write("GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
						.getBytes(StandardCharsets.US_ASCII));
			}
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> {
				for (Socket socket : callers) {
					if (socket.getInputStream().available() == 0) {
						return false;
					}
				}
				return true;
			});
			assertThat(memory.usedDirectMemory() - before).isLessThan(12L * 1024 * 1024);
		}
		finally {
			for (Socket socket : callers) {
				socket.close();
			}
		}
	}

}
