package pl.bramka.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.web.util.UriUtils;

/**
 * A form to post.
 *
 * @param name what the call is called where it is measured
 * @param path the path below the system's base URL
 * @param headers beside those that every form has
 * @param fields in their order
 */
public record FormPost(String name, String path, Map<String, String> headers, Map<String, String> fields) {

	/** As {@code application/x-www-form-urlencoded}; no value can leave its field. */
	static byte[] encoded(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + '=' + UriUtils.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"))
			.getBytes(StandardCharsets.UTF_8);
	}

	/** Never the values. */
	@Override
	public String toString() {
		return "FormPost[" + this.name + "]";
	}

}
