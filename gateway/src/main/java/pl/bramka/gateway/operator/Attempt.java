package pl.bramka.gateway.operator;

import java.time.Instant;

import pl.bramka.gateway.money.Money;

/**
 * What the operator says of one attempt to pay an order. An order may see several.
 *
 * @param orderId our number of the order
 * @param bearer who bears the fee of the order, by the service that the operator names
 * @param remoteId the operator's number of the attempt
 * @param status how far it came
 * @param amount what it paid of ours; the operator's fee is not in it
 * @param at when, by the operator's clock
 */
public record Attempt(String orderId, FeeBearer bearer, String remoteId, Status status, Money amount, Instant at) {

	/**
	 * How far an attempt came, in the order in which nothing steps back: messages come in
	 * any order, and a success is never taken back by a late one.
	 */
	public enum Status {

		/** Begun. */
		PENDING,

		/** Not paid; a success may follow. */
		FAILURE,

		/** Paid. */
		SUCCESS;

		/**
		 * What is known of an attempt after another message about it.
		 * @param other what the other message says
		 * @return the one of both that came further
		 */
		public Status and(Status other) {
			return (compareTo(other) >= 0) ? this : other;
		}

	}

}
