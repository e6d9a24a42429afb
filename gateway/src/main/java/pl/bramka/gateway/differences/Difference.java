package pl.bramka.gateway.differences;

import java.util.Locale;

/**
 * What does not fit between our books and those of others. Somebody has to look at each.
 */
public enum Difference {

	/** The operator has money or an attempt for an order that we never gave. */
	UNKNOWN_ORDER,

	/** The operator speaks of another amount than the payment's. */
	AMOUNT,

	/** The operator speaks of another currency than the payment's. */
	CURRENCY,

	/** The operator took the order at the service of the other bearer of the fee. */
	BEARER,

	/** The operator has money for it that nobody owed. */
	OVERPAID,

	/** Paid, and billing has not booked it for too long. */
	MISSING,

	/** Not final though it should be: the operator cannot be asked. */
	UNSETTLED;

	/**
	 * The name in logs and in what is measured.
	 * @return kebab-case
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
