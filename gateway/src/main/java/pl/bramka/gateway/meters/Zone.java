package pl.bramka.gateway.meters;

import org.jspecify.annotations.Nullable;

/**
 * What a register counts, by its OBIS code (IEC 62056-61).
 */
public enum Zone {

	/** All of it: 1.8.0, and the one register of a gas meter. */
	TOTAL,

	/** By day, or at peak hours: 1.8.1. */
	DAY,

	/** By night, or off peak: 1.8.2. */
	NIGHT,

	/** Something else, for instance a third zone; its type says what. */
	OTHER;

	static Zone of(@Nullable String type) {
		return switch ((type != null) ? type : "") {
			case "1.8.0", "7-0:3.0.0" -> TOTAL;
			case "1.8.1" -> DAY;
			case "1.8.2" -> NIGHT;
			default -> OTHER;
		};
	}

}
