package pl.bramka.gateway.readingrules;

import java.time.LocalDate;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;

/**
 * Knows of readings that billing does not tell of, since it has not taken them yet.
 */
@FunctionalInterface
public interface GivenReadings {

	/**
	 * Whether a meter was read.
	 * @param customer by whom
	 * @param meterId the meter
	 * @param day on which day, by the calendar of Europe/Warsaw
	 * @return whether a reading of that day is kept; false also if nobody can say, since
	 * whoever gives another one is told anyway
	 */
	Mono<Boolean> isGiven(Customer customer, String meterId, LocalDate day);

}
