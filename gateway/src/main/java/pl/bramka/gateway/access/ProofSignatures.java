package pl.bramka.gateway.access;

import java.security.Provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.Conscrypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Verifies signatures of device keys (ES256). Every request carries one, so the provider
 * matters: a P-256 verification takes the JDK about 1 ms of CPU, Conscrypt less than a
 * tenth of that, Bouncy Castle about twice Conscrypt. Conscrypt has a native part; where
 * it does not load, Bouncy Castle is used.
 */
@Component
public final class ProofSignatures {

	private static final Logger log = LoggerFactory.getLogger(ProofSignatures.class);

	private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);

	private final Provider provider = provider();

	ProofSignatures() {
	}

	/**
	 * Whether a key of a phone has signed something.
	 * @param key on P-256
	 * @param signed the bytes
	 * @param signature r and s as JWS has them (RFC 7518, section 3.4), base64url; DER is
	 * none
	 * @return whether it did
	 */
	public boolean isSigned(ECKey key, byte[] signed, String signature) {
		try {
			StrictJwt.decoded(signature);
			return verifier(key).verify(ES256, signed, new Base64URL(signature));
		}
		catch (IllegalArgumentException | JOSEException ex) {
			return false;
		}
	}

	/** Checks signatures of a key. Refuses r or s of zero and unknown crit headers. */
	JWSVerifier verifier(ECKey key) throws JOSEException {
		ECDSAVerifier verifier = new ECDSAVerifier(key.toECPublicKey());
		verifier.getJCAContext().setProvider(this.provider);
		return verifier;
	}

	private static Provider provider() {
		Provider provider = Conscrypt.isAvailable() ? Conscrypt.newProvider() : new BouncyCastleProvider();
		log.info("device signatures are verified by {}", provider.getName());
		return provider;
	}

}
