package pl.bramka.gateway.keys;

import java.text.ParseException;
import java.util.List;
import java.util.Objects;

import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Encrypts what must be stored, or handed out, and read again: AES-256-GCM in the compact
 * form of JWE (RFC 7516), which names its key, so that keys can be rotated. The keys are
 * never in the database. What is handed out says sealed in what it is for, so that
 * nothing else that was ever sealed can be handed in as such.
 */
@Component
public final class Seal {

	private static final String OWN_KEY = "own";

	private final List<OctetSequenceKey> keys;

	Seal(GatewayKeys keys) {
		this.keys = keys.sealingKeys();
	}

	/**
	 * Encrypts with the gateway's current key.
	 * @param secret what to protect
	 * @return the sealed form
	 */
	public String close(String secret) {
		return closeWithCurrent(secret, null);
	}

	/**
	 * Encrypts with the gateway's current key what is handed out for one purpose.
	 * @param purpose what it is for; stands in it readable, and cannot be changed
	 * @param secret what to protect
	 * @return the sealed form
	 */
	public String closeAs(String purpose, String secret) {
		return closeWithCurrent(secret, new JOSEObjectType(purpose));
	}

	/**
	 * Decrypts what {@link #close(String)} made.
	 * @param sealed the sealed form
	 * @return the secret
	 * @throws IllegalArgumentException if no key of ours opens it
	 */
	public String open(String sealed) {
		return openWithAny(sealed, null);
	}

	/**
	 * Decrypts what {@link #closeAs} made for the same purpose.
	 * @param purpose what it is for
	 * @param sealed the sealed form
	 * @return the secret
	 * @throws IllegalArgumentException if no key of ours opens it, or it is for anything
	 * else
	 */
	public String openAs(String purpose, String sealed) {
		return openWithAny(sealed, new JOSEObjectType(purpose));
	}

	private String closeWithCurrent(String secret, @Nullable JOSEObjectType purpose) {
		OctetSequenceKey key = this.keys.getFirst();
		return close(secret, key.toByteArray(), key.getKeyID(), purpose);
	}

	private String openWithAny(String sealed, @Nullable JOSEObjectType purpose) {
		JWEObject object = parsed(sealed);
		if (!Objects.equals(object.getHeader().getType(), purpose)) {
			throw new IllegalArgumentException("sealed for something else");
		}
		// Base64 can say the same in several ways; one text is one seal.
		for (Base64URL part : object.getParsedParts()) {
			if (!Base64URL.encode(part.decode()).equals(part)) {
				throw new IllegalArgumentException("another Base64");
			}
		}
		for (OctetSequenceKey key : this.keys) {
			if (key.getKeyID().equals(object.getHeader().getKeyID())) {
				return open(object, key.toByteArray());
			}
		}
		throw new IllegalArgumentException("sealed with an unknown key");
	}

	/**
	 * Encrypts with a key that only its holder knows: nobody else can open it, not even
	 * with the gateway's own keys.
	 * @param secret what to protect
	 * @param key 32 bytes
	 * @return the sealed form
	 */
	public static String closeFor(String secret, byte[] key) {
		return close(secret, key, OWN_KEY, null);
	}

	/**
	 * Decrypts what {@link #closeFor} made.
	 * @param sealed the sealed form
	 * @param key the same 32 bytes
	 * @return the secret
	 * @throws IllegalArgumentException if the key does not open it
	 */
	public static String openFor(String sealed, byte[] key) {
		return open(parsed(sealed), key);
	}

	/**
	 * The parser throws more than it says, for instance where a header lacks a member.
	 */
	private static JWEObject parsed(String sealed) {
		try {
			return JWEObject.parse(sealed);
		}
		catch (ParseException | RuntimeException ex) {
			throw new IllegalArgumentException("not sealed");
		}
	}

	private static String close(String secret, byte[] key, String keyId, @Nullable JOSEObjectType purpose) {
		try {
			JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).keyID(keyId)
				.type(purpose)
				.build();
			JWEObject object = new JWEObject(header, new Payload(secret));
			object.encrypt(new DirectEncrypter(new OctetSequenceKey.Builder(Base64URL.encode(key)).build()));
			return object.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot seal", ex);
		}
	}

	private static String open(JWEObject object, byte[] key) {
		try {
			object.decrypt(new DirectDecrypter(new OctetSequenceKey.Builder(Base64URL.encode(key)).build()));
			return object.getPayload().toString();
		}
		catch (JOSEException ex) {
			throw new IllegalArgumentException("the key does not open it");
		}
	}

}
