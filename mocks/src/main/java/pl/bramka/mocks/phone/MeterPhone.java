package pl.bramka.mocks.phone;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a phone does with meters. Each call gives back the answer as it came, and throws
 * if there was none.
 */
sealed interface MeterPhone permits Phone {

	String METERS = "/v1/meters";

	<T> HttpResponse<T> send(String method, String path, @Nullable String json, BodyHandler<T> handler,
			String... headers) throws IOException;

	/** All meters. */
	default HttpResponse<String> meters(String... headers) throws IOException {
		return send("GET", METERS, null, BodyHandlers.ofString(), headers);
	}

	/** What may be read on a meter today. */
	default HttpResponse<String> readingOptions(String id, String... headers) throws IOException {
		return send("GET", METERS + "/" + id + "/reading-options", null, BodyHandlers.ofString(), headers);
	}

	/** What was read on a meter. */
	default HttpResponse<String> readings(String id, String... headers) throws IOException {
		return send("GET", readingsPath(id), null, BodyHandlers.ofString(), headers);
	}

	/** Gives a reading of today; the same key never gives a second one. */
	default HttpResponse<String> read(String id, String key, boolean sure, List<Map.Entry<String, BigDecimal>> values)
			throws IOException {
		return send("POST", readingsPath(id), readingBody(values, sure), BodyHandlers.ofString(), "Idempotency-Key",
				key);
	}

	static String readingsPath(String id) {
		return METERS + "/" + id + "/readings";
	}

	static String readingBody(List<Map.Entry<String, BigDecimal>> values, boolean sure) {
		return JsonMapper.shared()
			.writeValueAsString(Map.of("values",
					values.stream()
						.map((value) -> Map.of("register", value.getKey(), "value", value.getValue()))
						.toList(),
					"confirmed", sure));
	}

}
