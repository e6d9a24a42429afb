package pl.bramka.mocks.identity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.nimbusds.jwt.JWTClaimsSet;

import pl.bramka.mocks.identity.Logins.Code;
import pl.bramka.mocks.identity.Logins.Login;

/**
 * {@code token}, {@code logout} and {@code revoke}.
 */
final class TokenEndpoint {

	private final URI issuer;

	private final Clock clock;

	private final SigningKeys keys;

	private final Users users;

	private final Logins logins;

	TokenEndpoint(URI issuer, Clock clock, SigningKeys keys, Users users, Logins logins) {
		this.issuer = issuer;
		this.clock = clock;
		this.keys = keys;
		this.users = users;
		this.logins = logins;
	}

	ResponseDefinition token(Form form, boolean unknownKey) {
		if (!Client.isProvenBy(form)) {
			return invalidClient();
		}
		TokenReply reply = new TokenReply(this.issuer, this.clock,
				unknownKey ? this.keys::signUnknown : this.keys::sign);
		return switch (form.field("grant_type")) {
			case "password" -> password(form, reply);
			case "authorization_code" -> code(form, reply);
			case "refresh_token" -> refresh(form, reply);
			case "client_credentials" -> reply.toServiceAccount();
			case "" -> Reply.error(400, "invalid_request", "Missing form parameter: grant_type");
			default -> Reply.error(400, "unsupported_grant_type", "Unsupported grant_type");
		};
	}

	ResponseDefinition logout(Form form) {
		if (!Client.isProvenBy(form)) {
			return invalidClient();
		}
		return session(form.field("refresh_token")).filter(this.logins::close)
			.map((closed) -> Reply.empty(204))
			.orElseGet(() -> Reply.invalidGrant("Invalid refresh token"));
	}

	ResponseDefinition revoke(Form form) {
		if (!Client.isProvenBy(form)) {
			return invalidClient();
		}
		// RFC 7009 section 2.2: a token that is already invalid is answered alike.
		session(form.field("token")).ifPresent(this.logins::close);
		return Reply.empty(200);
	}

	private ResponseDefinition password(Form form, TokenReply reply) {
		Optional<User> user = this.users.byEmail(form.field("username"))
			.filter((each) -> each.opensWith(form.field("password")));
		if (user.isEmpty()) {
			return Reply.error(401, "invalid_grant", "Invalid user credentials");
		}
		if (!user.get().fullySetUp()) {
			return Reply.invalidGrant("Account is not fully set up");
		}
		return reply.to(user.get(), this.logins.open(user.get().id(), scope(form.field("scope"))), Map.of());
	}

	private ResponseDefinition code(Form form, TokenReply reply) {
		Code code = this.logins.use(form.field("code")).orElse(null);
		if (code == null || code.expires().isBefore(this.clock.instant())) {
			return Reply.invalidGrant("Code not valid");
		}
		if (!code.redirectUri().equals(form.field("redirect_uri"))) {
			return Reply.invalidGrant("Incorrect redirect_uri");
		}
		if (!code.challenge().equals(challenge(form.field("code_verifier")))) {
			return Reply.invalidGrant("PKCE verification failed: Code mismatch");
		}
		return this.users.byId(code.userId())
			.filter((user) -> !user.locked())
			.map((user) -> reply.to(user, this.logins.open(user.id(), scope(code.scope())), claims(code)))
			.orElseGet(() -> Reply.invalidGrant("User not found"));
	}

	/** When its owner logged in is said of whoever came with a browser only. */
	private static Map<String, Object> claims(Code code) {
		Map<String, Object> claims = new HashMap<>();
		if (!code.nonce().isEmpty()) {
			claims.put("nonce", code.nonce());
		}
		if (code.authenticated() != null) {
			claims.put("auth_time", code.authenticated().getEpochSecond());
		}
		return claims;
	}

	private ResponseDefinition refresh(Form form, TokenReply reply) {
		Optional<JWTClaimsSet> claims = this.keys.verified(form.field("refresh_token"))
			.filter((each) -> "Refresh".equals(each.getClaim("typ")) || "Offline".equals(each.getClaim("typ")))
			.filter((each) -> each.getExpirationTime().toInstant().isAfter(this.clock.instant()));
		Optional<Login> login = claims
			.flatMap((each) -> this.logins.rotate(Objects.toString(each.getClaim("sid")), each.getJWTID()));
		return login.flatMap((each) -> this.users.byId(each.userId()).filter((user) -> !user.locked()))
			.map((user) -> reply.to(user, login.orElseThrow(), Map.of()))
			.orElseGet(TokenEndpoint::notActive);
	}

	static ResponseDefinition notActive() {
		return Reply.invalidGrant("Token is not active");
	}

	private Optional<String> session(String token) {
		return this.keys.verified(token).map((claims) -> claims.getClaim("sid")).map(Objects::toString);
	}

	private static String scope(String asked) {
		return (asked.contains("openid") ? "openid " : "") + "profile email"
				+ (asked.contains("offline_access") ? " offline_access" : "");
	}

	private static ResponseDefinition invalidClient() {
		return Reply.error(401, "invalid_client", "Invalid client or Invalid client credentials");
	}

	private static String challenge(String verifier) {
		try {
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(
						MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
