package pl.bramka.gateway.readingrules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.meters.Meter;
import pl.bramka.gateway.meters.Register;
import pl.bramka.gateway.meters.Zone;

/**
 * What the customer may read on a meter today, before anything is typed.
 *
 * @param meterId the meter
 * @param contractId the contract it measures for
 * @param serialNumber the number on its plate; empty if nobody knows it
 * @param available whether a reading is taken today
 * @param reason why none is; absent if one is
 * @param kind what a reading of today is for; absent if none is ever taken
 * @param today the day a reading would be of, by the calendar of Europe/Warsaw
 * @param opensOn the first day of the time in which a billing reading is taken; absent if
 * none is planned, and of a control reading, which is taken on any day
 * @param closesOn the last day of it
 * @param registers what is to be typed: a value for each of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadingOptions(@Schema(example = "000000000010009001") String meterId,
		@Schema(example = "0030009001") String contractId, @Schema(example = "90100901") String serialNumber,
		boolean available, @Nullable NotReadable reason, @Nullable ReadingKind kind, LocalDate today,
		@Nullable LocalDate opensOn, @Nullable LocalDate closesOn, List<RegisterOptions> registers) {

	/**
	 * A register to be read.
	 *
	 * @param id its number on that meter
	 * @param type what it counts, by its OBIS code
	 * @param zone the same for people
	 * @param unit the unit it shows
	 * @param integerPlaces digits before the comma
	 * @param decimalPlaces digits behind it
	 * @param previousOn when it was read last; absent if it never was
	 * @param plausible what it may be expected to show; absent if it was never read
	 * @param register itself
	 * @param mostUse the most that can have been used since; null if nobody knows
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record RegisterOptions(@Schema(example = "001") String id, @Schema(example = "1.8.1") String type, Zone zone,
			@Schema(example = "kWh") String unit, int integerPlaces, int decimalPlaces, @Nullable LocalDate previousOn,
			@Nullable PlausibleRange plausible, @JsonIgnore Register register,
			@JsonIgnore @Nullable BigDecimal mostUse) {

		static RegisterOptions of(Register register, Meter meter, LocalDate today, ReadingRuleProperties settings) {
			BigDecimal mostUse = PlausibleRange.mostUse(register, meter.results(), today, settings);
			return new RegisterOptions(register.id(), register.type(), register.zone(), register.unit(),
					register.integerPlaces(), register.decimalPlaces(), register.previousOn(),
					PlausibleRange.of(register, mostUse), register, mostUse);
		}

	}

	static ReadingOptions of(Meter meter, LocalDate today, ReadingRuleProperties settings) {
		if (!meter.isElectric()) {
			return none(meter, today, NotReadable.MEDIUM);
		}
		if (meter.registers().isEmpty()) {
			return none(meter, today, NotReadable.NO_REGISTERS);
		}
		ReadingKind kind = ReadingWindow.kind(meter, today);
		@Nullable ReadingWindow window = (kind == ReadingKind.BILLING && meter.plannedOn() != null)
				? ReadingWindow.around(meter.plannedOn(), settings) : null;
		@Nullable NotReadable reason = reason(meter, today, window);
		return new ReadingOptions(meter.id(), meter.contract().id(), meter.serialNumber(), reason == null, reason, kind,
				today, (window != null) ? window.opensOn() : null, (window != null) ? window.closesOn() : null,
				meter.registers()
					.stream()
					.map((register) -> RegisterOptions.of(register, meter, today, settings))
					.toList());
	}

	/** The same after a reading that billing does not know of yet. */
	ReadingOptions given() {
		return this.available ? new ReadingOptions(this.meterId, this.contractId, this.serialNumber, false,
				NotReadable.GIVEN, this.kind, this.today, this.opensOn, this.closesOn, this.registers) : this;
	}

	/** Billing takes one reading a day, and one for a bill. */
	private static @Nullable NotReadable reason(Meter meter, LocalDate today, @Nullable ReadingWindow window) {
		if (meter.results().stream().anyMatch((result) -> result.on().equals(today))) {
			return NotReadable.GIVEN;
		}
		if (window == null) {
			return null;
		}
		return window.isServed(meter) ? NotReadable.GIVEN : window.against(today);
	}

	private static ReadingOptions none(Meter meter, LocalDate today, NotReadable reason) {
		return new ReadingOptions(meter.id(), meter.contract().id(), meter.serialNumber(), false, reason, null, today,
				null, null, List.of());
	}

}
