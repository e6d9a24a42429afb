package pl.bramka.gateway.upstream;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.util.unit.DataSize;

/**
 * How each system behind the gateway is called. May change while the gateway runs: an
 * edit changes the pipe of that system only, and calls under way end by what they began
 * with. Defaults and reasons: application.yml.
 *
 * @param billing billing and metering
 * @param crm customers and contracts
 * @param operator the payment operator
 * @param identity the identity provider
 */
record UpstreamFigures(@NotNull @Valid Figures billing, @NotNull @Valid Figures crm, @NotNull @Valid Figures operator,
		@NotNull @Valid Figures identity) {

	Figures of(UpstreamName name) {
		return switch (name) {
			case BILLING -> this.billing;
			case CRM -> this.crm;
			case OPERATOR -> this.operator;
			case IDENTITY -> this.identity;
		};
	}

	/**
	 * One system.
	 *
	 * @param connectTimeout how long opening a connection may take; a healthy system in
	 * the same data centre needs a few milliseconds
	 * @param readTimeout the longest silence while an answer arrives
	 * @param tryLimit the whole of one try, from asking the pool for a connection to the
	 * last byte, so that a dribbling answer ends too
	 * @param maxAnswerSize an answer larger than this is a failure: it bounds what one
	 * call can hold in memory
	 * @param concurrency calls under way at once, the bulkhead; more are refused at once
	 * @param pool its connections
	 * @param breaker when to stop asking
	 * @param retry when to ask once more
	 */
	record Figures(@NotNull @DurationMin(millis = 1) @DurationMax(seconds = 60) Duration connectTimeout,
			@NotNull @DurationMin(millis = 1) @DurationMax(seconds = 60) Duration readTimeout,
			@NotNull @DurationMin(millis = 1) @DurationMax(seconds = 60) Duration tryLimit,
			@NotNull DataSize maxAnswerSize, @Min(1) @Max(10_000) int concurrency, @NotNull @Valid Pool pool,
			@NotNull @Valid Breaker breaker, @NotNull @Valid Retry retry) {

		private static final DataSize LARGEST = DataSize.ofMegabytes(64);

		@AssertTrue(message = "must be between 1B and 64MB")
		boolean isMaxAnswerSize() {
			return this.maxAnswerSize == null
					|| (this.maxAnswerSize.toBytes() > 0 && this.maxAnswerSize.compareTo(LARGEST) <= 0);
		}

		/** Whether connections made for these serve for the others too. */
		boolean shareConnections(Figures other) {
			return this.pool.equals(other.pool) && this.connectTimeout.equals(other.connectTimeout);
		}

	}

	/**
	 * Connections to one system.
	 *
	 * @param connections open at once, at least the concurrency, so that the bulkhead and
	 * not a queue decides who waits
	 * @param pending calls that may wait for a connection
	 * @param acquireTimeout how long a call waits for one; shorter than its try
	 * @param idle an unused connection is closed after this; shorter than the system's
	 * own limit, so that it never closes one under us
	 * @param lifetime a connection is replaced after this, so that a change of address is
	 * noticed
	 */
	record Pool(@Min(1) @Max(10_000) int connections, @Min(1) @Max(10_000) int pending,
			@NotNull @DurationMin(millis = 1) @DurationMax(days = 1) Duration acquireTimeout,
			@NotNull @DurationMin(millis = 1) @DurationMax(days = 1) Duration idle,
			@NotNull @DurationMin(millis = 1) @DurationMax(days = 1) Duration lifetime) {
	}

	/**
	 * When to stop asking a system.
	 *
	 * @param window the last calls that are judged
	 * @param minimum calls before a judgement
	 * @param failureRate percent of failures that open the breaker
	 * @param open how long nothing is asked, before probes
	 * @param probes calls let through to see whether the system is back
	 * @param halfOpen how long probes may take altogether
	 */
	record Breaker(@Min(1) @Max(1000) int window, @Min(1) @Max(1000) int minimum, @Min(1) @Max(100) int failureRate,
			@NotNull @DurationMin(millis = 1) @DurationMax(days = 1) Duration open, @Min(1) @Max(100) int probes,
			@NotNull @DurationMin(millis = 1) @DurationMax(days = 1) Duration halfOpen) {
	}

	/**
	 * When to ask once more. Only reads are, and only once.
	 *
	 * @param pause the wait before the second try, varied by half so that callers do not
	 * come back together
	 * @param share of the calls of the last ten seconds that may be second tries
	 * @param floor second tries in ten seconds that are allowed however few calls there
	 * were
	 */
	record Retry(@NotNull @DurationMin(millis = 1) @DurationMax(seconds = 60) Duration pause,
			@DecimalMin("0") @DecimalMax("1") double share, @Min(0) @Max(100) int floor) {
	}

}
