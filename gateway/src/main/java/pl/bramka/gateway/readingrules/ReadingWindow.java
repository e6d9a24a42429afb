package pl.bramka.gateway.readingrules;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.meters.Meter;

/**
 * The days on which a billing reading is taken, by the calendar of Europe/Warsaw.
 *
 * @param opensOn the first of them
 * @param closesOn the last of them
 */
record ReadingWindow(LocalDate opensOn, LocalDate closesOn) {

	/** Around the planned reading. */
	static ReadingWindow around(LocalDate plannedOn, ReadingRuleProperties settings) {
		return new ReadingWindow(plannedOn.minusDays(settings.daysEarly()), plannedOn.plusDays(settings.daysLate()));
	}

	/**
	 * What a reading of a day is for: it is billed only if the customer reads the meter
	 * and is billed for it (Telerachunek), in the billing month, and only electricity is.
	 */
	static ReadingKind kind(Meter meter, LocalDate day) {
		Meter.@Nullable BillingMonth month = meter.billingMonth();
		return (meter.isElectric() && meter.contract().telerachunek() && month != null && month.has(day))
				? ReadingKind.BILLING : ReadingKind.CONTROL;
	}

	/** Why nothing is taken on a day; null if something is. */
	@Nullable NotReadable against(LocalDate day) {
		if (day.isBefore(this.opensOn)) {
			return NotReadable.NOT_YET;
		}
		return day.isAfter(this.closesOn) ? NotReadable.OVER : null;
	}

	/** Whether a reading for this bill was taken. */
	boolean isServed(Meter meter) {
		return meter.results().stream().anyMatch((result) -> result.periodic() && !result.on().isBefore(this.opensOn));
	}

}
