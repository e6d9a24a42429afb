package pl.bramka.gateway.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;

/** An identity provider that says yes to everything and nothing else. */
class SilentProviderTest {

	@Test
	void opensNothing() throws IOException {
		HttpServer silent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		silent.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		silent.start();
		String url = "http://localhost:" + silent.getAddress().getPort() + "/realms/portal";
		try (TestGateway gateway = TestGateway.start("bramka.upstreams.identity.base-url=" + url)) {
			Problems.assertProblem(gateway.phone().signIn("anna@example.com", "Haslo-123!"), 503,
					"identity-unavailable");
		}
		finally {
			silent.stop(0);
		}
	}

}
