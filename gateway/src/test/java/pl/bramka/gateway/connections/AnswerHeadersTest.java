package pl.bramka.gateway.connections;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.RawCall;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every answer carries, whoever wrote it.
 */
@ExtendWith(RunningGateway.class)
class AnswerHeadersTest {

	private static final Map<String, String> EXPECTED = Map.of("x-content-type-options", "nosniff",
			"content-security-policy", "default-src 'none'; frame-ancestors 'none'", "referrer-policy", "no-referrer",
			"strict-transport-security", "max-age=31536000; includeSubDomains");

	private final TestGateway gateway;

	AnswerHeadersTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private static void assertCarried(HttpResponse<String> answer, String caching) {
		EXPECTED.forEach((name, value) -> assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
		assertThat(answer.headers().allValues("cache-control")).containsExactly(caching);
		assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by", "via", "x-frame-options",
				"x-xss-protection", "pragma", "expires", "content-encoding");
	}

	@Test
	void areOnAnswersOfFeatures() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		HttpResponse<String> answer = phone.get("/v1/contracts");
		assertCarried(answer, "private, no-cache");
		HttpResponse<String> again = phone.get("/v1/contracts", "If-None-Match",
				answer.headers().firstValue("ETag").orElseThrow());
		assertThat(again.statusCode()).isEqualTo(304);
		assertCarried(again, "private, no-cache");
		assertCarried(phone.get("/v1/problems"), "no-store");
	}

	@Test
	void areOnProblems() throws IOException {
		assertCarried(this.gateway.phone().get("/v1/home"), "no-store");
		assertCarried(this.gateway.signedIn("anna").get("/v1/nothing"), "no-store");
		assertCarried(this.gateway.phone().get("/actuator"), "no-store");
		assertCarried(this.gateway.phone().send("POST", "/v1/sessions", "{}"), "no-store");
	}

	@Test
	void areOnWhatIsRefusedBeforeAnybodySeesIt() throws IOException {
		for (String request : List.of("x\r\n\r\n", "TRACE / HTTP/1.1\r\n\r\n")) {
			RawCall.Answer answer = RawCall.send(this.gateway.url(), request);
			EXPECTED.forEach((name, value) -> assertThat(answer.head()).containsOnlyOnce(name + ": " + value));
			assertThat(answer.head()).containsOnlyOnce("cache-control: no-store").doesNotContainIgnoringCase("server:");
		}
	}

	@Test
	void areOnAnswersOfManagement() throws IOException {
		assertCarried(Call.get(this.gateway.managementUrl(), "/actuator/health").send(), "no-store");
	}

	/**
	 * Compressed beside what a caller chooses, a token's letters would show in the
	 * length.
	 */
	@Test
	void neverSayThatAnAnswerIsCompressed() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		for (String encoding : List.of("gzip", "br, gzip, deflate", "*")) {
			assertCarried(phone.get("/v1/home", "Accept-Encoding", encoding),
					phone.get("/v1/home").headers().firstValue("cache-control").orElseThrow());
		}
	}

	@Test
	void doNotPromiseEncryptionWhereThereIsNone() throws IOException {
		try (TestGateway plain = TestGateway.start("bramka.access.public-url=http://localhost:8080")) {
			HttpResponse<String> answer = Call.get(plain.url(), "/v1/problems").send();
			assertThat(answer.headers().map()).containsKey("referrer-policy")
				.doesNotContainKey("strict-transport-security");
		}
	}

}
