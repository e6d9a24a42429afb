package pl.bramka.gateway.keys;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;

import org.springframework.stereotype.Component;

/**
 * Names a person in records without saying who it is: the same person has the same
 * pseudonym, and without the key nobody can tell whose it is.
 */
@Component
public final class Pseudonyms {

	private static final int LENGTH = 16;

	private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);

	private final MACSigner signer;

	Pseudonyms(GatewayKeys keys) throws JOSEException {
		this.signer = new MACSigner(keys.pseudonymKey());
	}

	/**
	 * The pseudonym of a customer or of an e-mail address.
	 * @param person the {@code AccountID} or the address
	 * @return 96 bits of HMAC-SHA-256, as 16 characters
	 */
	public String of(String person) {
		try {
			byte[] name = person.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
			return this.signer.sign(HEADER, name).toString().substring(0, LENGTH);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot make a pseudonym", ex);
		}
	}

}
