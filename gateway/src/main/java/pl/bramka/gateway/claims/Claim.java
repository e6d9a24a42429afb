package pl.bramka.gateway.claims;

/**
 * What a payment has done to a document.
 */
public enum Claim {

	/** It is in a payment that is not final: it cannot enter another one. */
	ONGOING,

	/** It was paid with us; billing books that hours later, if it has not yet. */
	PAID

}
