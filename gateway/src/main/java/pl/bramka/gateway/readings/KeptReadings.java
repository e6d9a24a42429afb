package pl.bramka.gateway.readings;

import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Chore;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.readings.ReadingStore.Due;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Tells billing of readings that wait, those of one meter in the order in which they
 * came. A node tells of one only after it took that upon itself in the database, so at
 * one time one does.
 */
@Component
final class KeptReadings {

	private final ReadingStore store;

	private final Deliveries deliveries;

	private final Database database;

	private final ReadingProperties settings;

	private final AtomicLong waiting = new AtomicLong();

	KeptReadings(ReadingStore store, Deliveries deliveries, Database database, ReadingProperties settings,
			MeterRegistry meters) {
		this.store = store;
		this.deliveries = deliveries;
		this.database = database;
		this.settings = settings;
		Gauge.builder(Names.READINGS_WAITING, this.waiting, AtomicLong::get).register(meters);
	}

	@Bean
	@DependsOnDatabaseInitialization
	Chore tellingKeptReadings() {
		return Chore.atOnce("telling kept readings", this.settings.look(), this::round);
	}

	@Bean
	@DependsOnDatabaseInitialization
	Chore removingOldReadings() {
		return Chore.sometime("old readings", this.settings.tidy(),
				() -> Chore.inBatches(this.settings.batch(), () -> this.database.step(this.store
					.removeSettled(this.deliveries.now().minus(this.settings.kept()), this.settings.batch()))));
	}

	private Mono<Void> round() {
		return Chore.inBatches(this.settings.batch(), this::batch)
			.then(this.database.step(this.store.countWaiting()))
			.doOnNext(this.waiting::set)
			.then();
	}

	/** Counts those that were told: what only waits on is looked at again next time. */
	private Mono<Long> batch() {
		return this.database.step(this.store.due(this.deliveries.now(), this.settings.batch()).collectList())
			.flatMap((due) -> Flux.fromIterable(due)
				.flatMap((one) -> look(one).onErrorComplete(Problem.class), this.settings.together())
				.then(Mono.just((long) due.size())));
	}

	private Mono<Void> look(Due due) {
		return this.database.step(this.store.lease(due, this.deliveries.now().plus(this.settings.lease())))
			.filter((mine) -> mine)
			.flatMap((mine) -> this.database.step(this.store.waiting(due.id())))
			.flatMap((reading) -> this.deliveries.again(reading)
				.flatMap((delivery) -> (delivery instanceof Delivery.Refused refused)
						? this.database.step(this.store.refused(reading.id(), refused.code(), this.deliveries.now()))
						: Mono.empty())
				.onErrorResume(Problem.class, (problem) -> this.database.step(this.store.wait(reading.id(),
						reading.sent(), this.deliveries.now().plus(this.settings.pause())))));
	}

}
