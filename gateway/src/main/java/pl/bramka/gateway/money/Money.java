package pl.bramka.gateway.money;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An amount of money. Its JSON is {@code {"amount":12345,"currency":"PLN"}}.
 *
 * @param amount whole hundredths of the currency (grosze); negative for a credit
 * @param currency ISO 4217 code, three upper-case letters
 */
public record Money(@Schema(example = "12345") long amount,
		@Schema(example = "PLN", pattern = "^[A-Z]{3}$") String currency) {

	private static final int DECIMALS = 2;

	/**
	 * An amount of money.
	 * @throws IllegalArgumentException if the currency is not an ISO 4217 code
	 */
	public Money {
		if (currency.length() != 3 || !currency.chars().allMatch((c) -> c >= 'A' && c <= 'Z')) {
			throw new IllegalArgumentException("not a currency");
		}
	}

	/**
	 * Nothing.
	 * @param currency of what
	 * @return zero in that currency
	 */
	public static Money zero(String currency) {
		return new Money(0, currency);
	}

	/**
	 * Reads a decimal number as SAP writes it, {@code 123.45000000000000}. Stricter than
	 * {@link java.math.BigDecimal}: no exponent, no sign but a minus, no blanks.
	 * @param decimal the number
	 * @param currency ISO 4217 code
	 * @return the amount
	 * @throws IllegalArgumentException if the text is no such number, or is not a whole
	 * number of hundredths
	 * @throws ArithmeticException if the amount is too large
	 */
	public static Money ofDecimal(String decimal, String currency) {
		boolean negative = decimal.startsWith("-");
		int start = negative ? 1 : 0;
		int point = decimal.indexOf('.');
		int end = (point < 0) ? decimal.length() : point;
		if (end == start || point == decimal.length() - 1) {
			throw new IllegalArgumentException("not a decimal number");
		}
		long amount = 0;
		for (int i = start; i < end; i++) {
			amount = Math.addExact(Math.multiplyExact(amount, 10L), digit(decimal, i));
		}
		for (int decimals = 0; decimals < DECIMALS; decimals++) {
			int i = end + 1 + decimals;
			amount = Math.addExact(Math.multiplyExact(amount, 10L), (i < decimal.length()) ? digit(decimal, i) : 0);
		}
		for (int i = end + 1 + DECIMALS; i < decimal.length(); i++) {
			if (digit(decimal, i) != 0) {
				throw new IllegalArgumentException("not a whole number of hundredths");
			}
		}
		return new Money(negative ? -amount : amount, currency);
	}

	/**
	 * The sum.
	 * @param other the amount to add, in the same currency
	 * @return both together
	 * @throws IllegalArgumentException if the currencies differ
	 * @throws ArithmeticException if the sum is too large
	 */
	public Money plus(Money other) {
		if (!this.currency.equals(other.currency)) {
			throw new IllegalArgumentException("two currencies");
		}
		return new Money(Math.addExact(this.amount, other.amount), this.currency);
	}

	/**
	 * Which side of zero the amount is on.
	 * @return 1 for a debt, 0 for nothing, -1 for a credit
	 */
	public int signum() {
		return Long.signum(this.amount);
	}

	private static int digit(String decimal, int index) {
		int digit = decimal.charAt(index) - '0';
		if (digit < 0 || digit > 9) {
			throw new IllegalArgumentException("not a decimal number");
		}
		return digit;
	}

}
