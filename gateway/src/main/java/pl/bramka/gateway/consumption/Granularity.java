package pl.bramka.gateway.consumption;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;

import pl.bramka.gateway.contracts.Medium;

/**
 * What one point of a chart stands for.
 */
enum Granularity {

	/** A true hour of a smart meter's curve; only electricity. */
	HOUR,

	/**
	 * A calendar day of Europe/Warsaw: the sum of the 23, 24 or 25 hours of the curve;
	 * only electricity.
	 */
	DAY,

	/** A month as billing accounts for it. */
	MONTH;

	/** Whether there may be such values; a gas meter has no curve. */
	boolean isKnownOf(Medium medium) {
		return this == MONTH || medium == Medium.ELECTRICITY;
	}

	/** Whole steps only: a month is never cut. */
	Days whole(Days days) {
		if (this != MONTH || days.isEmpty()) {
			return days;
		}
		return new Days(days.first().withDayOfMonth(1), YearMonth.from(days.last()).atEndOfMonth());
	}

	/** How long that is, in the unit that a range is limited by: days, or months. */
	long length(Days days) {
		return (this == MONTH)
				? ChronoUnit.MONTHS.between(YearMonth.from(days.first()), YearMonth.from(days.last())) + 1
				: ChronoUnit.DAYS.between(days.first(), days.last()) + 1;
	}

	/** How many steps that is. */
	long steps(Days days) {
		if (days.isEmpty()) {
			return 0;
		}
		return (this == HOUR) ? days.hours() : length(days);
	}

	/** Which step begins then; billing may account for a month in two parts. */
	TemporalAccessor step(OffsetDateTime start) {
		return (this == MONTH) ? YearMonth.from(start) : start;
	}

	/** The last day of the last step that is over. */
	LocalDate over(LocalDate today) {
		return (this == MONTH) ? today.withDayOfMonth(1).minusDays(1) : today.minusDays(1);
	}

	/** What billing is asked for, and remembered by: always the same pieces. */
	List<Days> pieces(Days days, int daysAtOnce) {
		return (this == MONTH) ? days.inYears() : days.inPieces(daysAtOnce);
	}

}
