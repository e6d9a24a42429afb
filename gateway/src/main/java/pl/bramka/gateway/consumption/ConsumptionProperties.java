package pl.bramka.gateway.consumption;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of consumption.
 *
 * @param longest the longest ranges that may be asked for
 * @param daysAtOnce of how many days a curve is asked for in one call; 10, so that six
 * registers of a meter still fit into the longest answer that the pipe takes
 * @param callsAtOnce how many such calls are made at once for one chart; 6, so that a
 * year is there within the deadline and leaves billing's places to others
 * @param cache how long values are kept; its room is counted in values
 */
@Validated
@ConfigurationProperties("bramka.consumption")
record ConsumptionProperties(@NotNull @Valid Longest longest, @Min(1) @Max(31) int daysAtOnce,
		@Min(1) @Max(20) int callsAtOnce, @NotNull @Valid Freshness cache) {

	/**
	 * The longest ranges, which bound what one answer holds.
	 *
	 * @param hour days, asked for by the hour; 31, the longest month
	 * @param day days, asked for by the day; 366, the longest year
	 * @param month months, asked for by the month; 36, three years side by side
	 */
	record Longest(@Min(1) @Max(93) int hour, @Min(1) @Max(732) int day, @Min(1) @Max(240) int month) {

		int of(Granularity granularity) {
			return switch (granularity) {
				case HOUR -> this.hour;
				case DAY -> this.day;
				case MONTH -> this.month;
			};
		}

	}

}
