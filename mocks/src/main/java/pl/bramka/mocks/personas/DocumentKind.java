package pl.bramka.mocks.personas;

/**
 * What a financial document is.
 */
public enum DocumentKind {

	/** An invoice. */
	INVOICE,

	/** A correction of an earlier invoice, often negative. */
	CORRECTION,

	/** Interest for paying late. */
	INTEREST_NOTE,

	/** An instalment of a forecast. */
	FORECAST

}
