package pl.bramka.gateway.keys;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;

import org.springframework.stereotype.Component;

/**
 * Mixes a secret that is not in the database into what is hashed there (HMAC-SHA-256), so
 * that the database alone says nothing. Each pepper has a name, and several are good at a
 * time: what was made with an old one can be made anew when its owner next comes.
 */
@Component
public final class Peppers {

	private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);

	private final GatewayKeys keys;

	Peppers(GatewayKeys keys) {
		this.keys = keys;
	}

	/**
	 * The pepper for what is new.
	 * @return its name
	 */
	public String current() {
		return this.keys.peppers().getFirst().getKeyID();
	}

	/**
	 * Mixes.
	 * @param pepper the name of one
	 * @param text what is mixed with it
	 * @return 256 bits in base64url; empty if there is no pepper of that name any more
	 */
	public Optional<String> mix(String pepper, String text) {
		return this.keys.peppers().stream().filter((key) -> key.getKeyID().equals(pepper)).findFirst().map((key) -> {
			try {
				return signed(key, text);
			}
			catch (JOSEException ex) {
				throw new IllegalStateException("cannot mix", ex);
			}
		});
	}

	private static String signed(OctetSequenceKey key, String text) throws JOSEException {
		return new MACSigner(key).sign(HEADER, text.getBytes(StandardCharsets.UTF_8)).toString();
	}

}
