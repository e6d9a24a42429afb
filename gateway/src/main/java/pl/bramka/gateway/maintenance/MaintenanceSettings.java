package pl.bramka.gateway.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import pl.bramka.gateway.problem.Language;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Planned work: {@code bramka.maintenance}.
 *
 * @param windows in any order; those that are over may stay
 */
@Validated
record MaintenanceSettings(@NotNull @Size(max = 100) @DefaultValue List<@Valid @NotNull Window> windows) {

	/** The window that rules a feature: of several the stricter, then the longer one. */
	Optional<Window> inForce(Feature feature, Instant now) {
		return this.windows.stream()
			.filter((window) -> window.feature() == feature && window.isInForce(now))
			.max(Comparator.comparing(Window::state).thenComparing((window) -> window.until().instant()));
	}

	/** The next window of a feature that has not begun. */
	Optional<Window> next(Feature feature, Instant now) {
		return this.windows.stream()
			.filter((window) -> window.feature() == feature && window.from().instant().isAfter(now))
			.min(Comparator.comparing((window) -> window.from().instant()));
	}

	/** Windows that are open, or open within this time. */
	List<Window> coming(Instant now, Duration ahead) {
		Instant end = now.plus(ahead);
		return this.windows.stream()
			.filter((window) -> window.until().instant().isAfter(now) && !window.from().instant().isAfter(end))
			.toList();
	}

	boolean isOver(Instant now) {
		return this.windows.stream().noneMatch((window) -> window.until().instant().isAfter(now));
	}

	/**
	 * One stretch of planned work.
	 *
	 * @param feature what is worked on
	 * @param from when it begins
	 * @param until when it is over, itself outside
	 * @param state what is left of the feature meanwhile; nothing, if not said
	 * @param message what customers are told
	 */
	record Window(@NotNull Feature feature, @NotNull PlannedTime from, @NotNull PlannedTime until,
			@NotNull @DefaultValue("off") FeatureState state, @NotNull @Valid Message message) {

		/** Whether the end is after the beginning. */
		@AssertTrue(message = "until must be after from")
		public boolean isForward() {
			return this.from == null || this.until == null || this.until.instant().isAfter(this.from.instant());
		}

		/** Whether there is anything to say. */
		@AssertTrue(message = "state must be off or read-only")
		public boolean isRestriction() {
			return this.state != FeatureState.ON;
		}

		boolean isInForce(Instant now) {
			return !now.isBefore(this.from.instant()) && now.isBefore(this.until.instant());
		}

	}

	/**
	 * A sentence for people.
	 *
	 * @param pl in Polish
	 * @param en in English
	 */
	record Message(@NotBlank @Size(max = 500) String pl, @NotBlank @Size(max = 500) String en) {

		String in(Language language) {
			return (language == Language.ENGLISH) ? this.en : this.pl;
		}

	}

}
