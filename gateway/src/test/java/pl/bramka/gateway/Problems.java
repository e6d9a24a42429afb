package pl.bramka.gateway;

import java.net.http.HttpResponse;
import java.util.Locale;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every answer that is no success has, and never has.
 */
public final class Problems {

	private Problems() {
	}

	/** The whole form of a problem. */
	public static void assertProblem(HttpResponse<String> answer, int status, String code) {
		assertThat(Json.code(answer)).isEqualTo(code);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "server", "x-powered-by", "etag");
		JsonNode problem = Json.of(answer);
		assertThat(problem.propertyNames()).contains("type", "title", "status", "detail", "code", "retryable",
				"requestId");
		assertThat(problem.get("status").asInt()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Request-Id")).contains(problem.get("requestId").asString());
		assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503 || status == 429);
		assertSaysNothingOfItself(answer.body());
	}

	/** No name of a class or a library, no version, no message of an exception. */
	public static void assertSaysNothingOfItself(String text) {
		assertThat(text.toLowerCase(Locale.ROOT))
			.doesNotContain("exception", "java", "pl.bramka", "org.", "com.", "spring", "netty", "reactor", "jackson",
					"nimbus", "h2", "r2dbc", "sql", "stack", "trace", "path\"", "timestamp", "whitelabel")
			.doesNotContainPattern("\\d+\\.\\d+\\.\\d+");
	}

}
