package pl.bramka.gateway.freshness;

import java.time.Clock;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.Weigher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.util.context.Context;

import pl.bramka.gateway.observability.Names;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Makes the caches of the features, all on one clock and measured alike.
 */
@Component
public final class FreshnessCaches {

	private final MeterRegistry meters;

	private final InstantSource clock;

	private final Ticker ticker;

	private final Trust trust;

	@Autowired
	FreshnessCaches(MeterRegistry meters, Clock clock) {
		this(meters, clock, Ticker.systemTicker());
	}

	/**
	 * Caches on a time of one's own.
	 * @param meters where answers are counted
	 * @param clock tells when a value was loaded
	 * @param ticker tells how long ago that is, whatever happens to the clock
	 */
	public FreshnessCaches(MeterRegistry meters, InstantSource clock, Ticker ticker) {
		this.meters = meters;
		this.clock = clock;
		this.ticker = ticker;
		this.trust = new Trust(ticker);
	}

	/**
	 * A cache.
	 * @param name what it is called where it is measured
	 * @param settings how long it keeps values, and how many
	 * @param weigher how much one value takes of {@link Freshness#room()}
	 * @param background what a background load keeps of the context of the caller who
	 * happened to start it: not that caller's deadline
	 * @param <K> what values are kept by
	 * @param <V> the kind of value
	 * @return the cache, empty
	 */
	public <K, V> FreshnessCache<K, V> cache(String name, Freshness settings, Weigher<K, V> weigher,
			UnaryOperator<Context> background) {
		Counter evictions = this.meters.counter(Names.CACHE_EVICTIONS, "cache", name);
		Cache<K, Held<V>> store = Caffeine.newBuilder()
			.ticker(this.ticker)
			.executor(Runnable::run)
			.expireAfterWrite(settings.stale())
			.maximumWeight(settings.room())
			.weigher((K key, Held<V> held) -> weigher.weigh(key, held.fresh().value()))
			.evictionListener((key, held, cause) -> {
				if (cause == RemovalCause.SIZE) {
					evictions.increment();
				}
			})
			.build();
		return new FreshnessCache<>(store, settings, background, new CacheAnswers(name, this.meters), this.trust,
				this.clock, this.ticker);
	}

	/**
	 * Whatever any cache holds or is loading may be out of date: it is loaded anew when
	 * it is asked for, and stands in as stale if that fails.
	 */
	public void doubt() {
		this.trust.lose();
	}

}
