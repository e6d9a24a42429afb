package pl.bramka.gateway.readings;

import java.time.Duration;
import java.time.LocalDate;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.readingrules.GivenReadings;

import org.springframework.stereotype.Component;

/**
 * What is written down counts as given, whether or not billing has been told.
 */
@Component
final class KeptToday implements GivenReadings {

	/**
	 * What may be read is worth no longer wait: a frozen database would take all of its
	 * limit.
	 */
	private static final Duration LONGEST = Duration.ofMillis(300);

	private final ReadingStore store;

	private final Database database;

	KeptToday(ReadingStore store, Database database) {
		this.store = store;
		this.database = database;
	}

	@Override
	public Mono<Boolean> isGiven(Customer customer, String meterId, LocalDate day) {
		return this.database.step(this.store.of(customer.id(), meterId, day))
			.map((readings) -> readings.stream()
				.anyMatch((reading) -> reading.on().equals(day) && reading.state() != Reading.State.REFUSED))
			.timeout(LONGEST, Mono.just(false))
			.onErrorReturn(Problem.class, false);
	}

}
