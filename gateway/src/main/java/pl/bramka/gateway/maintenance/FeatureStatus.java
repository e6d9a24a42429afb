package pl.bramka.gateway.maintenance;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How one feature is, as the app shows it.
 *
 * @param name which feature
 * @param state what can be done with it now
 * @param until when to look again; absent if it is {@link FeatureState#ON}
 * @param reason a code of the catalogue of problems: {@code feature-off} for planned
 * work, {@code billing-unavailable} and its like for a system that does not answer
 * @param message the same for a person
 * @param next the next planned work; absent if none is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeatureStatus(Feature name, FeatureState state, @Nullable Instant until, @Nullable String reason,
		@Nullable String message, @Nullable Planned next) {

	static FeatureStatus on(Feature name, @Nullable Planned next) {
		return new FeatureStatus(name, FeatureState.ON, null, null, null, next);
	}

	/**
	 * Work that is announced.
	 *
	 * @param state what will be left of the feature
	 * @param from when it begins
	 * @param until when it is over
	 * @param message what customers are told
	 */
	public record Planned(FeatureState state, Instant from, Instant until, String message) {
	}

}
