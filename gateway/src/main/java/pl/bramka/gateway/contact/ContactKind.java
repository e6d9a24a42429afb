package pl.bramka.gateway.contact;

import java.util.Locale;

/**
 * The two ways to reach a customer.
 */
enum ContactKind {

	/** The e-mail that CRM writes to; not the name of the portal account. */
	EMAIL {

		@Override
		String normalised(String typed) {
			return typed;
		}

	},

	/** The mobile phone, as ITU-T E.164 writes it: + and up to 15 digits. */
	PHONE {

		@Override
		String normalised(String typed) {
			String digits = typed.replaceAll("[^+0-9]", "");
			if (digits.startsWith("00")) {
				return "+" + digits.substring(2);
			}
			return digits.startsWith("+") ? digits : POLAND + digits;
		}

	};

	/**
	 * How people write a phone number: nine digits of Poland, with or without its prefix,
	 * or the prefix of any other country and 8 to 15 digits in all. Single spaces and
	 * hyphens may stand between digits.
	 */
	static final String PHONE_PATTERN = "((\\+|00)48[ -]?)?[1-9]([ -]?[0-9]){8}"
			+ "|(\\+|00)(?!48)[1-9]([ -]?[0-9]){7,14}";

	private static final String POLAND = "+48";

	/**
	 * The one form in which a value is sent to CRM and compared with what CRM has.
	 * @param typed as somebody wrote it
	 */
	abstract String normalised(String typed);

	/** Whether both reach the same place; CRM may write it in a form of its own. */
	boolean isSame(String one, String other) {
		return normalised(one).toLowerCase(Locale.ROOT).equals(normalised(other).toLowerCase(Locale.ROOT));
	}

}
