package pl.bramka.gateway.meters;

import org.jspecify.annotations.Nullable;

/**
 * The zones of a tariff: what a register of a meter counts, by the last figure of its
 * OBIS code (IEC 62056-61).
 */
public enum Zone {

	/**
	 * All hours alike, register 1.8.0, and the one register of a gas meter. Where there
	 * are other zones too it is what they come to together, and is not to be added to
	 * them.
	 */
	TOTAL,

	/** Day or peak, register 1.8.1. */
	PEAK,

	/** Night or off-peak, register 1.8.2. */
	OFF_PEAK,

	/** Any further zone, as the third of G13, register 1.8.3. */
	OTHER;

	/**
	 * The zone of a register.
	 * @param figure the last one of its code
	 * @return the zone
	 */
	public static Zone of(char figure) {
		return switch (figure) {
			case '0' -> TOTAL;
			case '1' -> PEAK;
			case '2' -> OFF_PEAK;
			default -> OTHER;
		};
	}

	static Zone of(@Nullable String type) {
		return (type == null || type.isEmpty()) ? OTHER : of(type.charAt(type.length() - 1));
	}

}
