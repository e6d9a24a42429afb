package pl.bramka.gateway.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

import pl.bramka.gateway.keys.Seal;

/**
 * A refresh token: 256 random bits that only the phone keeps. What is stored of it is its
 * hash, and its successor in a form that only whoever holds this token can read.
 */
final class RefreshToken {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int BYTES = 32;

	/** Base64url characters of 256 bits. */
	private static final int LENGTH = 43;

	private final String value;

	private RefreshToken(String value) {
		this.value = value;
	}

	static RefreshToken next() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	static RefreshToken of(String value) {
		return new RefreshToken(value);
	}

	static boolean isWellFormed(String value) {
		return value.length() == LENGTH;
	}

	/** For the phone only. */
	String value() {
		return this.value;
	}

	/** What the database knows it by. */
	String hash() {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(this.value));
	}

	/** The successor, sealed with this token itself. */
	String seal(RefreshToken successor) {
		return Seal.closeFor(successor.value, key());
	}

	/** The successor that {@link #seal} hid. */
	RefreshToken unseal(String sealed) {
		return new RefreshToken(Seal.openFor(sealed, key()));
	}

	/**
	 * Another function of the token than {@link #hash}, so that the hash opens nothing.
	 */
	private byte[] key() {
		return sha256("successor." + this.value);
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Never the token. */
	@Override
	public String toString() {
		return "RefreshToken";
	}

}
