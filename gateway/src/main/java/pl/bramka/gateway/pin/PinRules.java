package pl.bramka.gateway.pin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * What a new PIN must not be: with five tries, what many people choose is guessed too
 * often.
 */
@Component
final class PinRules {

	private static final int FIRST_YEAR = 1940;

	private static final int LAST_YEAR = 2030;

	private static final int YEAR_DIGITS = 4;

	private final PinProperties settings;

	private final Set<String> common;

	PinRules(PinProperties settings) {
		this.settings = settings;
		try {
			this.common = new ClassPathResource("pin/common-pins.txt").getContentAsString(StandardCharsets.UTF_8)
				.lines()
				.filter((line) -> !line.startsWith("#"))
				.collect(Collectors.toUnmodifiableSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Why a PIN is weak.
	 */
	enum Weakness {

		/** One digit only; of more than four digits, also a few of them again. */
		REPEATED,

		/**
		 * Each digit one above, or each one below the last; 0 is next to 1 and to 9. Of
		 * more than four digits, also by other equal steps, or two runs.
		 */
		SEQUENCE,

		/**
		 * A year in which a customer, or a child of theirs, may be born; of more than
		 * four digits, also a day, or one that has such a year in it.
		 */
		YEAR,

		/** One of those that most people choose. */
		COMMON

	}

	/**
	 * Refuses what may not be a PIN.
	 * @throws Problem {@code invalid-request} for another length than the settings say,
	 * {@code weak-pin} with its reason
	 */
	void check(String pin) {
		if (pin.length() < this.settings.shortest() || pin.length() > this.settings.longest()) {
			throw Problem.of(ProblemCode.INVALID_REQUEST).with("errors", List.of(Map.of("field", "pin")));
		}
		Weakness weakness = weakness(pin);
		if (weakness != null) {
			throw Problem.of(ProblemCode.WEAK_PIN).with("reason", weakness.name());
		}
	}

	/** Why these digits are weak; null if they are not. */
	@Nullable Weakness weakness(String pin) {
		if (steps(pin, (step) -> step == 0)) {
			return Weakness.REPEATED;
		}
		// The keys of a phone are a ring: after 9 comes 0, as before 1.
		if (steps(pin, (step) -> step == 1) || steps(pin, (step) -> step == 9)) {
			return Weakness.SEQUENCE;
		}
		return (pin.length() == YEAR_DIGITS) ? ofFour(pin) : ofMore(pin);
	}

	private @Nullable Weakness ofFour(String pin) {
		if (isYear(pin)) {
			return Weakness.YEAR;
		}
		return this.common.contains(pin) ? Weakness.COMMON : null;
	}

	/**
	 * Lists of what people choose are of four digits, or of passwords: for longer ones
	 * the habits behind those lists are rules.
	 */
	private @Nullable Weakness ofMore(String pin) {
		if (LongPins.isRepetition(pin)) {
			return Weakness.REPEATED;
		}
		if (steps(pin, (step) -> step == Math.floorMod(pin.charAt(1) - pin.charAt(0), 10)) || LongPins.isRuns(pin)) {
			return Weakness.SEQUENCE;
		}
		if (LongPins.isDate(pin) || hasYear(pin)) {
			return Weakness.YEAR;
		}
		return (LongPins.isMirrored(pin) || LongPins.isInPairs(pin) || LongPins.isAlmostOneDigit(pin)
				|| this.common.contains(pin)) ? Weakness.COMMON : null;
	}

	private static boolean hasYear(String pin) {
		return IntStream.rangeClosed(0, pin.length() - YEAR_DIGITS)
			.anyMatch((start) -> isYear(pin.substring(start, start + YEAR_DIGITS)));
	}

	private static boolean isYear(String digits) {
		int number = Integer.parseInt(digits);
		return number >= FIRST_YEAR && number <= LAST_YEAR;
	}

	/** Whether each step from digit to digit, upwards in the ring of ten, is such. */
	private static boolean steps(String pin, IntPredicate such) {
		return IntStream.range(1, pin.length())
			.map((i) -> Math.floorMod(pin.charAt(i) - pin.charAt(i - 1), 10))
			.allMatch(such);
	}

}
