package pl.bramka.mocks.personas;

/**
 * Where a financial document stands.
 */
public enum DocumentStatus {

	/** Open. */
	OPEN,

	/** Open, and collected by direct debit: not for the customer to pay. */
	AUTOMATIC_COLLECTION,

	/** Paid in full. */
	PAID

}
