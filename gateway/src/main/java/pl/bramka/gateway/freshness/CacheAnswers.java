package pl.bramka.gateway.freshness;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.observability.Names;

/**
 * Counts what one cache answered: how much of it came from memory, and how much was old.
 */
final class CacheAnswers {

	private final Counter fresh;

	private final Counter stale;

	private final Counter loaded;

	private final Counter failed;

	CacheAnswers(String cache, MeterRegistry meters) {
		this.fresh = meters.counter(Names.CACHE_ANSWERS, "cache", cache, "result", "fresh");
		this.stale = meters.counter(Names.CACHE_ANSWERS, "cache", cache, "result", "stale");
		this.loaded = meters.counter(Names.CACHE_ANSWERS, "cache", cache, "result", "loaded");
		this.failed = meters.counter(Names.CACHE_ANSWERS, "cache", cache, "result", "failed");
	}

	<V> Mono<Aged<V>> fresh(Aged<V> value) {
		this.fresh.increment();
		return Mono.just(value);
	}

	<V> Mono<Aged<V>> stale(Aged<V> value) {
		this.stale.increment();
		return Mono.just(value);
	}

	void loaded() {
		this.loaded.increment();
	}

	<V> Mono<Aged<V>> failed(Throwable failure) {
		this.failed.increment();
		return Mono.error(failure);
	}

}
