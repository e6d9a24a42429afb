package pl.bramka.gateway.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A request that must not happen twice.
 *
 * @param customerId whose; another customer's key of the same name is another key
 * @param operation which operation, at most 40 characters; each has keys of its own
 * @param key what the app calls it: 1 to 255 characters
 * @param content what is asked; the same key with another content is refused
 */
public record Request(String customerId, String operation, String key, String content) {

	/** What a key may be: printable ASCII (RFC 8941, strings), as apps send it. */
	public static final String KEY = "[\\x21-\\x7e]{1,255}";

	/** SHA-256 of the content, base64url. */
	String hash() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(this.content.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Neither whose nor what. */
	@Override
	public String toString() {
		return "Request[" + this.operation + "]";
	}

}
