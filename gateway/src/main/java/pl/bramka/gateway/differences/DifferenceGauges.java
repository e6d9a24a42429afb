package pl.bramka.gateway.differences;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Chore;
import pl.bramka.gateway.observability.Names;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Counts what does not fit, now and then, for alarms. Every node counts the same: look at
 * the maximum over nodes, not at the sum.
 */
@Component
final class DifferenceGauges {

	private final Map<Difference, Integer> counts = new ConcurrentHashMap<>();

	private final Differences differences;

	private final DifferenceProperties settings;

	private final Clock clock;

	DifferenceGauges(Differences differences, DifferenceProperties settings, MeterRegistry meters, Clock clock) {
		this.differences = differences;
		this.settings = settings;
		this.clock = clock;
		for (Difference kind : Difference.values()) {
			Gauge.builder(Names.PAYMENT_DIFFERENCES, this.counts, (all) -> all.getOrDefault(kind, 0))
				.tag("kind", kind.tag())
				.register(meters);
		}
	}

	@Bean
	@DependsOnDatabaseInitialization
	Chore countingDifferences() {
		return Chore.sometime("counting payment differences", this.settings.count(),
				() -> this.differences.since(this.clock.instant().minus(this.settings.counted()))
					.doOnNext((all) -> all.forEach((kind, cases) -> this.counts.put(kind, cases.size())))
					.flatMap((all) -> Mono.empty()));
	}

}
