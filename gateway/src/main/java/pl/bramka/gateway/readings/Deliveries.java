package pl.bramka.gateway.readings;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.meters.Meters;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * Tells billing of a reading that is written down, and writes down what it said. Where
 * billing may have been told before, it is asked first; should a reading reach it twice
 * all the same, it refuses the second, and is asked which of them it has.
 */
@Component
final class Deliveries {

	private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

	/** The cache of documents: a billing reading brings one. */
	private static final String DOCUMENTS = "invoices";

	private final BillingReadings billing;

	private final ReadingStore store;

	private final Database database;

	private final Meters meters;

	private final Drops drops;

	private final ReadingProperties settings;

	private final MeterRegistry registry;

	private final Clock clock;

	Deliveries(BillingReadings billing, ReadingStore store, Database database, Meters meters, Drops drops,
			ReadingProperties settings, MeterRegistry registry, Clock clock) {
		this.billing = billing;
		this.store = store;
		this.database = database;
		this.meters = meters;
		this.drops = drops;
		this.settings = settings;
		this.registry = registry;
		this.clock = clock;
		for (String result : List.of("taken", "refused", "not-sent", "unknown")) {
			registry.counter(Names.READINGS_TOLD, "result", result);
		}
	}

	/** For a reading that billing cannot have been told of. */
	Mono<Delivery> first(StoredReading reading) {
		return this.billing.send(reading).flatMap((delivery) -> settle(reading, delivery));
	}

	/** For one of which that is not sure; a problem if billing cannot say. */
	Mono<Delivery> again(StoredReading reading) {
		Mono<Delivery> send = Mono.defer(() -> this.database.step(this.store.sending(reading.id()))
			.then(this.billing.send(reading))
			.flatMap((delivery) -> isTakenAlready(delivery) ? this.billing.find(reading).defaultIfEmpty(delivery)
					: Mono.just(delivery)));
		Mono<Delivery> known = reading.sent() ? this.billing.find(reading) : Mono.empty();
		return known.switchIfEmpty(send).flatMap((delivery) -> settle(reading, delivery));
	}

	private static boolean isTakenAlready(Delivery delivery) {
		return delivery instanceof Delivery.Refused refused && refused.code() == ProblemCode.READING_ALREADY_GIVEN;
	}

	private Mono<Delivery> settle(StoredReading reading, Delivery delivery) {
		this.registry.counter(Names.READINGS_TOLD, "result", result(delivery)).increment();
		Mono<Void> written = switch (delivery) {
			case Delivery.Taken taken -> this.database.step(this.store.taken(reading.taken(taken), now()))
				.flatMap((news) -> this.meters.dropEverywhere(reading.customerId()))
				.then(this.drops.everywhere(DOCUMENTS, reading.customerId()));
			case Delivery.Refused refused -> {
				log.info("billing refused reading {}: {}", reading.id(), refused.code().code());
				// What billing knows of the meter is not what we thought.
				yield this.meters.dropEverywhere(reading.customerId());
			}
			case Delivery.NotSent notSent -> waits(reading, false, notSent.why().code());
			case Delivery.Unknown unknown -> waits(reading, true, unknown.why().code());
		};
		return written.thenReturn(delivery);
	}

	/** One that may be on its way is waited for until it must have been seen. */
	private Mono<Void> waits(StoredReading reading, boolean sent, ProblemCode why) {
		log.info("reading {} waits: {}", reading.id(), why.code());
		Instant again = now().plus(sent ? this.settings.lease() : this.settings.pause());
		return this.database.step(this.store.wait(reading.id(), sent, again));
	}

	private static String result(Delivery delivery) {
		return switch (delivery) {
			case Delivery.NotSent notSent -> "not-sent";
			default -> delivery.getClass().getSimpleName().toLowerCase(Locale.ROOT);
		};
	}

	/** As exact as the database keeps it. */
	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
