package pl.bramka.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token put together by hand, because a JOSE library refuses to make most of those that
 * a gateway must refuse. It starts as a copy of a real one.
 */
final class Forgery {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Map<String, Object> header;

	private final Map<String, Object> claims;

	private Forgery(Map<String, Object> header, Map<String, Object> claims) {
		this.header = header;
		this.claims = claims;
	}

	static Forgery of(String token) {
		String[] parts = token.split("\\.", -1);
		return new Forgery(read(parts[0]), read(parts[1]));
	}

	/** Changes a header; null leaves it out. */
	Forgery header(String name, @Nullable Object value) {
		return new Forgery(changed(this.header, name, value), this.claims);
	}

	/** Changes a claim; null leaves it out. */
	Forgery claim(String name, @Nullable Object value) {
		return new Forgery(this.header, changed(this.claims, name, value));
	}

	String headerJson() {
		return JSON.writeValueAsString(this.header);
	}

	String claimsJson() {
		return JSON.writeValueAsString(this.claims);
	}

	/** Header and claims, and a signature that is not there. */
	String unsigned() {
		return input(headerJson(), claimsJson()) + '.';
	}

	/** As the gateway signs: PS256. */
	String signed(RSAKey key) {
		return signed(headerJson(), claimsJson(), key);
	}

	/** As the gateway signs, whatever the texts are. */
	static String signed(String header, String claims, RSAKey key) {
		PSSParameterSpec pss = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
		return signed(input(header, claims), key, "RSASSA-PSS", pss);
	}

	/** Signs with another RSA algorithm, under its JCA name. */
	String signed(RSAKey key, String algorithm) {
		return signed(input(headerJson(), claimsJson()), key, algorithm, null);
	}

	/** Signs with a secret, under a JCA name. */
	String sealed(byte[] secret, String algorithm) {
		try {
			String input = input(headerJson(), claimsJson());
			Mac mac = Mac.getInstance(algorithm);
			mac.init(new SecretKeySpec(secret, algorithm));
			return input + '.' + encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String signed(String input, RSAKey key, String algorithm, @Nullable AlgorithmParameterSpec more) {
		try {
			Signature signature = Signature.getInstance(algorithm);
			if (more != null) {
				signature.setParameter(more);
			}
			signature.initSign(key.toPrivateKey());
			signature.update(input.getBytes(StandardCharsets.US_ASCII));
			return input + '.' + encode(signature.sign());
		}
		catch (GeneralSecurityException | JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String input(String header, String claims) {
		return encode(header.getBytes(StandardCharsets.UTF_8)) + '.' + encode(claims.getBytes(StandardCharsets.UTF_8));
	}

	static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** The text with one member written a second time, at the end. */
	static String twice(String json, String member) {
		return json.substring(0, json.length() - 1) + ',' + member + '}';
	}

	/**
	 * Another spelling of the same bytes: the last character of base64 has bits that mean
	 * nothing.
	 */
	static String respelt(String base64) {
		String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
		int last = alphabet.indexOf(base64.charAt(base64.length() - 1));
		return base64.substring(0, base64.length() - 1) + alphabet.charAt(last ^ 1);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> read(String part) {
		return JSON.readValue(Base64.getUrlDecoder().decode(part), LinkedHashMap.class);
	}

	private static Map<String, Object> changed(Map<String, Object> part, String name, @Nullable Object value) {
		Map<String, Object> changed = new LinkedHashMap<>(part);
		if (value != null) {
			changed.put(name, value);
		}
		else {
			changed.remove(name);
		}
		return changed;
	}

}
