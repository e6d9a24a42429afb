package pl.bramka.gateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Something public that stays as it is while the gateway runs, with a strong entity tag.
 */
final class Bytes {

	/** Bytes of the tag's hash: more than enough to tell two versions apart. */
	private static final int TAG_BYTES = 16;

	/** Short, so that a new version is seen soon; until then nothing is asked for. */
	private static final Duration KEPT = Duration.ofMinutes(5);

	private final byte[] content;

	private final String tag;

	Bytes(byte[] content) {
		this.content = content;
		this.tag = '"' + HexFormat.of().formatHex(sha256().digest(content), 0, TAG_BYTES) + '"';
	}

	/** Reads a file of the application. */
	static Bytes of(String resource) {
		try {
			return new Bytes(new ClassPathResource(resource).getContentAsByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The answer; becomes 304 if the caller has the same. */
	ResponseEntity<byte[]> ok(MediaType type) {
		return ok(type, HttpHeaders.EMPTY);
	}

	/** The answer with more headers. */
	ResponseEntity<byte[]> ok(MediaType type, HttpHeaders headers) {
		return ResponseEntity.ok()
			.headers(headers)
			.eTag(this.tag)
			.cacheControl(CacheControl.maxAge(KEPT).cachePublic())
			.contentType(type)
			.body(this.content);
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
