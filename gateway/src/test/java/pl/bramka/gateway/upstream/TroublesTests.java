package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.time.Instant;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.freshness.Time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class TroublesTests {

	private final Time time = new Time("2026-11-28T22:00:00Z");

	private final Troubles troubles = new Troubles(this.time);

	private final CircuitBreaker breaker = CircuitBreaker.of("crm",
			CircuitBreakerConfig.custom()
				.waitDurationInOpenState(Duration.ofSeconds(5))
				.maxWaitDurationInHalfOpenState(Duration.ofSeconds(3))
				.build());

	TroublesTests() {
		this.troubles.watch(UpstreamName.CRM, this.breaker);
	}

	@Test
	void areTheOpenBreakers() {
		assertThat(this.troubles.now()).isEmpty();
		this.breaker.transitionToOpenState();
		assertThat(this.troubles.now()).containsExactly(entry(UpstreamName.CRM, Instant.parse("2026-11-28T22:00:05Z")));
	}

	@Test
	void lastWhileAProbeIsUnderWay() {
		this.breaker.transitionToOpenState();
		this.time.passes(Duration.ofSeconds(7));
		this.breaker.transitionToHalfOpenState();
		assertThat(this.troubles.now()).containsExactly(entry(UpstreamName.CRM, Instant.parse("2026-11-28T22:00:10Z")));
		this.breaker.transitionToOpenState();
		assertThat(this.troubles.now()).containsExactly(entry(UpstreamName.CRM, Instant.parse("2026-11-28T22:00:12Z")));
	}

	@Test
	void endWithAGoodAnswer() {
		this.breaker.transitionToOpenState();
		this.breaker.transitionToHalfOpenState();
		this.breaker.transitionToClosedState();
		assertThat(this.troubles.now()).isEmpty();
	}

	@Test
	void endThoughNobodyCalls() {
		this.breaker.transitionToOpenState();
		this.time.passes(Duration.ofSeconds(5));
		assertThat(this.troubles.now()).isEmpty();
	}

}
