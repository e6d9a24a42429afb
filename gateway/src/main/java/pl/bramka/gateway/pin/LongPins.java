package pl.bramka.gateway.pin;

import java.util.stream.IntStream;

/**
 * Habits by which people choose five or six digits.
 */
final class LongPins {

	private static final int DATE_DIGITS = 6;

	private static final int MONTHS = 12;

	private static final int DAYS = 31;

	/**
	 * A PESEL, the number of a citizen, adds so many for whoever was born from 2000 on.
	 */
	private static final int PESEL_MONTHS = 20;

	private static final int PESEL_LAST_YEAR = 30;

	private LongPins() {
	}

	/** The same two or three digits again: 121212, 12121, 123123. */
	static boolean isRepetition(String pin) {
		return IntStream.rangeClosed(1, pin.length() / 2)
			.anyMatch((period) -> IntStream.range(period, pin.length())
				.allMatch((i) -> pin.charAt(i) == pin.charAt(i - period)));
	}

	/** Three up or down and three more: 123456 is one run, 123789 and 456321 are two. */
	static boolean isRuns(String pin) {
		return pin.length() == DATE_DIGITS && isRun(pin.substring(0, 3)) && isRun(pin.substring(3));
	}

	private static boolean isRun(String three) {
		int step = Math.floorMod(three.charAt(1) - three.charAt(0), 10);
		return Math.floorMod(three.charAt(2) - three.charAt(1), 10) == step && (step <= 1 || step == 9);
	}

	/** A day of any year, in one of the orders in which it is written. */
	static boolean isDate(String pin) {
		if (pin.length() != DATE_DIGITS) {
			return false;
		}
		int first = Integer.parseInt(pin.substring(0, 2));
		int second = Integer.parseInt(pin.substring(2, 4));
		int third = Integer.parseInt(pin.substring(4));
		return isDay(first, second) || isDay(second, first) || isDay(third, second)
				|| (first <= PESEL_LAST_YEAR && isDay(third, second - PESEL_MONTHS));
	}

	private static boolean isDay(int day, int month) {
		return day >= 1 && day <= DAYS && month >= 1 && month <= MONTHS;
	}

	/** The same from behind: 12321, 123321. */
	static boolean isMirrored(String pin) {
		return new StringBuilder(pin).reverse().toString().equals(pin);
	}

	/** Each key twice: 112233, 11223. */
	static boolean isInPairs(String pin) {
		return IntStream.range(0, pin.length() / 2)
			.allMatch((pair) -> pin.charAt(2 * pair) == pin.charAt(2 * pair + 1));
	}

	/** One key, and another one once: 11112, 000700. */
	static boolean isAlmostOneDigit(String pin) {
		return pin.chars()
			.anyMatch((digit) -> pin.chars().filter((other) -> other == digit).count() == pin.length() - 1L);
	}

}
