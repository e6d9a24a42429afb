package pl.bramka.gateway.access;

import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Refuses JSON that two readers could understand differently: a member that comes twice
 * (RFC 8725, section 2.4; RFC 7515, section 4).
 */
@Component
final class StrictJson {

	private final ObjectReader reader = JsonMapper
		.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
		.build()
		.readerFor(Map.class);

	/**
	 * Reads and forgets.
	 * @throws IllegalArgumentException if it is no JSON object or has a member twice
	 */
	void check(byte[] json) {
		try {
			this.reader.readValue(json);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("ambiguous JSON");
		}
	}

}
