package pl.bramka.mocks.identity;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/**
 * The RSA keys of the realm: the newest signs, it and the one before are published.
 */
final class SigningKeys {

	private static final int PUBLISHED = 2;

	private final List<RSAKey> keys = new ArrayList<>(List.of(generate()));

	private @Nullable RSAKey unpublished;

	synchronized void rotate() {
		this.keys.addFirst(generate());
		while (this.keys.size() > PUBLISHED) {
			this.keys.removeLast();
		}
	}

	synchronized Map<String, Object> published() {
		return new JWKSet(List.copyOf(this.keys)).toJSONObject(true);
	}

	String sign(JWTClaimsSet claims) {
		return signed(claims, newest());
	}

	/**
	 * Signs with a key that nobody can look up.
	 */
	String signUnknown(JWTClaimsSet claims) {
		return signed(claims, unpublished());
	}

	/**
	 * The claims of a token that one of the published keys signed.
	 * @param token compact form
	 * @return empty if it is anything else
	 */
	Optional<JWTClaimsSet> verified(String token) {
		try {
			SignedJWT jwt = SignedJWT.parse(token);
			RSAKey key = (RSAKey) JWKSet.parse(published()).getKeyByKeyId(jwt.getHeader().getKeyID());
			return (key != null && jwt.verify(new RSASSAVerifier(key))) ? Optional.of(jwt.getJWTClaimsSet())
					: Optional.empty();
		}
		catch (ParseException | JOSEException ex) {
			return Optional.empty();
		}
	}

	private synchronized RSAKey newest() {
		return this.keys.getFirst();
	}

	private synchronized RSAKey unpublished() {
		RSAKey key = this.unpublished;
		if (key == null) {
			key = generate();
			this.unpublished = key;
		}
		return key;
	}

	private static String signed(JWTClaimsSet claims, RSAKey key) {
		try {
			JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT)
				.keyID(key.getKeyID())
				.build();
			SignedJWT jwt = new SignedJWT(header, claims);
			jwt.sign(new RSASSASigner(key));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static RSAKey generate() {
		try {
			return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString())
				.keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.RS256)
				.generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
