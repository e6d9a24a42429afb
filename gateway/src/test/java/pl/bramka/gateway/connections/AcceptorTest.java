package pl.bramka.gateway.connections;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.util.concurrent.EventExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.TestGateway;

import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that come while every event loop has other things to do.
 */
class AcceptorTest {

	/** Sooner than a system tries again that was not let in: after 1 s. */
	private static final int SOON = 900;

	private final AtomicBoolean busy = new AtomicBoolean(true);

	private final List<Socket> callers = new ArrayList<>();

	@AfterEach
	void rest() throws IOException {
		this.busy.set(false);
		for (Socket caller : this.callers) {
			caller.close();
		}
	}

	@Test
	void areTakenAndAnsweredLater() throws IOException {
		try (TestGateway gateway = TestGateway.start("bramka.connections.most=1500")) {
			keepBusy(gateway);
			// More than the system keeps for the port.
			for (int i = 0; i < 2000; i++) {
				connect(gateway);
			}
			this.busy.set(false);
			List<String> answers = new ArrayList<>();
			for (Socket caller : this.callers) {
				answers.add(answer(caller));
			}
			assertThat(answers).contains("HTTP/1.1 200 OK")
				.containsOnly("HTTP/1.1 200 OK", "HTTP/1.1 503 Service Unavailable");
		}
	}

	@Test
	void areNotTakenWithoutEnd() throws Exception {
		try (TestGateway gateway = TestGateway.start("bramka.connections.most=100")) {
			keepBusy(gateway);
			int connected = 0;
			try {
				for (; connected < 300; connected++) {
					connect(gateway);
					if (connected < 100) {
						// So many are taken, by a thread beside busy ones: meanwhile they
						// need no place with the system.
						Thread.sleep(1);
					}
				}
			}
			catch (SocketTimeoutException ex) {
				assertThat(ex).hasMessageContaining("onnect");
			}
			// As many wait for an event loop, and as many with the system.
			assertThat(connected).isBetween(198, 210);
			this.busy.set(false);
			assertThat(answer(this.callers.getFirst())).isEqualTo("HTTP/1.1 200 OK");
			for (Socket caller : this.callers) {
				caller.close();
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> Call.get(gateway.url(), "/v1/problems").send().statusCode() == 200);
		}
	}

	private void connect(TestGateway gateway) throws IOException {
		Socket caller = new Socket();
		this.callers.add(caller);
		caller.connect(new InetSocketAddress("localhost", gateway.url().getPort()), SOON);
		caller.setSoTimeout(20_000);
		caller.getOutputStream()
			.write(String
				.format(Locale.ROOT, "GET /.well-known/jwks.json HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
						gateway.url().getPort())
				.getBytes(StandardCharsets.US_ASCII));
	}

	private static String answer(Socket caller) throws IOException {
		return new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII)).readLine();
	}

	/** Each event loop, until the test is over. */
	private void keepBusy(TestGateway gateway) {
		for (EventExecutor loop : gateway.bean(ReactorResourceFactory.class).getLoopResources().onServer(true)) {
			loop.execute(() -> {
				while (this.busy.get()) {
					// There is always more to do.
				}
			});
		}
	}

}
