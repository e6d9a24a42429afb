package pl.bramka.mocks.phone;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The P-256 key that a phone keeps in its secure hardware. Its RFC 7638 thumbprint names
 * the device.
 */
public final class DeviceKey {

	private final ECKey key;

	private DeviceKey(ECKey key) {
		this.key = key;
	}

	/**
	 * A new device.
	 * @return a fresh key
	 */
	public static DeviceKey generate() {
		try {
			return new DeviceKey(new ECKeyGenerator(Curve.P_256).generate());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A device that was written down before.
	 * @param jwk what {@link #privateJwk()} gave
	 * @return the same key
	 */
	public static DeviceKey parse(String jwk) {
		try {
			return new DeviceKey(ECKey.parse(jwk));
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException("This is no device key", ex);
		}
	}

	/**
	 * The whole key, private part included.
	 * @return a JWK
	 */
	public String privateJwk() {
		return this.key.toJSONString();
	}

	/**
	 * The public part, as the header of a proof carries it.
	 * @return members of a JWK
	 */
	public Map<String, Object> publicJwk() {
		return this.key.toPublicJWK().toJSONObject();
	}

	/**
	 * The name of the device: RFC 7638, SHA-256.
	 * @return base64url
	 */
	public String thumbprint() {
		try {
			return this.key.computeThumbprint().toString();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A correct RFC 9449 proof for one request, made now.
	 * @param method HTTP method
	 * @param url of the request; query and fragment are left out
	 * @param accessToken the token sent along, or null for none
	 * @return value of the header {@code DPoP}
	 */
	public String proof(String method, URI url, @Nullable String accessToken) {
		return buildProof(method, url, accessToken).sign();
	}

	/**
	 * The same proof before it is signed, so that a test can spoil any part of it.
	 * @param method HTTP method
	 * @param url of the request; query and fragment are left out
	 * @param accessToken the token sent along, or null for none
	 * @return a proof whose headers and claims can be changed
	 */
	public Proof buildProof(String method, URI url, @Nullable String accessToken) {
		return new Proof(this, method, url, accessToken);
	}

	/**
	 * Signs bytes with ES256.
	 * @param bytes what to sign
	 * @return 64 bytes, r and s, as JWS wants it (not DER)
	 */
	public byte[] sign(byte[] bytes) {
		try {
			Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
			signature.initSign(this.key.toECPrivateKey());
			signature.update(bytes);
			return signature.sign();
		}
		catch (GeneralSecurityException | JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "DeviceKey[" + thumbprint() + "]";
	}

}
