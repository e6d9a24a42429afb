package pl.bramka.mocks.operator;

import java.math.BigDecimal;

/**
 * One attempt to pay an order.
 *
 * @param remoteId the operator's number of the attempt
 * @param status PENDING, SUCCESS or FAILURE
 * @param paymentDate yyyyMMddHHmmss, Warsaw time
 * @param surplus what the operator names too much, in zloty; zero as a rule
 */
public record Attempt(String remoteId, Status status, String paymentDate, BigDecimal surplus) {

	Attempt became(Status other, String when) {
		return new Attempt(this.remoteId, other, when, this.surplus);
	}

	/**
	 * How far an attempt came.
	 */
	public enum Status {

		/** Begun. */
		PENDING,

		/** Paid. */
		SUCCESS,

		/** Not paid, for ever; another attempt may follow. */
		FAILURE;

		String details() {
			return switch (this) {
				case PENDING -> "";
				case SUCCESS -> "AUTHORIZED";
				case FAILURE -> "REJECTED";
			};
		}

	}

}
