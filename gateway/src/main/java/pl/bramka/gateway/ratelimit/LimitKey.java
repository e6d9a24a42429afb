package pl.bramka.gateway.ratelimit;

/**
 * Whose calls a limit counts.
 */
public enum LimitKey {

	/** All callers behind one address: many, where a mobile network shares addresses. */
	ADDRESS,

	/** One phone, by the thumbprint of the key it showed a proof of. */
	DEVICE,

	/** One customer, on all phones. */
	CUSTOMER,

	/** Whoever gives this e-mail, whether or not an account has it. */
	EMAIL

}
