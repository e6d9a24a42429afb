package pl.bramka.gateway.ratelimit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/** The limits that are shipped, on what changes something at other systems. */
class ShippedLimitsTest {

	private static TestGateway gateway;

	@BeforeAll
	static void start() throws IOException {
		gateway = TestGateway.startLimited(Files.readString(Path.of("../config/rate-limits.yml")));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			anna  | contact-changes | 10 | PATCH | /v1/customer/contact | {}
			jan   | messages        | 10 | POST  | /v1/messages         | {}
			maria | changes         | 30 | POST  | /v1/meters/1/readings | {}
			""")
	void boundWhatOneCustomerMayChange(String persona, String policy, int limit, String method, String path,
			String body) throws IOException {
		Phone phone = gateway.signedIn(persona);
		// Signing in and accepting terms was counted by the widest of them.
		int passed = 0;
		HttpResponse<String> answer = phone.send(method, path, body, "Idempotency-Key", UUID.randomUUID().toString());
		while (answer.statusCode() != 429 && passed <= limit) {
			assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
			passed++;
			answer = phone.send(method, path, body, "Idempotency-Key", UUID.randomUUID().toString());
		}
		Problems.assertProblem(answer, 429, "too-many-requests");
		assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).contains("\"" + policy + "-");
		assertThat(passed).isBetween(limit - 2, limit + 1);
		assertThat(gateway.signedIn("olga").send(method, path, body).statusCode()).as("a neighbour").isNotEqualTo(429);
	}

}
