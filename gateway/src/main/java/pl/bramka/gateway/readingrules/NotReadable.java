package pl.bramka.gateway.readingrules;

/**
 * Why a meter cannot be read by the customer today.
 */
public enum NotReadable {

	/** It is no electricity meter. */
	MEDIUM,

	/** There is nothing to read on it: it was taken away, or reports by itself. */
	NO_REGISTERS,

	/** The time in which a billing reading is taken has not begun. */
	NOT_YET,

	/** The time in which a billing reading is taken is over. */
	OVER,

	/** It was read already: today, or for this bill. */
	GIVEN

}
