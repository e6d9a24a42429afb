package pl.bramka.gateway.readingrules;

/**
 * What a reading is for.
 */
public enum ReadingKind {

	/** It is billed: the answer carries the amount to pay. */
	BILLING,

	/** It is kept beside others, and nothing is billed. */
	CONTROL

}
