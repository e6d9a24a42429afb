package pl.bramka.gateway.invoices;

/**
 * What a payment made with us has done to a document.
 */
public enum InvoicePayment {

	/** It is being paid. */
	ONGOING,

	/** It was paid; billing books that later. */
	BOOKING

}
