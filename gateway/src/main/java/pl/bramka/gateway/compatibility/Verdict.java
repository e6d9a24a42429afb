package pl.bramka.gateway.compatibility;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * Whether an app is served.
 */
enum Verdict {

	/** It is. */
	SUPPORTED,

	/** It is, and there is a better one, or it will not be for long. */
	UPDATE_RECOMMENDED,

	/** It is not, and a newer one would be. */
	UPDATE_REQUIRED,

	/** No version of the app is served on this phone. */
	DEVICE_UNSUPPORTED;

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private static final DateTimeFormatter POLISH = DateTimeFormatter.ofPattern("d.MM.uuuu", Locale.ROOT);

	private static final DateTimeFormatter ENGLISH = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

	/** What to tell the person; nothing if all is well. */
	@Nullable String message(Language language, @Nullable Instant servedUntil) {
		return switch (this) {
			case SUPPORTED -> null;
			case UPDATE_RECOMMENDED ->
				(servedUntil != null) ? ending(language, LocalDate.ofInstant(servedUntil, WARSAW)) : newer(language);
			case UPDATE_REQUIRED -> ProblemCode.UPDATE_REQUIRED.detail(language);
			case DEVICE_UNSUPPORTED -> ProblemCode.DEVICE_UNSUPPORTED.detail(language);
		};
	}

	private static String newer(Language language) {
		return (language == Language.ENGLISH) ? "There is a newer version of the app."
				: "Jest nowsza wersja aplikacji.";
	}

	private static String ending(Language language, LocalDate day) {
		return (language == Language.ENGLISH)
				? "This version of the app stops working on " + ENGLISH.format(day) + ". Update it before then."
				: "Ta wersja aplikacji przestanie działać " + POLISH.format(day) + ". Zaktualizuj ją wcześniej.";
	}

}
