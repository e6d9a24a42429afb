package pl.bramka.gateway.premises;

/**
 * The number of a point of delivery (PPE): a GS1 key of 18 digits, the last of which
 * checks the others.
 */
final class PpeNumber {

	private static final int DIGITS = 18;

	/** What is written where a number is wanted and none is known: it checks, too. */
	private static final String PLACEHOLDER = "0".repeat(DIGITS);

	private PpeNumber() {
	}

	/**
	 * Whether a text is such a number. The digits before the last weigh 3 and 1 in turn,
	 * beginning and ending with 3, and with the last the sum is a multiple of ten (GS1
	 * General Specifications, section "Standard check digit calculations").
	 * @param text what CRM wrote
	 * @return whether it has 18 digits, ASCII only, and the last one is right
	 */
	static boolean isOne(String text) {
		if (text.length() != DIGITS || text.equals(PLACEHOLDER)) {
			return false;
		}
		int sum = 0;
		for (int i = 0; i < DIGITS; i++) {
			int digit = text.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return false;
			}
			sum += digit * ((i % 2 == 0) ? 3 : 1);
		}
		return sum % 10 == 0;
	}

}
