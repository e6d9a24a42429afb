package pl.bramka.gateway.quotes;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What a document lacks to be paid without a fee.
 */
@Schema(name = "MissingForFree")
public enum Missing {

	/** A contract that it is billed for has no price guarantee today. */
	PRICE_GUARANTEE,

	/** Its payer number gets paper. */
	E_INVOICE

}
