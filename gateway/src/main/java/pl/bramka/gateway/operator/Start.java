package pl.bramka.gateway.operator;

import java.net.URI;

import pl.bramka.gateway.problem.Problem;

/**
 * What became of starting a payment. Whoever started it must know which: only two of them
 * say that there is no order at the operator.
 */
public sealed interface Start {

	/**
	 * The operator has the order.
	 *
	 * @param redirectUrl where the customer pays
	 * @param remoteId the operator's number of the first attempt
	 */
	record Accepted(URI redirectUrl, String remoteId) implements Start {
	}

	/**
	 * The operator understood and said no: there is no order.
	 *
	 * @param reason the operator's word, for the log only
	 */
	record Refused(String reason) implements Start {
	}

	/**
	 * Nothing was sent: there is no order.
	 *
	 * @param why what is answered to the customer
	 */
	record NotSent(Problem why) implements Start {
	}

	/**
	 * It was sent and nobody knows: there may be an order. Ask, never send again.
	 *
	 * @param why what was met
	 */
	record Unknown(Problem why) implements Start {
	}

}
