package pl.bramka.gateway.problem;

import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What problems say to a person, one file a language: those who write for customers
 * change them without code. A sentence that is missing stops the start.
 */
final class Sentences {

	private static final ResourceBundle.Control EXACT = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private static final ResourceBundle POLISH = bundle(Language.POLISH);

	private static final ResourceBundle ENGLISH = bundle(Language.ENGLISH);

	private Sentences() {
	}

	/** Finds out at the start what nobody could be told later. */
	static void check(String code) {
		POLISH.getString(code);
		ENGLISH.getString(code);
	}

	static String of(String code, Language language) {
		return ((language == Language.ENGLISH) ? ENGLISH : POLISH).getString(code);
	}

	private static ResourceBundle bundle(Language language) {
		return ResourceBundle.getBundle("problem.sentences", Locale.forLanguageTag(language.tag()), EXACT);
	}

}
