package pl.bramka.gateway;

import java.net.http.HttpResponse;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads answers in tests.
 */
public final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	/** The body of an answer. */
	public static JsonNode of(HttpResponse<String> answer) {
		return MAPPER.readTree(answer.body());
	}

	/** Reads anything. */
	public static JsonNode of(String text) {
		return MAPPER.readTree(text);
	}

	/** Writes anything. */
	public static String text(Object value) {
		return MAPPER.writeValueAsString(value);
	}

	/** The member {@code code} of a problem. */
	public static String code(HttpResponse<String> answer) {
		return of(answer).path("code").asString("");
	}

}
