package pl.bramka.gateway.live;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code GET /actuator/settings} on the management port: what became of each live file,
 * and every live value in force. Reads only; settings change in files, where they can be
 * reviewed and rolled back.
 */
@Component
@Endpoint(id = "settings")
final class SettingsEndpoint {

	private final SettingsWatch watch;

	private final LiveSettings settings;

	SettingsEndpoint(SettingsWatch watch, LiveSettings settings) {
		this.watch = watch;
		this.settings = settings;
	}

	@ReadOperation
	Answer settings() {
		return new Answer(this.watch.files().stream().map(File::of).toList(),
				this.settings.given().stream().map(Value::of).toList());
	}

	record Answer(List<File> files, List<Value> values) {
	}

	/**
	 * A live file.
	 *
	 * @param state {@code applied}, {@code absent}, or {@code refused}: its newest
	 * version does not hold, and what the version before it said does
	 * @param read when its newest version was read
	 * @param applied when the version in force came into force
	 */
	record File(String file, String state, Instant read, Instant applied, @Nullable Refusal refusal) {

		static File of(WatchedFile watched) {
			WatchedFile.Outcome outcome = watched.outcome();
			String state = (outcome.refusal() != null) ? "refused" : outcome.absent() ? "absent" : "applied";
			return new File(watched.file().path().toString(), state, outcome.read(), outcome.applied(),
					Refusal.of(outcome.refusal()));
		}

	}

	/**
	 * Why a version does not hold; the place is in that file unless it says otherwise.
	 */
	record Refusal(@Nullable String source, @Nullable Integer line, @Nullable Integer column, @Nullable String key,
			String reason) {

		static @Nullable Refusal of(@Nullable Mistake mistake) {
			if (mistake == null) {
				return null;
			}
			Place place = mistake.place();
			return (place != null)
					? new Refusal(place.source(), place.line(), place.column(), mistake.key(), mistake.reason())
					: new Refusal(null, null, null, mistake.key(), mistake.reason());
		}

	}

	/**
	 * A value in force.
	 *
	 * @param origin file and line, an environment variable, or another source of settings
	 */
	record Value(String key, String value, String origin, Instant since) {

		static Value of(Given given) {
			Place place = given.place();
			return new Value(given.key().toString(), given.value(),
					(place.line() != null) ? place.source() + ':' + place.line() : place.source(), given.since());
		}

	}

}
