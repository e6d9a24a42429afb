package pl.bramka.gateway.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.JWSAlgorithm;

/**
 * Makes files of keys, readable by their owner only.
 */
public final class KeyFile {

	/** Keys that a gateway made for itself are called so, and no other. */
	static final String LOCAL = "local-";

	private static final int RSA_BITS = 2048;

	static final int SECRET_BITS = 256;

	private KeyFile() {
	}

	/**
	 * Makes a file with one key of each kind, for a real installation.
	 * @param file must not exist yet
	 * @throws IOException if it cannot be written, or exists
	 */
	public static void make(Path file) throws IOException {
		write(file, "");
	}

	/** Makes a file that only the local environment takes. */
	static void makeLocal(Path file) throws IOException {
		write(file, LOCAL);
	}

	private static void write(Path file, String prefix) throws IOException {
		try {
			JWK signing = new RSAKeyGenerator(RSA_BITS).keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.PS256)
				.keyID(prefix + UUID.randomUUID())
				.generate();
			JWKSet keys = new JWKSet(List.of(signing, secret(prefix, KeyOperation.ENCRYPT),
					secret(prefix, KeyOperation.SIGN), secret(prefix, KeyOperation.DERIVE_BITS)));
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.write(file, keys.toString(false).getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("keys cannot be made", ex);
		}
	}

	private static JWK secret(String prefix, KeyOperation operation) throws JOSEException {
		return new OctetSequenceKeyGenerator(SECRET_BITS).keyOperations(Set.of(operation))
			.keyID(prefix + UUID.randomUUID())
			.generate();
	}

}
