package pl.bramka.gateway.payments;

import java.util.Collection;

import pl.bramka.gateway.operator.Attempt;

/**
 * How far a payment is in our books.
 */
enum PaymentState {

	/** Written down; what the operator made of it is not known. */
	STARTING(Payment.State.PENDING),

	/** The operator has the order. */
	PENDING(Payment.State.PENDING),

	/** The operator has the money: nothing leads away from here. */
	PAID(Payment.State.PAID),

	/** All attempts were refused, or there was never an order. */
	FAILED(Payment.State.FAILED),

	/** Nobody paid in time. */
	EXPIRED(Payment.State.EXPIRED);

	private final Payment.State shown;

	PaymentState(Payment.State shown) {
		this.shown = shown;
	}

	Payment.State shown() {
		return this.shown;
	}

	/**
	 * Where a payment is after the operator spoke. Does not depend on the order in which
	 * it did: what an attempt is never moves back ({@link Attempt.Status#and}).
	 * @param closed whether the payment is over: then only money changes it
	 * @param attempts how far each attempt came
	 * @return the state, possibly the same
	 */
	PaymentState after(boolean closed, Collection<Attempt.Status> attempts) {
		if (this == PAID || attempts.contains(Attempt.Status.SUCCESS)) {
			return PAID;
		}
		if (closed || attempts.isEmpty()) {
			return this;
		}
		return attempts.contains(Attempt.Status.PENDING) ? PENDING : FAILED;
	}

	/** Whether more than one attempt brought money. */
	static boolean isPaidTwice(Collection<Attempt.Status> attempts) {
		return attempts.stream().filter((status) -> status == Attempt.Status.SUCCESS).count() > 1;
	}

}
