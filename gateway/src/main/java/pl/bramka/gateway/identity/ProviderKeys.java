package pl.bramka.gateway.identity;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.upstream.OpenId;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * The identity provider's public keys: fetched when a key id is unknown, once however
 * many ask, and never more often than the pause, whatever key ids arrive. The last good
 * set is kept while the provider is down.
 */
@Component
final class ProviderKeys {

	private static final String PATH = "/protocol/openid-connect/certs";

	/**
	 * Without any key nobody can sign in, so a failed first fetch is tried again soon.
	 */
	private static final Duration WITHOUT_KEYS = Duration.ofSeconds(1);

	private final OpenId provider;

	private final Duration pause;

	private final Clock clock;

	private final AtomicReference<State> state = new AtomicReference<>(new State(new JWKSet(), Instant.MIN, null));

	ProviderKeys(Upstreams upstreams, IdentityProperties settings, Clock clock) {
		this.provider = upstreams.identity();
		this.pause = settings.keyPause();
		this.clock = clock;
	}

	/**
	 * What is known.
	 *
	 * @param keys the last good set
	 * @param asked when a fetch last began
	 * @param running the fetch that is under way
	 */
	private record State(JWKSet keys, Instant asked, @Nullable Mono<JWKSet> running) {
	}

	/** The keys a token may be signed with; none if its key id is unknown. */
	Flux<JWK> of(SignedJWT token) {
		String keyId = token.getHeader().getKeyID();
		return current(keyId).flatMapIterable(JWKSet::getKeys)
			.filter((key) -> keyId == null || keyId.equals(key.getKeyID()));
	}

	/** Fetches the keys before anybody needs them; that it fails does no harm yet. */
	Mono<Void> load() {
		return current(null).onErrorComplete(Problem.class).then();
	}

	private Mono<JWKSet> current(@Nullable String keyId) {
		return Mono.defer(() -> {
			State seen = this.state.get();
			boolean known = !seen.keys().getKeys().isEmpty()
					&& (keyId == null || seen.keys().getKeyByKeyId(keyId) != null);
			if (known) {
				return Mono.just(seen.keys());
			}
			if (seen.running() != null) {
				return seen.running();
			}
			Instant now = this.clock.instant();
			Duration wait = seen.keys().getKeys().isEmpty() ? WITHOUT_KEYS : this.pause;
			if (seen.asked().isAfter(now.minus(wait))) {
				return Mono.just(seen.keys());
			}
			Mono<JWKSet> fetch = fetch().cache();
			State asking = new State(seen.keys(), now, fetch);
			return this.state.compareAndSet(seen, asking) ? fetch : current(keyId);
		});
	}

	/**
	 * Ends its own state whatever happens: a caller that leaves must not leave it
	 * running.
	 */
	private Mono<JWKSet> fetch() {
		return this.provider.document("keys", PATH)
			.map(ProviderKeys::parsed)
			.doOnNext((keys) -> this.state.updateAndGet((old) -> new State(keys, old.asked(), null)))
			.doOnError((failure) -> this.state.updateAndGet((old) -> new State(old.keys(), old.asked(), null)))
			.doOnCancel(() -> this.state.updateAndGet((old) -> new State(old.keys(), old.asked(), null)));
	}

	private static JWKSet parsed(String json) {
		try {
			return JWKSet.parse(json).toPublicJWKSet();
		}
		catch (ParseException ex) {
			throw new IllegalStateException("no key set", ex);
		}
	}

}
