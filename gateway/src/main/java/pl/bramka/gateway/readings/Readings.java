package pl.bramka.gateway.readings;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.idempotency.Once;
import pl.bramka.gateway.idempotency.Request;
import pl.bramka.gateway.idempotency.Ticket;
import pl.bramka.gateway.meters.Meters;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.readingrules.ReadingOptions;
import pl.bramka.gateway.readingrules.ReadingRules;
import pl.bramka.gateway.readingrules.ReadValue;

import org.springframework.stereotype.Component;

/**
 * Takes readings. One is judged by the moment it arrived, written down, and only then
 * billing is told. If billing cannot take it now it stays written down, and is told later
 * with the day of its arrival.
 */
@Component
final class Readings {

	private static final String OPERATION = "readings";

	private final Meters meters;

	private final ReadingRules rules;

	private final ReadingStore store;

	private final Deliveries deliveries;

	private final Database database;

	private final Once once;

	private final ReadingProperties settings;

	Readings(Meters meters, ReadingRules rules, ReadingStore store, Deliveries deliveries, Database database, Once once,
			ReadingProperties settings) {
		this.meters = meters;
		this.rules = rules;
		this.store = store;
		this.deliveries = deliveries;
		this.database = database;
		this.once = once;
		this.settings = settings;
	}

	/**
	 * What is given.
	 *
	 * @param meterId the meter
	 * @param values what was read
	 * @param confirmed whether the customer was asked and is sure
	 */
	record Given(String meterId, List<ReadValue> values, boolean confirmed) {

		/** The same whatever the order of registers, or the zeros behind a comma. */
		String content() {
			StringBuilder content = new StringBuilder(this.meterId);
			sorted().forEach((value) -> content.append(' ')
				.append(value.register())
				.append('=')
				.append(value.value().stripTrailingZeros().toString()));
			return content.append(this.confirmed ? " sure" : "").toString();
		}

		List<ReadValue> sorted() {
			return this.values.stream().sorted(Comparator.comparing(ReadValue::register)).toList();
		}

	}

	/** Takes a reading, once for a key. */
	Mono<Reading> give(Customer customer, String key, Given given, Language language) {
		return this.once.answer(new Request(customer.id(), OPERATION, key, given.content()), Reading.class,
				(ticket) -> ticket.subject()
					.map((id) -> goOn(customer, id, language))
					.orElseGet(() -> begin(customer, given, ticket, language)));
	}

	/** Somebody began it and did not finish: whoever looks for those does. */
	private Mono<Reading> goOn(Customer customer, String id, Language language) {
		return this.database.step(this.store.find(customer.id(), id))
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.STORE_UNAVAILABLE)))
			.flatMap((reading) -> (reading.refusal() != null) ? Mono.error(Problem.of(reading.refusal()))
					: Mono.just(Reading.from(reading, language)));
	}

	private Mono<Reading> begin(Customer customer, Given given, Ticket ticket, Language language) {
		Instant arrived = this.deliveries.now();
		return this.meters.find(customer, given.meterId(), false)
			.map((meter) -> this.rules.options(meter.value(), ReadingRules.day(arrived)))
			.doOnNext((options) -> this.rules.check(options, given.values(), given.confirmed()))
			// Random numbers are read from the system, so not on an event loop.
			.publishOn(Schedulers.boundedElastic())
			.flatMap((options) -> begin(customer, given, options, arrived, ticket, language));
	}

	private Mono<Reading> begin(Customer customer, Given given, ReadingOptions options, Instant arrived, Ticket ticket,
			Language language) {
		StoredReading reading = reading(customer, given, options, arrived);
		Instant takenOver = arrived.plus(this.settings.lease());
		return this.database
			.whole(this.store.insert(reading, takenOver)
				.flatMap((free) -> free ? ticket.begin(reading.id())
						: Mono.error(Problem.of(ProblemCode.READING_ALREADY_GIVEN)))
				.then(this.store.waitsForAnother(reading)))
			.flatMap((waits) -> waits ? Mono.just(reading) : tell(reading, options, ticket))
			.map((now) -> Reading.from(now, language));
	}

	private Mono<StoredReading> tell(StoredReading reading, ReadingOptions options, Ticket ticket) {
		return this.deliveries.first(reading).flatMap((delivery) -> switch (delivery) {
			case Delivery.Taken taken -> Mono.just(reading.taken(taken));
			case Delivery.Refused refused -> this.database.whole(this.store.forget(reading.id()).then(ticket.forget()))
				.then(Mono.error(this.rules.refusal(refused.code(), options)));
			case Delivery.NotSent notSent -> Mono.just(reading);
			case Delivery.Unknown unknown -> Mono.just(reading);
		});
	}

	private static StoredReading reading(Customer customer, Given given, ReadingOptions options, Instant arrived) {
		if (options.kind() == null) {
			throw Problem.of(ProblemCode.READING_NOT_OFFERED);
		}
		return new StoredReading(UUID.randomUUID().toString(), customer.id(), options.meterId(), options.kind(),
				given.confirmed(), given.sorted(), arrived, options.today(), Reading.State.KEPT, true, null, null);
	}

}
