package pl.bramka.gateway.load;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Which calls matter how much. */
class ImportancesTests {

	private final Importances importances = new Importances(new LoadProperties(Duration.ofMillis(15), 100,
			List.of("POST /v1/sessions", "POST /v1/sessions/**", "GET /v1/payments/{id}"),
			List.of("GET /v1/payments")));

	@ParameterizedTest
	@CsvSource({ "POST, /v1/sessions, CRITICAL", "POST, /v1/sessions/pin, CRITICAL", "GET, /v1/sessions, NORMAL",
			"GET, /v1/payments/7, CRITICAL", "GET, /v1/payments, BACKGROUND", "GET, /v1/home, NORMAL",
			"GET, /nowhere, NORMAL", "BREW, /v1/sessions, NORMAL" })
	void followTheSettings(String method, String path, Importance importance) {
		assertThat(this.importances.of(MockServerHttpRequest.method(HttpMethod.valueOf(method), path).build()))
			.isEqualTo(importance);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Priority | u=5 | BACKGROUND", "Priority | i, u=7 | BACKGROUND", "Priority | u=4 | NORMAL",
					"Priority | u=55 | NORMAL", "Priority | u=0 | NORMAL", "Priority | menu=5 | NORMAL",
					"Cache-Control | no-cache | BACKGROUND", "Cache-Control | max-age=0 | NORMAL" })
	void followWhatAnAppSaysCanWait(String header, String value, Importance importance) {
		assertThat(this.importances.of(MockServerHttpRequest.get("/v1/home").header(header, value).build()))
			.isEqualTo(importance);
	}

	@Test
	void leaveCriticalCallsWhatTheyAre() {
		assertThat(this.importances.of(MockServerHttpRequest.post("/v1/sessions").header("Priority", "u=7").build()))
			.isEqualTo(Importance.CRITICAL);
	}

}
