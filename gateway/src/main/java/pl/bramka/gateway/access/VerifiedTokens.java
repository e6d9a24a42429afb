package pl.bramka.gateway.access;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.keys.GatewayKeys;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * The customer behind an access token. A token is verified once, with the gateway's own
 * keys, and remembered under the hash of the whole token; that it has not expired and its
 * session has not ended is looked at each time.
 */
@Component
final class VerifiedTokens {

	private static final Set<String> HEADERS = Set.of("kid", "typ", "alg");

	private final ReactiveJwtDecoder decoder;

	private final StrictJwt strict;

	private final EndedSessions ended;

	private final Clock clock;

	private final Cache<String, Entry> known;

	VerifiedTokens(AccessProperties settings, GatewayKeys keys, StrictJwt strict, EndedSessions ended, Clock clock) {
		List<? extends JWK> verificationKeys = keys.verificationKeys();
		NimbusReactiveJwtDecoder nimbus = NimbusReactiveJwtDecoder
			.withJwkSource((token) -> Flux.fromIterable(verificationKeys))
			.jwsAlgorithm(SignatureAlgorithm.PS256)
			.validateType(false)
			.build();
		nimbus.setJwtValidator(JwtValidators.createAtJwtValidator()
			.issuer(settings.issuer())
			.audience(AccessProperties.AUDIENCE)
			.clientId(AccessProperties.CLIENT)
			.validators((all) -> byClock(all, clock))
			.build());
		this.decoder = nimbus;
		this.strict = strict;
		this.ended = ended;
		this.clock = clock;
		this.known = Caffeine.newBuilder()
			.maximumSize(settings.rememberedTokens())
			.expireAfterWrite(settings.tokenLifetime())
			.build();
	}

	/** The library's own look at times goes by the system's clock whatever ours says. */
	private static void byClock(Map<String, OAuth2TokenValidator<Jwt>> validators, Clock clock) {
		JwtTimestampValidator times = new JwtTimestampValidator();
		times.setAllowEmptyExpiryClaim(false);
		times.setClock(clock);
		validators.put(JwtClaimNames.EXP, times);
		validators.put(JwtClaimNames.IAT, new JwtClaimValidator<Object>(JwtClaimNames.IAT, Objects::nonNull));
	}

	private record Entry(Customer customer, Instant notBefore, Instant expires) {
	}

	/** The customer; {@code invalid-token} if there is anything wrong with the token. */
	Mono<Customer> customer(String token, String hash) {
		Entry entry = this.known.getIfPresent(hash);
		if (entry != null) {
			return checked(entry);
		}
		return verified(token)
			.flatMap((verified) -> checked(verified).doOnNext((customer) -> this.known.put(hash, verified)));
	}

	/** Claims are read as they were written: the decoder's own are converted. */
	private Mono<Entry> verified(String token) {
		return Mono.fromCallable(() -> this.strict.parse(token, HEADERS))
			.flatMap((jwt) -> this.decoder.decode(token).then(Mono.fromCallable(() -> entry(jwt.getJWTClaimsSet()))))
			.onErrorMap((thrown) -> thrown instanceof JwtException || thrown instanceof IllegalArgumentException
					|| thrown instanceof ParseException, (thrown) -> refused());
	}

	private Mono<Customer> checked(Entry entry) {
		Instant now = this.clock.instant();
		boolean current = now.isBefore(entry.expires()) && !now.isBefore(entry.notBefore());
		return (current && !this.ended.contains(entry.customer().sessionId())) ? Mono.just(entry.customer())
				: Mono.error(refused());
	}

	private static Entry entry(JWTClaimsSet claims) throws ParseException {
		present(claims.getIssueTime());
		Customer customer = new Customer(text(claims.getStringClaim("customer")), text(claims.getStringClaim("sid")),
				text(present(claims.getJSONObjectClaim("cnf")).get("jkt")),
				AuthenticationMethod.of(text(claims.getStringClaim("acr"))),
				Instant.ofEpochSecond(present(claims.getLongClaim("auth_time"))),
				claims.getClaims().containsKey("terms") ? text(claims.getClaim("terms")) : null);
		Date notBefore = claims.getNotBeforeTime();
		return new Entry(customer, (notBefore != null) ? notBefore.toInstant() : Instant.EPOCH,
				present(claims.getExpirationTime()).toInstant());
	}

	private static String text(@Nullable Object claim) {
		if (!(claim instanceof String text) || text.isBlank()) {
			throw new IllegalArgumentException("claim missing");
		}
		return text;
	}

	private static <T> T present(@Nullable T claim) {
		if (claim == null) {
			throw new IllegalArgumentException("claim missing");
		}
		return claim;
	}

	private static Problem refused() {
		return Problem.of(ProblemCode.INVALID_TOKEN);
	}

}
