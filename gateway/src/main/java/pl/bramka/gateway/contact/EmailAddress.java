package pl.bramka.gateway.contact;

/**
 * What counts as an e-mail address, wherever somebody types one in.
 */
public final class EmailAddress {

	/**
	 * What HTML takes for an e-mail (HTML Living Standard, 4.10.5.1.5): letters that look
	 * like others, which a provider may take for them, are not in it.
	 */
	public static final String PATTERN = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
			+ "@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+";

	private EmailAddress() {
	}

}
