package pl.bramka.mocks.phone;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A DPoP proof (RFC 9449 section 4.2) under construction. It starts correct; every header
 * and claim can be replaced or left out. It is assembled by hand, because a JOSE library
 * refuses to make most of the proofs that a gateway must refuse.
 */
public final class Proof {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Map<String, Object> header = new LinkedHashMap<>();

	private final Map<String, Object> claims = new LinkedHashMap<>();

	private DeviceKey signer;

	Proof(DeviceKey key, String method, URI url, @Nullable String accessToken) {
		this.signer = key;
		this.header.put("typ", "dpop+jwt");
		this.header.put("alg", "ES256");
		this.header.put("jwk", key.publicJwk());
		this.claims.put("jti", UUID.randomUUID().toString());
		this.claims.put("htm", method);
		this.claims.put("htu", withoutQuery(url));
		this.claims.put("iat", Instant.now().getEpochSecond());
		if (accessToken != null) {
			this.claims.put("ath", hash(accessToken));
		}
	}

	/**
	 * Changes a header: {@code typ}, {@code alg}, {@code jwk} or any other.
	 * @param name of the header
	 * @param value anything JSON can say; null leaves the header out
	 * @return this proof
	 */
	public Proof header(String name, @Nullable Object value) {
		return change(this.header, name, value);
	}

	/**
	 * Changes a claim: {@code jti}, {@code htm}, {@code htu}, {@code iat}, {@code ath},
	 * {@code nonce} or any other.
	 * @param name of the claim
	 * @param value anything JSON can say; null leaves the claim out
	 * @return this proof
	 */
	public Proof claim(String name, @Nullable Object value) {
		return change(this.claims, name, value);
	}

	/**
	 * Says when the proof was made.
	 * @param instant whole seconds are kept
	 * @return this proof
	 */
	public Proof issuedAt(Instant instant) {
		return claim("iat", instant.getEpochSecond());
	}

	/**
	 * Signs with another key than the one in the header.
	 * @param other who signs
	 * @return this proof
	 */
	public Proof signedBy(DeviceKey other) {
		this.signer = other;
		return this;
	}

	/**
	 * Signs with ES256, whatever the header says.
	 * @return the compact form
	 */
	public String sign() {
		String input = encode(JSON.writeValueAsBytes(this.header)) + '.' + encode(JSON.writeValueAsBytes(this.claims));
		return input + '.' + encode(this.signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
	}

	/**
	 * The claim {@code ath} of an access token.
	 * @param accessToken the token
	 * @return base64url of its SHA-256
	 */
	public static String hash(String accessToken) {
		try {
			return encode(MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Proof change(Map<String, Object> part, String name, @Nullable Object value) {
		if (value != null) {
			part.put(name, value);
		}
		else {
			part.remove(name);
		}
		return this;
	}

	private static String withoutQuery(URI url) {
		return url.toString().replaceFirst("[?#].*", "");
	}

	private static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
