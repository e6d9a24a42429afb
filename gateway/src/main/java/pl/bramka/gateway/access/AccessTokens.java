package pl.bramka.gateway.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.keys.GatewayKeys;

import org.springframework.stereotype.Component;

/**
 * Makes access tokens: JWTs of RFC 9068, bound to a device key (RFC 9449, section 6.1),
 * signed PS256 because they are verified far more often than signed.
 */
@Component
public final class AccessTokens {

	private final AccessProperties settings;

	private final JWSHeader header;

	private final JWSSigner signer;

	private final Clock clock;

	AccessTokens(AccessProperties settings, GatewayKeys keys, Clock clock) throws JOSEException {
		this.settings = settings;
		this.header = new JWSHeader.Builder(JWSAlgorithm.PS256).type(new JOSEObjectType("at+jwt"))
			.keyID(keys.signingKey().getKeyID())
			.build();
		this.signer = new RSASSASigner(keys.signingKey());
		this.clock = clock;
	}

	/**
	 * A new access token.
	 * @param customer whom it names, with session and device
	 * @param subject the portal user at the identity provider
	 * @return the token
	 */
	public String issue(Customer customer, String subject) {
		Instant now = this.clock.instant();
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(this.settings.issuer())
			.audience(AccessProperties.AUDIENCE)
			.claim("client_id", AccessProperties.CLIENT)
			.subject(subject)
			.claim("customer", customer.id())
			.claim("sid", customer.sessionId())
			.claim("acr", customer.method().acr())
			.claim("auth_time", customer.authenticatedAt().getEpochSecond())
			.claim("cnf", Map.of("jkt", customer.device()))
			.claim("terms", customer.termsDue())
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plus(this.settings.tokenLifetime())))
			.jwtID(UUID.randomUUID().toString())
			.build();
		try {
			SignedJWT token = new SignedJWT(this.header, claims);
			token.sign(this.signer);
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot sign", ex);
		}
	}

	/**
	 * How long a token is good for.
	 * @return the lifetime
	 */
	public Duration lifetime() {
		return this.settings.tokenLifetime();
	}

}
