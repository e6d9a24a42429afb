package pl.bramka.gateway.identity;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Deadline;
import pl.bramka.gateway.upstream.OpenId;
import pl.bramka.gateway.upstream.Refusal;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * What the identity provider grants to the gateway. Its tokens end here: none reaches the
 * phone.
 */
@Component
public final class IdentityGrants {

	private static final String TOKEN = "/protocol/openid-connect/token";

	/**
	 * A token that outlives the provider's own session, for later sign-ins on the device.
	 */
	private static final String SCOPE = "openid offline_access";

	private static final String LOGOUT = "/protocol/openid-connect/logout";

	/** Keycloak's sentence when the password is right and the owner has yet to act. */
	private static final String NOT_SET_UP = "Account is not fully set up";

	/** The provider answered, and it was no. */
	private static final Set<ProblemCode> NO = Set.of(ProblemCode.INVALID_CREDENTIALS, ProblemCode.ACCOUNT_NOT_READY,
			ProblemCode.ACCOUNT_NOT_LINKED);

	private final OpenId provider;

	/** As much as the validator of a token's times allows: clocks differ. */
	private static final Duration SKEW = Duration.ofSeconds(60);

	private final NimbusReactiveJwtDecoder decoder;

	private final Clock clock;

	IdentityGrants(Upstreams upstreams, ProviderKeys keys, IdentityProperties settings, Clock clock) {
		this.clock = clock;
		this.provider = upstreams.identity();
		this.decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::of).jwsAlgorithm(SignatureAlgorithm.RS256).build();
		this.decoder.setJwtValidator(
				new DelegatingOAuth2TokenValidator<>(JwtValidators.createDefaultWithIssuer(this.provider.issuer()),
						new JwtClaimValidator<Collection<String>>(JwtClaimNames.AUD,
								(audience) -> audience != null && audience.contains(settings.client()))));
	}

	/**
	 * E-mail and password (RFC 6749, section 4.3), over the back channel.
	 * @param email of the account
	 * @param password of the account
	 * @return the portal user; {@code invalid-credentials}, {@code account-not-ready},
	 * {@code account-not-linked}, or what the provider's failure is called
	 */
	public Mono<PortalUser> byPassword(String email, String password) {
		return grant("password-grant",
				Map.of("grant_type", "password", "username", email, "password", password, "scope", SCOPE),
				(token) -> this.clock.instant());
	}

	/**
	 * A code from the system browser, with its PKCE verifier (RFC 7636). The provider may
	 * have known the browser by a cookie: when the password was typed is what the ID
	 * token says ({@code auth_time}), and without that nobody knows.
	 * @param code what the browser came back with
	 * @param verifier what the app kept
	 * @param redirectUri where the browser came back to
	 * @return as of {@link #byPassword}
	 */
	public Mono<PortalUser> byCode(String code, String verifier, URI redirectUri) {
		return grant("code-grant", Map.of("grant_type", "authorization_code", "code", code, "code_verifier", verifier,
				"redirect_uri", redirectUri.toString()), this::authenticated);
	}

	private Instant authenticated(Jwt token) {
		Instant now = this.clock.instant();
		Object claim = token.getClaims().get("auth_time");
		Instant at = (claim instanceof Number seconds) ? Instant.ofEpochSecond(seconds.longValue()) : Instant.MAX;
		if (at.isAfter(now.plus(SKEW))) {
			throw Problem.of(ProblemCode.INVALID_CREDENTIALS);
		}
		return at.isAfter(now) ? now : at;
	}

	/**
	 * Asks whether the account is still as it was, with a token the provider gave before
	 * (RFC 6749, section 6). The token is used up.
	 * @param refreshToken the provider's own
	 * @return the portal user with the next token; {@code password-required} if the
	 * account was locked, its password changed or the token expired
	 */
	public Mono<PortalUser> byRefresh(String refreshToken) {
		return grant("refresh-grant", Map.of("grant_type", "refresh_token", "refresh_token", refreshToken),
				(token) -> null)
			.onErrorMap(IdentityGrants::isNo, (no) -> Problem.of(ProblemCode.PASSWORD_REQUIRED))
			// A token that was used up must bring its successor, however little time is
			// left.
			.contextWrite(Deadline::none);
	}

	private static boolean isNo(Throwable failure) {
		return failure instanceof Problem problem && NO.contains(problem.code());
	}

	/**
	 * Ends the provider's session too. That it fails does not keep ours open.
	 * @param refreshToken the provider's own
	 * @return once the provider was told, if it could be
	 */
	public Mono<Void> end(String refreshToken) {
		return this.provider
			.post("logout", LOGOUT, Map.of("refresh_token", refreshToken), Ignored.class, (body) -> body)
			.then()
			.onErrorComplete((failure) -> failure instanceof Problem || failure instanceof Refusal);
	}

	private Mono<PortalUser> grant(String call, Map<String, String> form, Function<Jwt, @Nullable Instant> passwordAt) {
		return this.provider.post(call, TOKEN, form, Grant.class, Grant::complete)
			.onErrorMap(Refusal.class, IdentityGrants::problem)
			// A success without a word grants nothing.
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.IDENTITY_UNAVAILABLE)))
			.flatMap((grant) -> this.decoder.decode(grant.idToken())
				// A bad token, or keys that cannot be had: either way we know nobody.
				.onErrorMap((failure) -> Problem.of(ProblemCode.IDENTITY_UNAVAILABLE, failure))
				.map((token) -> user(token, grant.refreshToken(), passwordAt))
				.onErrorResume(Problem.class, (nobody) -> end(grant.refreshToken()).then(Mono.error(nobody))));
	}

	/**
	 * The portal connects an account with a customer once its owner has shown a contract;
	 * an account that was just registered belongs to nobody yet.
	 */
	private static PortalUser user(Jwt token, String refreshToken, Function<Jwt, @Nullable Instant> passwordAt) {
		String customerId = token.getClaimAsString("customer_id");
		String subject = token.getSubject();
		if (subject == null) {
			throw Problem.of(ProblemCode.IDENTITY_UNAVAILABLE);
		}
		if (customerId == null || customerId.isBlank()) {
			throw Problem.of(ProblemCode.ACCOUNT_NOT_LINKED);
		}
		return new PortalUser(subject, customerId, refreshToken, passwordAt.apply(token));
	}

	/**
	 * A locked account looks like a wrong password, as the provider means it to. Only a
	 * right password learns that the account is not set up.
	 */
	private static Problem problem(Refusal refusal) {
		if (!"invalid_grant".equals(refusal.reason())) {
			return Problem.of(ProblemCode.IDENTITY_REFUSED, refusal);
		}
		return Problem.of(NOT_SET_UP.equals(refusal.description()) ? ProblemCode.ACCOUNT_NOT_READY
				: ProblemCode.INVALID_CREDENTIALS);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Grant(@JsonProperty("id_token") @Nullable String idTokenOrNull,
			@JsonProperty("refresh_token") @Nullable String refreshTokenOrNull) {

		Complete complete() {
			if (this.idTokenOrNull == null || this.refreshTokenOrNull == null) {
				throw new IllegalArgumentException("the provider left a token out");
			}
			return new Complete(this.idTokenOrNull, this.refreshTokenOrNull);
		}

		/** Never the tokens. */
		@Override
		public String toString() {
			return "Grant";
		}

	}

	/** A grant with both tokens. */
	record Complete(String idToken, String refreshToken) {

		/** Never the tokens. */
		@Override
		public String toString() {
			return "Complete";
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Ignored() {
	}

}
