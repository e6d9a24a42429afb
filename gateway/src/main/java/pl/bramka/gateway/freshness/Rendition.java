package pl.bramka.gateway.freshness;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An answer as it is sent: its bytes, and a strong entity tag (RFC 9110, section 8.8.3)
 * over content and state but not over age. An app that asks again is told "not modified"
 * although the same data was loaded anew.
 *
 * @param <T> the shape that was written; only the API's description reads it
 */
public final class Rendition<T> {

	/** Cannot occur inside a JSON string, whose quotes are escaped. */
	private static final byte[] AGE = "\"asOf\":\"".getBytes(StandardCharsets.US_ASCII);

	/** 128 bits of SHA-256: more than enough to tell two versions apart. */
	private static final int TAG_BYTES = 16;

	private final byte[] body;

	private final String tag;

	private Rendition(byte[] body, String tag) {
		this.body = body;
		this.tag = tag;
	}

	/**
	 * Writes an answer.
	 * @param json the writer
	 * @param answer what to write; members {@code asOf} at any depth are not in the tag
	 * @param <T> its shape
	 * @return its bytes and tag
	 */
	public static <T> Rendition<T> of(JsonMapper json, T answer) {
		byte[] body = json.writeValueAsBytes(answer);
		return new Rendition<>(body, tag(body));
	}

	/**
	 * Whether the customer pulled to refresh: the app says so with {@code no-cache}.
	 * @param cacheControl the header {@code Cache-Control} of the request, or nothing
	 * @return whether nothing may be answered from memory
	 */
	public static boolean isWantedAnew(@Nullable String cacheControl) {
		return cacheControl != null && cacheControl.toLowerCase(Locale.ROOT).contains("no-cache");
	}

	/**
	 * The answer with its headers; becomes 304 if the app has the same.
	 * @return status 200, the tag, and permission to keep it that must be asked for
	 */
	public ResponseEntity<Rendition<T>> ok() {
		return ResponseEntity.ok()
			.eTag(this.tag)
			.header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
			.contentType(MediaType.APPLICATION_JSON)
			.body(this);
	}

	byte[] body() {
		return this.body;
	}

	String tag() {
		return this.tag;
	}

	private static String tag(byte[] body) {
		MessageDigest digest = sha256();
		int from = 0;
		for (int i = 0; i < body.length; i++) {
			if (body[i] == '"' && isAge(body, i)) {
				digest.update(body, from, i - from);
				i += AGE.length;
				while (body[i] != '"') {
					i++;
				}
				from = i + 1;
			}
		}
		digest.update(body, from, body.length - from);
		return '"' + HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES) + '"';
	}

	private static boolean isAge(byte[] body, int from) {
		return body.length - from > AGE.length && Arrays.equals(body, from, from + AGE.length, AGE, 0, AGE.length);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JVM has SHA-256", ex);
		}
	}

}
