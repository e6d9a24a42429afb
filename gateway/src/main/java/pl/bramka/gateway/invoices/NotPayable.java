package pl.bramka.gateway.invoices;

/**
 * Why a document cannot be paid in the app.
 */
public enum NotPayable {

	/** A payment is under way, or nobody can say whether one is. */
	ONGOING,

	/** Nothing is left to pay. */
	PAID,

	/** It was cancelled. */
	CANCELLED,

	/** It is a credit. */
	NEGATIVE,

	/** It is collected from the customer's bank account. */
	DIRECT_DEBIT

}
