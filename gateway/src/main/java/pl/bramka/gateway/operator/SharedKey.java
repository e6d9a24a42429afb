package pl.bramka.gateway.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The key that the operator and we share: what either says is signed by a hash over its
 * values and the key.
 */
final class SharedKey {

	static final String SEPARATOR = "|";

	private final String key;

	SharedKey(String key) {
		this.key = key;
	}

	/** Over the values in their order; empty ones are left out. */
	String hash(List<String> values) {
		StringBuilder text = new StringBuilder();
		for (String value : values) {
			if (!value.isEmpty()) {
				text.append(value).append(SEPARATOR);
			}
		}
		byte[] bytes = text.append(this.key).toString().getBytes(StandardCharsets.UTF_8);
		return HexFormat.of().formatHex(sha256().digest(bytes));
	}

	/**
	 * Whether the hash is the one of the values, in the same time for every wrong one.
	 */
	boolean signed(List<String> values, String hash) {
		return MessageDigest.isEqual(hash(values).getBytes(StandardCharsets.UTF_8),
				hash.getBytes(StandardCharsets.UTF_8));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Never the key. */
	@Override
	public String toString() {
		return "SharedKey";
	}

}
