package pl.bramka.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The breakers, one for each system, measured by the system's name whichever is in use.
 */
final class Breakers {

	private final CircuitBreakerRegistry all = CircuitBreakerRegistry.ofDefaults();

	private final Troubles troubles;

	Breakers(Troubles troubles, MeterRegistry meters) {
		this.troubles = troubles;
		TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(this.all).bindTo(meters);
	}

	CircuitBreaker closed(UpstreamName name, UpstreamFigures.Breaker figures) {
		CircuitBreaker breaker = this.all.circuitBreaker(name.tag(), config(figures));
		this.troubles.watch(name, breaker);
		return breaker;
	}

	/**
	 * One with other figures in the place of one that is in use, and in its state: new
	 * figures say nothing of the system, and one that is down must not be flooded because
	 * of an edit. It judges by calls from now on; an open one is open for its whole time.
	 */
	CircuitBreaker instead(UpstreamName name, CircuitBreaker before, UpstreamFigures.Breaker figures) {
		CircuitBreaker next = CircuitBreaker.of(before.getName(), config(figures));
		this.troubles.watch(name, next);
		CircuitBreaker.State state = before.getState();
		if (state != CircuitBreaker.State.CLOSED) {
			next.transitionToOpenState();
		}
		if (state == CircuitBreaker.State.HALF_OPEN) {
			next.transitionToHalfOpenState();
		}
		this.all.replace(before.getName(), next);
		return next;
	}

	private static CircuitBreakerConfig config(UpstreamFigures.Breaker figures) {
		return CircuitBreakerConfig.custom()
			// Without locks, since event loops count here.
			.slidingWindow(figures.window(), figures.minimum(), CircuitBreakerConfig.SlidingWindowType.COUNT_BASED,
					CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE)
			.failureRateThreshold(figures.failureRate())
			.waitDurationInOpenState(figures.open())
			.permittedNumberOfCallsInHalfOpenState(figures.probes())
			.maxWaitDurationInHalfOpenState(figures.halfOpen())
			.recordException(Breakers::speaksAgainst)
			.ignoreException(Breakers::saysNothing)
			.build();
	}

	private static boolean speaksAgainst(Throwable thrown) {
		return thrown instanceof UpstreamFailure failure && failure.kind().counts();
	}

	/** A refusal says that the system is there, as a good answer does. */
	private static boolean saysNothing(Throwable thrown) {
		return !(thrown instanceof Refusal) && !speaksAgainst(thrown);
	}

}
