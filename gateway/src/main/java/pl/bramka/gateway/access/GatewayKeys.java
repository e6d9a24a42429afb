package pl.bramka.gateway.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

import org.springframework.stereotype.Component;

/**
 * The gateway's own keys, read once at start. Two signing keys at a time make a rotation
 * without a pause: put the new one first, and take the old one away once its tokens have
 * expired.
 */
@Component
final class GatewayKeys {

	private static final int RSA_BITS = 2048;

	private static final int SECRET_BITS = 256;

	private final List<RSAKey> signing;

	private final List<OctetSequenceKey> sealing;

	private final OctetSequenceKey pseudonyms;

	GatewayKeys(AccessProperties settings) {
		JWKSet keys = read(settings.keyFile(), settings.createKeys());
		this.signing = keys.getKeys()
			.stream()
			.filter((key) -> key instanceof RSAKey && KeyUse.SIGNATURE.equals(key.getKeyUse()) && key.isPrivate())
			.map(JWK::toRSAKey)
			.toList();
		this.sealing = secrets(keys, KeyUse.ENCRYPTION);
		List<OctetSequenceKey> pseudonymKeys = secrets(keys, KeyUse.SIGNATURE);
		if (this.signing.isEmpty() || this.sealing.isEmpty() || pseudonymKeys.size() != 1) {
			throw new IllegalStateException("bramka.access.key-file needs an RSA key with use sig, "
					+ "an oct key with use enc and one oct key with use sig");
		}
		this.pseudonyms = pseudonymKeys.getFirst();
	}

	/** The key that signs access tokens. */
	RSAKey signingKey() {
		return this.signing.getFirst();
	}

	/** The keys that verify them, public parts only. */
	List<RSAKey> verificationKeys() {
		return this.signing.stream().map(RSAKey::toPublicJWK).toList();
	}

	/** The keys that seal and unseal, the current one first. */
	List<OctetSequenceKey> sealingKeys() {
		return this.sealing;
	}

	/** The key that turns a person into a pseudonym. */
	OctetSequenceKey pseudonymKey() {
		return this.pseudonyms;
	}

	private static List<OctetSequenceKey> secrets(JWKSet keys, KeyUse use) {
		return keys.getKeys()
			.stream()
			.filter((key) -> key instanceof OctetSequenceKey secret && use.equals(secret.getKeyUse())
					&& secret.size() == SECRET_BITS)
			.map(JWK::toOctetSequenceKey)
			.toList();
	}

	private static JWKSet read(Path file, boolean create) {
		try {
			if (create && Files.notExists(file)) {
				write(file);
			}
			return JWKSet.parse(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("bramka.access.key-file cannot be read", ex);
		}
		catch (ParseException ex) {
			// The cause would quote the file.
			throw new IllegalStateException("bramka.access.key-file is no JWK Set");
		}
	}

	private static void write(Path file) throws IOException {
		try {
			JWKSet keys = new JWKSet(List.of(new RSAKeyGenerator(RSA_BITS).keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.PS256)
				.keyID(UUID.randomUUID().toString())
				.generate(), secret(KeyUse.ENCRYPTION), secret(KeyUse.SIGNATURE)));
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.write(file, keys.toString(false).getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("keys cannot be made", ex);
		}
	}

	private static OctetSequenceKey secret(KeyUse use) throws JOSEException {
		return new OctetSequenceKeyGenerator(SECRET_BITS).keyUse(use).keyID(UUID.randomUUID().toString()).generate();
	}

}
