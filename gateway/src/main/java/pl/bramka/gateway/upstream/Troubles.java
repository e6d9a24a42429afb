package pl.bramka.gateway.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;

/**
 * Which breakers keep calls back. A breaker stays open until somebody calls, and an app
 * that is told of trouble may not: so trouble ends by itself when the breaker would let a
 * call through.
 */
final class Troubles {

	private final Clock clock;

	private final Map<UpstreamName, Instant> until = new ConcurrentHashMap<>();

	Troubles(Clock clock) {
		this.clock = clock;
	}

	void watch(UpstreamName name, CircuitBreaker breaker) {
		CircuitBreakerConfig settings = breaker.getCircuitBreakerConfig();
		breaker.getEventPublisher().onStateTransition((event) -> {
			switch (event.getStateTransition().getToState()) {
				case OPEN -> begin(name, Duration.ofMillis(settings.getWaitIntervalFunctionInOpenState().apply(1)));
				// A probe is under way; only its answer says that the system is back.
				case HALF_OPEN -> begin(name, settings.getMaxWaitDurationInHalfOpenState());
				default -> this.until.remove(name);
			}
		});
	}

	private void begin(UpstreamName name, Duration length) {
		this.until.put(name, this.clock.instant().plus(length));
	}

	Map<UpstreamName, Instant> now() {
		if (this.until.isEmpty()) {
			return Map.of();
		}
		Instant now = this.clock.instant();
		Map<UpstreamName, Instant> troubled = new EnumMap<>(UpstreamName.class);
		this.until.forEach((name, end) -> {
			if (end.isAfter(now)) {
				troubled.put(name, end);
			}
		});
		return troubled;
	}

}
