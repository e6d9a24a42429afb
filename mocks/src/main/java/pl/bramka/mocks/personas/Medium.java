package pl.bramka.mocks.personas;

/**
 * What is delivered.
 */
public enum Medium {

	/** Electricity, division 01. */
	ELECTRICITY,

	/** Gas, division 02. */
	GAS

}
