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

	private Sentences() {
	}

	static String of(String code, Language language) {
		return ResourceBundle.getBundle("problem.sentences", Locale.forLanguageTag(language.tag()), EXACT)
			.getString(code);
	}

}
