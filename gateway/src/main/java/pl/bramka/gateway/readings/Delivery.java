package pl.bramka.gateway.readings;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.meters.PastReading;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * What became of telling billing.
 */
sealed interface Delivery {

	/**
	 * Billing has it.
	 *
	 * @param locked whether it finds it implausible, and somebody will look at it
	 * @param billed what it costs; absent if nothing was billed
	 */
	record Taken(boolean locked, PastReading.@Nullable Billed billed) implements Delivery {
	}

	/**
	 * Billing will not have it.
	 *
	 * @param code why
	 */
	record Refused(ProblemCode code) implements Delivery {
	}

	/**
	 * Billing has seen nothing of it.
	 *
	 * @param why what was met
	 */
	record NotSent(Problem why) implements Delivery {
	}

	/**
	 * Billing may have it or not.
	 *
	 * @param why what was met
	 */
	record Unknown(Problem why) implements Delivery {
	}

}
