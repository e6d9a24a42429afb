package pl.bramka.gateway.compatibility;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * The version of an app or of an operating system: one to four numbers of at most six
 * digits, compared number by number, so that 3.10 is above 3.9.9 and 3.4 is 3.4.0. What
 * follows them after {@code -} or {@code +} is left out: a beta of a version is judged as
 * that version, since testers try it against this gateway before it is released.
 *
 * @param first the first number
 * @param second the second, 0 if absent
 * @param third the third, 0 if absent
 * @param fourth the fourth, 0 if absent
 */
record Version(int first, int second, int third, int fourth) implements Comparable<Version> {

	/** Below every version that is released. */
	static final Version NONE = new Version(0, 0, 0, 0);

	private static final int NUMBERS = 4;

	private static final int DIGITS = 6;

	private static final int LONGEST_SUFFIX = 32;

	private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::first)
		.thenComparingInt(Version::second)
		.thenComparingInt(Version::third)
		.thenComparingInt(Version::fourth);

	/**
	 * Reads what an app says; only ASCII digits are digits here.
	 * @param text whatever came
	 * @return the version, or nothing if it is none
	 */
	static @Nullable Version read(@Nullable String text) {
		if (text == null) {
			return null;
		}
		int[] numbers = new int[NUMBERS];
		int number = 0;
		int digits = 0;
		int at = 0;
		for (; at < text.length(); at++) {
			char next = text.charAt(at);
			if (next >= '0' && next <= '9' && digits < DIGITS) {
				numbers[number] = numbers[number] * 10 + (next - '0');
				digits++;
			}
			else if (next == '.' && digits > 0 && number < NUMBERS - 1) {
				number++;
				digits = 0;
			}
			else {
				break;
			}
		}
		boolean whole = digits > 0 && (at == text.length() || isSuffix(text, at));
		return whole ? new Version(numbers[0], numbers[1], numbers[2], numbers[3]) : null;
	}

	/**
	 * Reads what operations wrote; settings are converted by this method.
	 * @param text in quotes, since YAML takes 3.10 without them for the number 3.1
	 * @return the version
	 * @throws IllegalArgumentException if it is none
	 */
	public static Version valueOf(String text) {
		Version version = read(text.strip());
		if (version == null) {
			throw new IllegalArgumentException("'" + text + "' is no version such as 3.10.1");
		}
		return version;
	}

	/**
	 * Refuses what operations wrote without quotes.
	 * @param number that YAML made of it
	 * @return nothing
	 * @throws IllegalArgumentException always
	 */
	@SuppressWarnings("DoNotCallSuggester")
	public static Version valueOf(Double number) {
		throw new IllegalArgumentException("a version stands in quotes: without them, 3.10 is the number " + number);
	}

	private static boolean isSuffix(String text, int from) {
		int length = text.length() - from - 1;
		return (text.charAt(from) == '-' || text.charAt(from) == '+') && length > 0 && length <= LONGEST_SUFFIX
				&& text.chars().skip(from + 1L).allMatch(Version::mayBeInSuffix);
	}

	private static boolean mayBeInSuffix(int character) {
		return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
				|| (character >= 'A' && character <= 'Z') || character == '.' || character == '-' || character == '+';
	}

	boolean isBelow(Version other) {
		return compareTo(other) < 0;
	}

	/** The first two numbers: what a release is called. */
	Version line() {
		return new Version(this.first, this.second, 0, 0);
	}

	@Override
	public int compareTo(Version other) {
		return ORDER.compare(this, other);
	}

	/** As people write the version of an operating system: 14, and 17.4. */
	String shortest() {
		return (this.second == 0 && this.third == 0 && this.fourth == 0) ? String.valueOf(this.first) : toString();
	}

	/** As many numbers as say something, at least two. */
	@Override
	public String toString() {
		String text = this.first + "." + this.second;
		if (this.third == 0 && this.fourth == 0) {
			return text;
		}
		return text + "." + this.third + ((this.fourth != 0) ? "." + this.fourth : "");
	}

	/**
	 * Versions between two, both inside.
	 *
	 * @param from the first
	 * @param until the last
	 */
	record Range(Version from, Version until) {

		/**
		 * Reads what operations wrote; settings are converted by this method.
		 * @param text {@code 3.3.0}, or {@code 3.3.0 - 3.3.2}
		 * @return the range
		 * @throws IllegalArgumentException if it is none
		 */
		public static Range valueOf(String text) {
			String[] ends = text.split(" - ", -1);
			if (ends.length > 2) {
				throw new IllegalArgumentException("'" + text + "' is no range such as 3.3.0 - 3.3.2");
			}
			Range range = new Range(Version.valueOf(ends[0]), Version.valueOf(ends[ends.length - 1]));
			if (range.until.isBelow(range.from)) {
				throw new IllegalArgumentException("'" + text + "' ends before it begins");
			}
			return range;
		}

		boolean contains(Version version) {
			return !version.isBelow(this.from) && !this.until.isBelow(version);
		}

	}

}
