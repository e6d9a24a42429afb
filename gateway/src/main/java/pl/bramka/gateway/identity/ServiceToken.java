package pl.bramka.gateway.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

import org.springframework.stereotype.Component;

/**
 * The gateway's own token at the identity provider (RFC 6749, section 4.4): fetched once
 * however many ask, and kept until shortly before it expires. There is never more than
 * one.
 */
@Component
final class ServiceToken {

	private static final String PATH = "/protocol/openid-connect/token";

	/** A call under way must not see its token expire; half the life of a short one. */
	private static final Duration MARGIN = Duration.ofSeconds(30);

	private final Clock clock;

	private final Mono<Held> held;

	ServiceToken(Upstreams upstreams, Clock clock) {
		this.clock = clock;
		this.held = fetch(upstreams.identity())
			.cacheInvalidateIf((token) -> token.refused || !clock.instant().isBefore(token.until));
	}

	/**
	 * Calls with the token. A token that the provider does not take any more is fetched
	 * anew, once: nothing was done with it, so the call may be made again.
	 * @param call makes the call; a {@link Refusal} with 401 is about the token
	 */
	<T> Mono<T> with(Function<String, Mono<T>> call) {
		return this.held.flatMap((token) -> call.apply(token.value)
			.onErrorResume(Refusal.class,
					(refusal) -> (refusal.status() == 401) ? again(token, call) : Mono.error(refusal)));
	}

	private <T> Mono<T> again(Held refused, Function<String, Mono<T>> call) {
		refused.refused = true;
		return this.held.flatMap((token) -> call.apply(token.value));
	}

	private Mono<Held> fetch(OpenId provider) {
		return provider
			.post("service-token", PATH, Map.of("grant_type", "client_credentials"), Grant.class,
					(grant) -> held(grant, this.clock.instant()))
			.onErrorMap(Refusal.class, (refusal) -> Problem.of(ProblemCode.IDENTITY_REFUSED, refusal))
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.IDENTITY_UNAVAILABLE)))
			// It is fetched for all who wait, not in the time of one of them.
			.contextWrite((context) -> context.delete(Deadline.class));
	}

	private static Held held(Grant grant, Instant now) {
		if (grant.token() == null || grant.token().isBlank() || grant.seconds() <= 0) {
			throw new IllegalArgumentException("no token, or none that lasts");
		}
		Duration life = Duration.ofSeconds(grant.seconds());
		Duration half = life.dividedBy(2);
		return new Held(grant.token(), now.plus(life).minus((half.compareTo(MARGIN) < 0) ? half : MARGIN));
	}

	/** A token, until when it is used, and whether the provider took it back. */
	private static final class Held {

		private final String value;

		private final Instant until;

		private volatile boolean refused;

		Held(String value, Instant until) {
			this.value = value;
			this.until = until;
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Grant(@JsonProperty("access_token") @Nullable String token, @JsonProperty("expires_in") long seconds) {

		/** Never the token. */
		@Override
		public String toString() {
			return "Grant";
		}

	}

}
