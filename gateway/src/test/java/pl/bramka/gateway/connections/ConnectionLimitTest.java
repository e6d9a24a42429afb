package pl.bramka.gateway.connections;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.observability.Names;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node takes as many connections as it can carry.
 */
class ConnectionLimitTest {

	@Test
	void tellsOneTooManyAndClosesIt() throws IOException {
		try (TestGateway gateway = TestGateway.start("bramka.connections.most=20")) {
			List<Socket> callers = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				callers.add(new Socket("localhost", gateway.url().getPort()));
			}
			MeterRegistry meters = gateway.bean(MeterRegistry.class);
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> meters.get(Names.CONNECTIONS).gauge().value() == 20);
			assertThat(oneMore(gateway)).startsWith("HTTP/1.1 503")
				.containsIgnoringCase("retry-after: 5")
				.containsIgnoringCase("connection: close")
				.contains("\"code\":\"overloaded\"");
			assertThat(Call.get(gateway.managementUrl(), "/actuator/health/readiness").send().statusCode())
				.isEqualTo(200);
			for (Socket caller : callers) {
				caller.close();
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> meters.get(Names.CONNECTIONS).gauge().value() == 0);
			assertThat(Call.get(gateway.url(), "/v1/problems").send().statusCode()).isEqualTo(200);
		}
	}

	/** Sends nothing: it is told all the same, and at once. */
	private static String oneMore(TestGateway gateway) throws IOException {
		try (Socket caller = new Socket("localhost", gateway.url().getPort())) {
			caller.setSoTimeout(5000);
			return new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
