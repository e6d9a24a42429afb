package pl.bramka.mocks.identity;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.nimbusds.jwt.JWTClaimsSet;

import pl.bramka.mocks.identity.Logins.Login;

/**
 * Makes the reply of the token endpoint.
 *
 * @param issuer of every token
 * @param clock tells when it is issued
 * @param signer turns claims into a token
 */
record TokenReply(URI issuer, Clock clock, Function<JWTClaimsSet, String> signer) {

	private static final Duration ACCESS = Duration.ofMinutes(5);

	private static final Duration REFRESH = Duration.ofMinutes(30);

	/** Not bound to the provider's own session: it lasts until it is taken back. */
	private static final String OFFLINE = "offline_access";

	/** What is configured as its idle time at a provider that serves an app. */
	private static final Duration OFFLINE_REFRESH = Duration.ofDays(100);

	ResponseDefinition to(User user, Login login, Map<String, Object> more) {
		Map<String, Object> reply = new LinkedHashMap<>();
		reply.put("access_token",
				token("Bearer", user.id(), ACCESS, about(user, login).audience(List.of(Client.ID, "account"))));
		reply.put("expires_in", ACCESS.toSeconds());
		boolean offline = List.of(login.scope().split(" ")).contains(OFFLINE);
		reply.put("refresh_expires_in", offline ? 0 : REFRESH.toSeconds());
		reply.put("refresh_token",
				token(offline ? "Offline" : "Refresh", user.id(), offline ? OFFLINE_REFRESH : REFRESH,
						inSession(login).audience(this.issuer.toString()).jwtID(login.refreshId())));
		reply.put("token_type", "Bearer");
		if (List.of(login.scope().split(" ")).contains("openid")) {
			JWTClaimsSet.Builder claims = about(user, login).audience(Client.ID);
			more.forEach(claims::claim);
			reply.put("id_token", token("ID", user.id(), ACCESS, claims));
		}
		reply.put("not-before-policy", 0);
		reply.put("session_state", login.sid());
		reply.put("scope", login.scope());
		return Reply.json(200, reply);
	}

	ResponseDefinition toServiceAccount() {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().audience("realm-management")
			.claim("client_id", Client.ID)
			.claim("scope", "profile email");
		Map<String, Object> reply = new LinkedHashMap<>();
		reply.put("access_token", token("Bearer", "service-account-" + Client.ID, ACCESS, claims));
		reply.put("expires_in", ACCESS.toSeconds());
		reply.put("refresh_expires_in", 0);
		reply.put("token_type", "Bearer");
		reply.put("not-before-policy", 0);
		reply.put("scope", "profile email");
		return Reply.json(200, reply);
	}

	private JWTClaimsSet.Builder about(User user, Login login) {
		return inSession(login).claim("email", user.email())
			.claim("email_verified", user.fullySetUp())
			.claim("preferred_username", user.email())
			.claim("customer_id", user.customerId());
	}

	private static JWTClaimsSet.Builder inSession(Login login) {
		return new JWTClaimsSet.Builder().claim("sid", login.sid())
			.claim("session_state", login.sid())
			.claim("scope", login.scope());
	}

	private String token(String type, String subject, Duration lifetime, JWTClaimsSet.Builder claims) {
		Instant now = this.clock.instant();
		JWTClaimsSet common = claims.issuer(this.issuer.toString())
			.subject(subject)
			.claim("typ", type)
			.claim("azp", Client.ID)
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plus(lifetime)))
			.build();
		return this.signer.apply((common.getJWTID() != null) ? common
				: new JWTClaimsSet.Builder(common).jwtID(UUID.randomUUID().toString()).build());
	}

}
