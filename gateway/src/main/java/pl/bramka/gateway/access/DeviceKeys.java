package pl.bramka.gateway.access;

import java.text.ParseException;
import java.util.Map;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;

import org.springframework.stereotype.Component;

/**
 * The device keys that proofs carry in their header. A device sends the same header each
 * time, so what it says is read and checked once, and kept under its exact bytes once a
 * signature has shown that somebody has the key: strangers cannot fill the memory.
 */
@Component
final class DeviceKeys {

	private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

	/** More would be an attempt to choose a key or a rule for us. */
	private static final Set<String> HEADERS = Set.of("typ", "alg", "jwk");

	private final ProofSignatures signatures;

	private final StrictJwt strict;

	private final Cache<String, DeviceKey> known;

	DeviceKeys(AccessProperties settings, ProofSignatures signatures, StrictJwt strict) {
		this.signatures = signatures;
		this.strict = strict;
		this.known = Caffeine.newBuilder().maximumSize(settings.rememberedTokens()).build();
	}

	/**
	 * A key that may sign proofs.
	 *
	 * @param header the header it came in
	 * @param verifier checks its signatures
	 * @param thumbprint names the device (RFC 7638)
	 */
	record DeviceKey(JWSHeader header, JWSVerifier verifier, String thumbprint) {
	}

	/**
	 * The key of a proof, if the key has signed it.
	 * @param header the first part of the compact form
	 * @param signed the first two parts, as they were signed
	 * @param signature the third part
	 * @throws IllegalArgumentException if the header is none of a proof, or the signature
	 * is not that key's
	 */
	DeviceKey signer(String header, byte[] signed, String signature) {
		DeviceKey kept = this.known.getIfPresent(header);
		DeviceKey key = (kept != null) ? kept : read(header);
		try {
			if (!key.verifier().verify(key.header(), signed, new Base64URL(signature))) {
				throw new IllegalArgumentException("not signed by its key");
			}
		}
		catch (JOSEException ex) {
			throw new IllegalArgumentException("no signature");
		}
		if (kept == null) {
			this.known.put(header, key);
		}
		return key;
	}

	private DeviceKey read(String part) {
		Map<String, Object> members = this.strict.object(part);
		if (!members.keySet().equals(HEADERS)) {
			throw new IllegalArgumentException("not the header of a proof");
		}
		try {
			JWSHeader header = JWSHeader.parse(new Base64URL(part));
			boolean plain = TYPE.equals(header.getType()) && JWSAlgorithm.ES256.equals(header.getAlgorithm());
			if (!plain || !(header.getJWK() instanceof ECKey key) || key.isPrivate()
					|| !Curve.P_256.equals(key.getCurve())) {
				throw new IllegalArgumentException("not the header of a proof");
			}
			return new DeviceKey(header, this.signatures.verifier(key), key.computeThumbprint().toString());
		}
		catch (ParseException | JOSEException ex) {
			throw new IllegalArgumentException("not the header of a proof");
		}
	}

}
