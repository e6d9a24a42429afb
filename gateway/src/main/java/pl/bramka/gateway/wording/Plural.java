package pl.bramka.gateway.wording;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import pl.bramka.gateway.problem.Language;

/**
 * The form that words take beside a number: the cardinal rules of Unicode CLDR
 * ({@code supplemental/plurals.xml}, "Language Plural Rules") for whole numbers. The
 * platform has none, and {@link java.text.ChoiceFormat} knows ranges only, which Polish
 * does not go by: 22 is like 2 and 12 is not.
 */
enum Plural {

	/** 1 in both languages. */
	ONE,

	/** Polish 2, 3, 4, 22, 23, 24, 32 …, but not 12, 13, 14, 112 …. */
	FEW,

	/** Polish 0, 5 to 21, 25 to 31 …. */
	MANY,

	/** English all but 1. In Polish it is for fractions, which nobody counts in. */
	OTHER;

	/**
	 * The form of a number.
	 * @param language whose rules
	 * @param number how many; its sign does not matter
	 * @return one of {@link #formsOf} that language
	 */
	static Plural of(Language language, long number) {
		if (number == 1 || number == -1) {
			return ONE;
		}
		return switch (language) {
			case ENGLISH -> OTHER;
			case POLISH -> {
				long last = Math.abs(number % 10);
				long lastTwo = Math.abs(number % 100);
				yield (last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14)) ? FEW : MANY;
			}
		};
	}

	/** The forms that a language has for whole numbers. */
	static Set<Plural> formsOf(Language language) {
		return switch (language) {
			case ENGLISH -> EnumSet.of(ONE, OTHER);
			case POLISH -> EnumSet.of(ONE, FEW, MANY);
		};
	}

	/** As CLDR calls it. */
	String keyword() {
		return name().toLowerCase(Locale.ROOT);
	}

}
