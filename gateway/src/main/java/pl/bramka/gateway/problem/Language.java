package pl.bramka.gateway.problem;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The languages the gateway speaks to people. Polish when in doubt.
 */
public enum Language {

	/** Polish, the default. */
	POLISH("pl"),

	/** English. */
	ENGLISH("en");

	private static final List<String> SPOKEN = List.of("pl", "en");

	/** Longer headers are not read: no client sends them in earnest. */
	private static final int LONGEST_HEADER = 256;

	private final String tag;

	Language(String tag) {
		this.tag = tag;
	}

	/**
	 * The language tag of BCP 47.
	 * @return {@code pl} or {@code en}
	 */
	public String tag() {
		return this.tag;
	}

	/**
	 * Chooses by the header {@code Accept-Language} (RFC 9110, section 12.5.4).
	 * @param acceptLanguage the header as received, or nothing
	 * @return the best match, Polish if there is none or the header cannot be read
	 */
	public static Language of(@Nullable String acceptLanguage) {
		if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > LONGEST_HEADER) {
			return POLISH;
		}
		try {
			String match = Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), SPOKEN);
			return "en".equals(match) ? ENGLISH : POLISH;
		}
		catch (IllegalArgumentException ex) {
			return POLISH;
		}
	}

}
