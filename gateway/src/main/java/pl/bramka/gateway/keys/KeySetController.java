package pl.bramka.gateway.keys;

import java.time.Duration;
import java.util.List;

import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The gateway's public keys (RFC 7517), for whoever must verify its tokens.
 */
@RestController
final class KeySetController {

	private final KeySet keySet;

	KeySetController(GatewayKeys keys) {
		this.keySet = new KeySet(keys.verificationKeys().stream().map(Key::from).toList());
	}

	/**
	 * The keys that verify the gateway's tokens (RFC 7517). Apps need none of them.
	 * @return the public keys
	 */
	@GetMapping("/.well-known/jwks.json")
	ResponseEntity<KeySet> keys() {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
			.body(this.keySet);
	}

	/**
	 * A JWK Set (RFC 7517, section 5).
	 *
	 * @param keys the one that signs now first
	 */
	record KeySet(List<Key> keys) {
	}

	/**
	 * A public RSA key (RFC 7518, section 6.3).
	 *
	 * @param kty always {@code RSA}
	 * @param use always {@code sig}
	 * @param kid names the key in the header of a token
	 * @param alg what it signs with, if it is bound to that
	 * @param n the modulus
	 * @param e the exponent
	 */
	record Key(String kty, String use, String kid, @Nullable String alg, String n, String e) {

		static Key from(RSAKey key) {
			return new Key(key.getKeyType().getValue(), key.getKeyUse().identifier(), key.getKeyID(),
					(key.getAlgorithm() != null) ? key.getAlgorithm().getName() : null, key.getModulus().toString(),
					key.getPublicExponent().toString());
		}

	}

}
