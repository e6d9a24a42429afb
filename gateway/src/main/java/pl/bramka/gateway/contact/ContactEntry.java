package pl.bramka.gateway.contact;

/**
 * An entry at CRM.
 *
 * @param number its number among the customer's entries of that kind
 * @param value the e-mail or the phone
 * @param standard whether it is the one that counts
 */
record ContactEntry(String number, String value, boolean standard) {

	/** Never the value. */
	@Override
	public String toString() {
		return "ContactEntry[" + this.number + "]";
	}

}
