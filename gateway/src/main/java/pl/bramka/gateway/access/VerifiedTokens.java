package pl.bramka.gateway.access;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
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

	private final ReactiveJwtDecoder decoder;

	private final EndedSessions ended;

	private final Clock clock;

	private final Cache<String, Entry> known;

	VerifiedTokens(AccessProperties settings, GatewayKeys keys, EndedSessions ended, Clock clock) {
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
			.build());
		this.decoder = nimbus;
		this.ended = ended;
		this.clock = clock;
		this.known = Caffeine.newBuilder()
			.maximumSize(settings.rememberedTokens())
			.expireAfterWrite(settings.tokenLifetime())
			.build();
	}

	private record Entry(Customer customer, Instant notBefore, Instant expires) {
	}

	/** The customer; {@code invalid-token} if there is anything wrong with the token. */
	Mono<Customer> customer(String token, String hash) {
		Entry entry = this.known.getIfPresent(hash);
		if (entry != null) {
			return checked(entry);
		}
		return this.decoder.decode(token)
			.map(VerifiedTokens::entry)
			.onErrorMap((thrown) -> thrown instanceof JwtException || thrown instanceof IllegalArgumentException,
					(thrown) -> refused())
			.doOnNext((verified) -> this.known.put(hash, verified))
			.flatMap(this::checked);
	}

	private Mono<Customer> checked(Entry entry) {
		Instant now = this.clock.instant();
		boolean current = now.isBefore(entry.expires()) && !now.isBefore(entry.notBefore());
		return (current && !this.ended.contains(entry.customer().sessionId())) ? Mono.just(entry.customer())
				: Mono.error(refused());
	}

	private static Entry entry(Jwt token) {
		Map<String, Object> confirmation = token.getClaimAsMap("cnf");
		Customer customer = new Customer(text(token.getClaimAsString("customer")), text(token.getClaimAsString("sid")),
				text((confirmation != null) ? confirmation.get("jkt") : null),
				AuthenticationMethod.of(text(token.getClaimAsString("acr"))),
				Instant.ofEpochSecond(((Number) present(token.getClaim("auth_time"))).longValue()));
		return new Entry(customer, Objects.requireNonNullElse(token.getNotBefore(), Instant.EPOCH),
				(Instant) present(token.getExpiresAt()));
	}

	private static String text(@Nullable Object claim) {
		if (!(claim instanceof String text) || text.isBlank()) {
			throw new IllegalArgumentException("claim missing");
		}
		return text;
	}

	private static Object present(@Nullable Object claim) {
		if (claim == null) {
			throw new IllegalArgumentException("claim missing");
		}
		return claim;
	}

	private static Problem refused() {
		return Problem.of(ProblemCode.INVALID_TOKEN);
	}

}
