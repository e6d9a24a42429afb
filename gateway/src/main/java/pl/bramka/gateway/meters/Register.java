package pl.bramka.gateway.meters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * A register of a meter, to be read.
 *
 * @param id its number on that meter
 * @param type what it counts, in billing's words, for instance {@code 1.8.1}
 * @param zone the same for an app
 * @param unit the unit it shows, for instance {@code kWh}
 * @param integerPlaces digits before the comma
 * @param decimalPlaces digits behind it
 * @param previous what it showed when it was read last; absent if it never was
 * @param previousOn when that was
 */
public record Register(String id, String type, Zone zone, String unit, int integerPlaces, int decimalPlaces,
		@Nullable BigDecimal previous, @Nullable LocalDate previousOn) {

	/** No counter has more digits. */
	private static final int MOST_PLACES = 12;

	/**
	 * Refuses a counter that cannot be.
	 */
	public Register {
		if (integerPlaces < 1 || integerPlaces > MOST_PLACES || decimalPlaces < 0 || decimalPlaces > MOST_PLACES) {
			throw new IllegalArgumentException("no counter has so many digits");
		}
	}

	/**
	 * Where the counter begins anew: one more than it can show.
	 * @return a power of ten
	 */
	public BigDecimal turn() {
		return BigDecimal.TEN.pow(this.integerPlaces);
	}

	/**
	 * Whether the counter can show a value.
	 * @param value what somebody read
	 * @return whether it is not negative and has no more digits than the counter
	 */
	public boolean canShow(BigDecimal value) {
		return value.signum() >= 0 && value.compareTo(turn()) < 0 && scale(value) <= this.decimalPlaces;
	}

	/**
	 * A value with as many decimals as the counter has.
	 * @param value a value
	 * @return the same value, rounded if billing keeps more decimals than the counter
	 */
	public BigDecimal shown(BigDecimal value) {
		return value.setScale(this.decimalPlaces, RoundingMode.HALF_UP);
	}

	private static int scale(BigDecimal value) {
		return (value.signum() == 0) ? 0 : value.stripTrailingZeros().scale();
	}

}
