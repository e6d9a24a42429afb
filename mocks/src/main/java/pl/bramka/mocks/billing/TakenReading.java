package pl.bramka.mocks.billing;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.personas.Meter;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.SapFault;

/**
 * An entry that can be processed.
 *
 * @param entry what was claimed
 * @param unit unit of the register
 * @param use use since the previous reading
 * @param implausible whether the use is negative or far too much
 */
record TakenReading(ReadingEntry entry, String unit, BigDecimal use, boolean implausible) {

	/** Use beyond so many average days' worth is implausible, past a small allowance. */
	private static final BigDecimal PLAUSIBLE_FACTOR = new BigDecimal("3");

	private static final BigDecimal ALLOWANCE = new BigDecimal("50");

	/**
	 * Judges an entry by what its register showed before; a counter may have turned over.
	 */
	static TakenReading of(ReadingEntry entry, Meter meter, Row previous) {
		Meter.Register register = meter.registers()
			.stream()
			.filter((one) -> one.id().equals(entry.registerId()))
			.findFirst()
			.orElseThrow();
		BigDecimal value = entry.value();
		boolean fits = value.signum() >= 0 && value.stripTrailingZeros().scale() <= register.decimalPlaces()
				&& value.compareTo(BigDecimal.TEN.pow(register.integerPlaces())) < 0;
		if (!fits) {
			throw SapFault.business("EL/209", "Nie można przetworzyć odczytu: zła liczba cyfr", "ReadingResult");
		}
		BigDecimal use = value.subtract(previous.decimal("PreviousMeterReadingResult"));
		long days = Math.max(1, ChronoUnit.DAYS.between(previous.date("PreviousMeterReadingDate"), entry.day()));
		BigDecimal most = register.dailyUse()
			.multiply(BigDecimal.valueOf(days))
			.multiply(PLAUSIBLE_FACTOR)
			.add(ALLOWANCE);
		BigDecimal turned = use.add(BigDecimal.TEN.pow(register.integerPlaces()));
		if (use.signum() < 0 && turned.compareTo(most) <= 0) {
			return new TakenReading(entry, register.unit(), turned, false);
		}
		return new TakenReading(entry, register.unit(), use, use.signum() < 0 || use.compareTo(most) > 0);
	}

	Row row(String id, String status, String leading, @Nullable BigDecimal amount, String invoice) {
		return Row.of("MeterReadingResultID", id, "DeviceID", this.entry.deviceId(), "RegisterID",
				this.entry.registerId(), "ReadingResult", this.entry.value(), "ReadingDateTime", this.entry.day(),
				"ReadingUnit", this.unit, "MeterReadingNoteID", this.entry.note(), "Consumption", this.use,
				"MeterReadingReasonID", this.entry.reason(), "MeterReadingCategoryID", "02", "MeterReadingStatusID",
				status, "ZZBilledAmount", amount, "ZZInvoiceID", invoice, "ZZLeadingResultID", leading);
	}

}
