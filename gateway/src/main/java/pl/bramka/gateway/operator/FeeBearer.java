package pl.bramka.gateway.operator;

/**
 * Who bears the operator's fee.
 */
public enum FeeBearer {

	/** We do: the payment is free to the customer. */
	MERCHANT,

	/** The customer does, on top of what is owed. */
	PAYER

}
