package pl.bramka.gateway.differences;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Chore;
import pl.bramka.gateway.observability.Names;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Counts what does not fit, now and then, for alarms. Every node counts the same: look at
 * the maximum over nodes, not at the sum.
 */
@Component
@DependsOnDatabaseInitialization
final class DifferenceGauges implements SmartInitializingSingleton, DisposableBean {

	private final Map<Difference, Integer> counts = new ConcurrentHashMap<>();

	private final Chore chore;

	DifferenceGauges(Differences differences, DifferenceProperties settings, MeterRegistry meters, Clock clock) {
		for (Difference kind : Difference.values()) {
			Gauge.builder(Names.PAYMENT_DIFFERENCES, this.counts, (all) -> all.getOrDefault(kind, 0))
				.tag("kind", kind.tag())
				.register(meters);
		}
		this.chore = Chore.sometime("counting payment differences", settings.count(),
				() -> differences.since(clock.instant().minus(settings.counted()))
					.doOnNext((all) -> all.forEach((kind, cases) -> this.counts.put(kind, cases.size())))
					.flatMap((all) -> Mono.empty()));
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.chore.start();
	}

	@Override
	public void destroy() {
		this.chore.stop();
	}

}
