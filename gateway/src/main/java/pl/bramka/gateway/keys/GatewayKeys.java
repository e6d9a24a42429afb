package pl.bramka.gateway.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;

import org.springframework.stereotype.Component;

/**
 * The gateway's own keys, read once at start. Two keys of a kind at a time make a
 * rotation without a pause: put the new one first, and take the old one away once nothing
 * stands on it any more.
 */
@Component
public final class GatewayKeys {

	private final List<RSAKey> signing;

	private final List<OctetSequenceKey> sealing;

	private final List<OctetSequenceKey> peppers;

	private final OctetSequenceKey pseudonyms;

	GatewayKeys(KeysProperties settings) {
		JWKSet keys = read(settings);
		this.signing = keys.getKeys()
			.stream()
			.filter((key) -> key instanceof RSAKey && KeyUse.SIGNATURE.equals(key.getKeyUse()) && key.isPrivate())
			.map(JWK::toRSAKey)
			.toList();
		this.sealing = secrets(keys, KeyOperation.ENCRYPT);
		this.peppers = secrets(keys, KeyOperation.DERIVE_BITS);
		List<OctetSequenceKey> pseudonymKeys = secrets(keys, KeyOperation.SIGN);
		if (this.signing.isEmpty() || this.sealing.isEmpty() || this.peppers.isEmpty() || pseudonymKeys.size() != 1) {
			throw new IllegalStateException("bramka.keys needs an RSA key with use sig, and oct keys of 256 bits with"
					+ " key_ops encrypt, deriveBits and one with key_ops sign");
		}
		this.pseudonyms = pseudonymKeys.getFirst();
		check(keys, settings.acceptLocal());
	}

	/**
	 * The key that signs access tokens.
	 * @return with its private part
	 */
	public RSAKey signingKey() {
		return this.signing.getFirst();
	}

	/**
	 * The keys that verify access tokens.
	 * @return public parts only, the one that signs now first
	 */
	public List<RSAKey> verificationKeys() {
		return this.signing.stream().map(RSAKey::toPublicJWK).toList();
	}

	/** The keys that seal and unseal, the current one first. */
	List<OctetSequenceKey> sealingKeys() {
		return this.sealing;
	}

	/** The keys that pepper PINs, the current one first. */
	List<OctetSequenceKey> peppers() {
		return this.peppers;
	}

	/** The key that turns a person into a pseudonym. */
	OctetSequenceKey pseudonymKey() {
		return this.pseudonyms;
	}

	private static void check(JWKSet keys, boolean acceptLocal) {
		List<String> names = keys.getKeys().stream().map(JWK::getKeyID).filter(Objects::nonNull).toList();
		if (names.size() != keys.getKeys().size() || Set.copyOf(names).size() != names.size()) {
			throw new IllegalStateException("each key of bramka.keys needs a kid of its own");
		}
		String local = names.stream()
			.filter((name) -> name.startsWith(KeyFile.LOCAL))
			.collect(Collectors.joining(", "));
		if (!acceptLocal && !local.isEmpty()) {
			throw new IllegalStateException(
					"bramka.keys holds keys of a local environment, which protect nothing: " + local);
		}
	}

	private static List<OctetSequenceKey> secrets(JWKSet keys, KeyOperation operation) {
		return keys.getKeys()
			.stream()
			.filter((key) -> key instanceof OctetSequenceKey secret && secret.size() == KeyFile.SECRET_BITS
					&& key.getKeyOperations() != null && key.getKeyOperations().contains(operation))
			.map(JWK::toOctetSequenceKey)
			.toList();
	}

	private static JWKSet read(KeysProperties settings) {
		try {
			if (settings.file() == null) {
				return JWKSet.parse(Objects.requireNonNull(settings.set()));
			}
			if (settings.create() && Files.notExists(settings.file())) {
				KeyFile.makeLocal(settings.file());
			}
			return JWKSet.parse(Files.readString(settings.file()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("bramka.keys.file cannot be read", ex);
		}
		catch (ParseException ex) {
			// The cause would quote the keys.
			throw new IllegalStateException("bramka.keys is no JWK Set");
		}
	}

}
