package pl.bramka.mocks.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's hash: lower-case hexadecimal SHA-256 of the values joined by a bar, then
 * the shared key. Absent and empty values are left out.
 */
final class Hash {

	static final String KEY = "demo-shared-key";

	private Hash() {
	}

	static String of(List<String> values) {
		String joined = Stream.concat(values.stream(), Stream.of(KEY))
			.filter((value) -> !value.isEmpty())
			.collect(Collectors.joining("|"));
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(joined.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
