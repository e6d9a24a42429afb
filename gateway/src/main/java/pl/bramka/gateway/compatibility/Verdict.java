package pl.bramka.gateway.compatibility;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.wording.Wording;

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

	/** What to tell the person; nothing if all is well. */
	@Nullable String message(Wording wording, Language language, @Nullable Instant servedUntil) {
		return switch (this) {
			case SUPPORTED -> null;
			case UPDATE_RECOMMENDED ->
				(servedUntil != null) ? wording.say(language, "ending", LocalDate.ofInstant(servedUntil, WARSAW))
						: wording.say(language, "newer");
			case UPDATE_REQUIRED -> ProblemCode.UPDATE_REQUIRED.detail(language);
			case DEVICE_UNSUPPORTED -> ProblemCode.DEVICE_UNSUPPORTED.detail(language);
		};
	}

}
