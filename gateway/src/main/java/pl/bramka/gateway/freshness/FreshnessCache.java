package pl.bramka.gateway.freshness;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * Keeps loaded values per key and serves them by age. While fresh and {@link Trust}ed:
 * from memory, and from some age on loaded anew in the background. Older: loaded while
 * the caller waits; if that fails in a way that may pass, the old value is served as
 * stale. However many ask for a key, one load runs. What does not exist and what failed
 * is never kept.
 * <p>
 * Whatever decides about a key is decided under its bin lock of the map of flights: which
 * flight one comes aboard, whether a landed value is stored, and a drop. So a value that
 * was being loaded when its key was dropped is never stored.
 *
 * @param <K> what values are kept by; holds the customer, and no token
 * @param <V> the kind of value, immutable
 */
public final class FreshnessCache<K, V> {

	private final Cache<K, Held<V>> store;

	private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

	private final Freshness settings;

	private final UnaryOperator<Context> background;

	private final CacheAnswers answers;

	private final Trust trust;

	private final InstantSource clock;

	private final Ticker ticker;

	FreshnessCache(Cache<K, Held<V>> store, Freshness settings, UnaryOperator<Context> background, CacheAnswers answers,
			Trust trust, InstantSource clock, Ticker ticker) {
		this.store = store;
		this.settings = settings;
		this.background = background;
		this.answers = answers;
		this.trust = trust;
		this.clock = clock;
		this.ticker = ticker;
	}

	/**
	 * The value of a key.
	 * @param key the key
	 * @param load asks the upstream; subscribed only if needed
	 * @return the value and its age; empty if it does not exist; the failure of the load
	 * if there is nothing older to show
	 */
	public Mono<Aged<V>> get(K key, Mono<V> load) {
		return Mono.deferContextual((caller) -> {
			Held<V> held = this.store.getIfPresent(key);
			long now = this.ticker.read();
			if (held != null && held.isFreshAt(now, this.trust)) {
				if (held.isDueAt(now)) {
					refresh(key, load, caller);
				}
				return this.answers.fresh(held.fresh());
			}
			if (held != null && held.isStaleAt(now)) {
				return this.answers.stale(held.stale());
			}
			return load(key, load, caller, false);
		});
	}

	/**
	 * The value of a key as the upstream says it now: what a customer asks for who pulls
	 * to refresh. Nothing is served from memory unless the load fails.
	 * @param key the key
	 * @param load asks the upstream; not subscribed if a load of that key is under way
	 * @return as {@link #get}
	 */
	public Mono<Aged<V>> reload(K key, Mono<V> load) {
		return Mono.deferContextual((caller) -> load(key, load, caller, true));
	}

	/**
	 * What is in memory, whatever its age; asks nobody.
	 * @param key the key
	 * @return the value, or nothing
	 */
	public @Nullable V peek(K key) {
		Held<V> held = this.store.getIfPresent(key);
		return (held != null) ? held.fresh().value() : null;
	}

	/**
	 * Forgets a key at once. A load under way still answers those who wait for it, but
	 * nobody joins it any more and its value is not stored.
	 * @param key the key
	 */
	public void drop(K key) {
		this.flights.compute(key, (same, flight) -> {
			this.store.invalidate(same);
			return null;
		});
	}

	/**
	 * Forgets all keys of a kind, for instance of one customer. Looks at every key.
	 * @param kind which keys
	 */
	public void dropAll(Predicate<K> kind) {
		this.flights.keySet().stream().filter(kind).toList().forEach(this::drop);
		this.store.asMap().keySet().stream().filter(kind).toList().forEach(this::drop);
	}

	private Mono<Aged<V>> load(K key, Mono<V> load, ContextView caller, boolean always) {
		Flight<V> own = new Flight<>();
		@Nullable Flight<V> flight = this.flights.compute(key, (same, running) -> {
			if (running != null && running.board()) {
				return running;
			}
			return (always || !isFresh(this.store.getIfPresent(same))) ? own : null;
		});
		if (flight == null) {
			return get(key, load);
		}
		if (flight == own) {
			start(key, own, load.contextWrite(caller));
		}
		return flight.landing()
			.doFinally((signal) -> leave(key, flight, signal))
			.doOnNext((value) -> this.answers.loaded())
			.onErrorResume((failure) -> old(key, load, caller, failure, flight != own));
	}

	/** The flight has no end but its own: whoever started it has got the old value. */
	private void refresh(K key, Mono<V> load, ContextView caller) {
		Flight<V> own = new Flight<>();
		@Nullable Flight<V> flight = this.flights.compute(key,
				(same, running) -> (running != null || !isDue(this.store.getIfPresent(same))) ? running : own);
		if (flight == own) {
			start(key, own, load.contextWrite((context) -> this.background.apply(Context.of(caller))));
		}
	}

	private void start(K key, Flight<V> flight, Mono<V> load) {
		long asked = this.ticker.read();
		flight.start(load.doOnSuccess((value) -> land(key, flight, value, asked))
			.doOnError((failure) -> fail(key, flight, failure))
			.toFuture());
	}

	private void land(K key, Flight<V> flight, @Nullable V value, long asked) {
		@Nullable Held<V> held = (value != null) ? new Held<>(value, this.clock.instant().truncatedTo(ChronoUnit.MILLIS), asked,
				this.ticker.read(), this.settings) : null;
		this.flights.computeIfPresent(key, (same, current) -> {
			if (current != flight) {
				return current;
			}
			if (held != null) {
				this.store.put(same, held);
			}
			else {
				this.store.invalidate(same);
			}
			return null;
		});
		flight.land((held != null) ? held.fresh() : null);
	}

	private void fail(K key, Flight<V> flight, Throwable failure) {
		this.flights.computeIfPresent(key, (same, current) -> {
			if (current != flight) {
				return current;
			}
			Held<V> held = this.store.getIfPresent(same);
			if (held != null) {
				held.pause(this.ticker.read() + this.settings.retry().toNanos(), mayPass(failure));
			}
			return null;
		});
		flight.fail(failure);
	}

	private void leave(K key, Flight<V> flight, SignalType signal) {
		if (signal == SignalType.CANCEL && flight.leave()) {
			this.flights.remove(key, flight);
		}
	}

	/**
	 * After a failed load: the old value, or the failure. A flight runs within the
	 * deadline of who started it; who only came aboard may have time left, and tries.
	 */
	private Mono<Aged<V>> old(K key, Mono<V> load, ContextView caller, Throwable failure, boolean passenger) {
		Held<V> held = mayPass(failure) ? this.store.getIfPresent(key) : null;
		if (held != null) {
			return this.answers.stale(held.stale());
		}
		if (passenger && failure instanceof Problem problem && problem.code() == ProblemCode.DEADLINE_EXCEEDED) {
			return load(key, load, caller, false);
		}
		return this.answers.failed(failure);
	}

	private boolean isFresh(@Nullable Held<V> held) {
		return held != null && held.isFreshAt(this.ticker.read(), this.trust);
	}

	private boolean isDue(@Nullable Held<V> held) {
		return held != null && held.isDueAt(this.ticker.read());
	}

	private static boolean mayPass(Throwable failure) {
		return failure instanceof Problem problem && problem.code().retryable();
	}

}
