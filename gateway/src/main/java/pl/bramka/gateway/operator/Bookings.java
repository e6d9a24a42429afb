package pl.bramka.gateway.operator;

import reactor.core.publisher.Mono;

/**
 * Who keeps the books of payments: told what the operator says, by notification or when
 * asked.
 */
public interface Bookings {

	/**
	 * Books what the operator says of an attempt, whose origin has been verified.
	 * @param attempt what it says
	 * @return whether it fits our books; emitted once what it changes is committed. False
	 * for an order we do not have, another amount or currency, another bearer of the fee.
	 * {@code store-unavailable} if it could not be booked now
	 */
	Mono<Boolean> book(Attempt attempt);

}
