package pl.bramka.gateway.access;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jwt.SignedJWT;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Reads a signed JWT that can be understood in one way only: no member twice (RFC 8725,
 * section 2.4; RFC 7515, section 4), no second spelling of the same bytes (RFC 4648,
 * section 3.5), and in its header what the caller expects, no more and no less. Anything
 * else there is an attempt to choose a key or a rule for us. Verifies nothing.
 */
@Component
final class StrictJwt {

	private final ObjectReader reader = JsonMapper
		.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
		.build()
		.readerForMapOf(Object.class);

	/**
	 * Reads a token.
	 * @param token the compact form
	 * @param headers the header parameters it must have, and no other
	 * @throws IllegalArgumentException whatever is wrong with it
	 */
	SignedJWT parse(String token, Set<String> headers) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3 || !object(parts[0]).keySet().equals(headers)) {
			throw refused();
		}
		object(parts[1]);
		decoded(parts[2]);
		try {
			SignedJWT jwt = SignedJWT.parse(token);
			// Read here, where nothing the library makes of nonsense does harm.
			jwt.getJWTClaimsSet();
			return jwt;
		}
		catch (ParseException | RuntimeException ex) {
			throw refused();
		}
	}

	/**
	 * Reads one part of a token.
	 * @param part base64url of a JSON object
	 * @return its members
	 * @throws IllegalArgumentException whatever is wrong with it
	 */
	Map<String, Object> object(String part) {
		try {
			Map<String, Object> object = this.reader.readValue(decoded(part));
			if (object == null) {
				throw refused();
			}
			return object;
		}
		catch (JacksonException ex) {
			throw refused();
		}
	}

	/**
	 * Decodes one part of a token.
	 * @param part base64url, in its one right spelling
	 * @return the bytes
	 * @throws IllegalArgumentException if it is none, or has another spelling
	 */
	static byte[] decoded(String part) {
		byte[] text = part.getBytes(StandardCharsets.US_ASCII);
		byte[] bytes = Base64.getUrlDecoder().decode(text);
		if (!part
			.equals(new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII))) {
			throw refused();
		}
		return bytes;
	}

	/** Says nothing of the token: it may be somebody's. */
	private static IllegalArgumentException refused() {
		return new IllegalArgumentException("no unambiguous JWT");
	}

}
