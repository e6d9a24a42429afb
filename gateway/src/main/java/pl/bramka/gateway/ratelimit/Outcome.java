package pl.bramka.gateway.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;
import org.jspecify.annotations.Nullable;

/**
 * What a limit says to a request.
 *
 * @param charge what was asked
 * @param answer what the bucket said; nothing if the shared one is out of reach and this
 * node may not decide alone
 * @param shared whether it was the bucket of all nodes
 */
record Outcome(Charge charge, @Nullable VerboseResult<ConsumptionProbe> answer, boolean shared) {

	Limit limit() {
		return this.charge.limit();
	}

	Limit.Result result() {
		if (this.answer == null) {
			return Limit.Result.UNAVAILABLE;
		}
		if (this.answer.getValue().isConsumed()) {
			return Limit.Result.PASSED;
		}
		return switch (limit().policy().exceeded()) {
			case REFUSE -> Limit.Result.REFUSED;
			case OBSERVE -> Limit.Result.OBSERVED;
			case CACHED -> Limit.Result.CACHED;
		};
	}

	/** Whether the request ends here. */
	boolean stops() {
		return limit().policy().exceeded() == RateLimitProperties.Exceeded.REFUSE && result() != Limit.Result.PASSED;
	}

	/** How long until the same request would pass, in nanoseconds. */
	long nanosToWait() {
		return (this.answer != null) ? this.answer.getValue().getNanosToWaitForRefill() : 0;
	}

}
