package pl.bramka.mocks.personas;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A meter.
 *
 * @param deviceId the DeviceID, with leading zeros
 * @param serialNumber the number on its plate
 * @param description what it is
 * @param lastRead when it was read last
 * @param nextRead the next planned read
 * @param duplicateRow whether billing lists it a second time, without serial number
 * @param curve what its hourly curve looks like, absent when it has none
 * @param registers the registers that are read
 */
public record Meter(String deviceId, String serialNumber, String description,
		@JsonProperty("lastReadInDays") LocalDate lastRead, @JsonProperty("nextReadInDays") LocalDate nextRead,
		boolean duplicateRow, @Nullable Curve curve, List<Register> registers) {

	/**
	 * A register of a meter.
	 *
	 * @param id the RegisterID
	 * @param type what it counts: 1.8.0 total, 1.8.1 day or peak, 1.8.2 night or off-peak
	 * @param unit the unit it shows
	 * @param integerPlaces digits before the comma
	 * @param decimalPlaces digits behind the comma
	 * @param lastReading what it showed when it was read last
	 * @param dailyUse use of an average day, in its unit
	 */
	public record Register(String id, String type, String unit, int integerPlaces, int decimalPlaces,
			BigDecimal lastReading, BigDecimal dailyUse) {
	}

	/**
	 * An average day of a smart meter, in kWh.
	 *
	 * @param dailyUse what is taken from the grid
	 * @param dailyFeedIn what is fed into it
	 */
	public record Curve(BigDecimal dailyUse, BigDecimal dailyFeedIn) {
	}

}
