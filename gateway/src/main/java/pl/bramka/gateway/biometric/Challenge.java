package pl.bramka.gateway.biometric;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A challenge for the key behind a fingerprint, good once.
 *
 * @param challenge 256 random bits, base64url
 * @param expiresAt from then on it is good for nothing
 */
record Challenge(@Schema(example = "9pF1m0m4cX3u2bq0Yv1b6yq2rXn8s4t6w0z3d5f7h9k") String challenge, Instant expiresAt) {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int BYTES = 32;

	private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

	/** A new one. Random numbers are read from the system, so not on an event loop. */
	static Challenge until(Instant expiresAt) {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return new Challenge(BASE64.encodeToString(bytes), expiresAt);
	}

	/** What the database knows a challenge by. */
	static String hash(String challenge) {
		try {
			return BASE64.encodeToString(
					MessageDigest.getInstance("SHA-256").digest(challenge.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JVM has SHA-256", ex);
		}
	}

	/** Never the challenge. */
	@Override
	public String toString() {
		return "Challenge";
	}

}
