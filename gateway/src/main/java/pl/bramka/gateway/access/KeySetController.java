package pl.bramka.gateway.access;

import java.time.Duration;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The gateway's public keys (RFC 7517), for whoever must verify its tokens.
 */
@RestController
final class KeySetController {

	private final Map<String, Object> keySet;

	KeySetController(GatewayKeys keys) {
		this.keySet = new JWKSet(keys.verificationKeys().stream().map(JWK.class::cast).toList()).toJSONObject(true);
	}

	@GetMapping("/.well-known/jwks.json")
	ResponseEntity<Map<String, Object>> keys() {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
			.body(this.keySet);
	}

}
