package pl.bramka.gateway.contracts;

import org.jspecify.annotations.Nullable;

/**
 * What is delivered.
 */
public enum Medium {

	/** Electricity, SAP's division 01. */
	ELECTRICITY,

	/** Gas, SAP's division 02. */
	GAS;

	/** The medium of an SAP division, or nothing if the app does not serve it. */
	static @Nullable Medium of(String division) {
		return switch (division) {
			case "01" -> ELECTRICITY;
			case "02" -> GAS;
			default -> null;
		};
	}

}
