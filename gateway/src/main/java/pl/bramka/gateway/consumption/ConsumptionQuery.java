package pl.bramka.gateway.consumption;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * What is asked for.
 *
 * @param granularity what a point stands for
 * @param days of which days, the first and the last among them
 */
record ConsumptionQuery(Granularity granularity, Days days) {

	/** Dates have four digits for the year. */
	private static final Days CALENDAR = new Days(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 30));

	/**
	 * Checks a range.
	 * @throws Problem {@code invalid-request} if it ends before it begins or is longer
	 * than allowed
	 */
	static ConsumptionQuery of(Granularity granularity, LocalDate from, LocalDate to,
			ConsumptionProperties.Longest longest) {
		if (!CALENDAR.has(from)) {
			throw invalid("from");
		}
		Days days = new Days(from, to);
		if (!CALENDAR.has(to) || days.isEmpty() || granularity.length(days) > longest.of(granularity)) {
			throw invalid("to");
		}
		return new ConsumptionQuery(granularity, days);
	}

	private static Problem invalid(String field) {
		return Problem.of(ProblemCode.INVALID_REQUEST).with("errors", List.of(Map.of("field", field)));
	}

	/** The steps that there can be: within the contract's time, and not in the future. */
	Days among(Contract contract, LocalDate today) {
		return this.granularity.whole(this.days.and(lifetime(contract, today)));
	}

	/** The days of a contract so far. */
	static Days lifetime(Contract contract, LocalDate today) {
		@Nullable LocalDate end = contract.validTo();
		return new Days(contract.validFrom(), (end != null && end.isBefore(today)) ? end : today);
	}

}
