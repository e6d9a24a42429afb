package pl.bramka.gateway.docs;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;

@ExtendWith(RunningGateway.class)
class ScratchTest {

	@Test
	void x(TestGateway gateway) throws Exception {
		for (String p : new String[] { "/v1/openapi.json", "/v1/docs", "/v1/docs/start.js", "/v1/docs/swagger-ui.css",
				"/v1/docs/swagger-ui-bundle.js", "/v3/api-docs", "/swagger-ui.html",
				"/webjars/swagger-ui/5.32.11/index.css", "/docs/index.html", "/.well-known/jwks.json" }) {
			var a = Call.get(gateway.url(), p).send();
			System.out.println("XX " + p + " " + a.statusCode() + " " + a.headers().map() + " " + a.body().length());
			if (p.endsWith("openapi.json"))
				Files.writeString(Path.of("/tmp/contract-openapi.json"), a.body());
			if (p.endsWith("jwks.json"))
				System.out.println("XX " + a.body());
		}
	}

}
