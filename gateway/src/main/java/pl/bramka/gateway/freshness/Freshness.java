package pl.bramka.gateway.freshness;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How long a cache keeps values, and how many. Part of a feature's settings.
 *
 * @param fresh how long a value is served from memory as fresh; 60 s, because a customer
 * who looks twice within a minute expects no news
 * @param refresh the share of {@code fresh} after which the value is loaded anew in the
 * background, 0 to 1; 0.5, so that who keeps looking never waits
 * @param stale how long a value may be served while the upstream fails; 24 h, which spans
 * billing's longest night off
 * @param retry how long after a failed load an old value is served without trying again;
 * 1 s, so that a failing upstream is not asked back to back
 * @param room how much the cache may hold, in the unit that the feature weighs by; bounds
 * the memory
 */
public record Freshness(@NotNull @DurationMin(millis = 1) Duration fresh,
		@DecimalMin("0.0") @DecimalMax("1.0") double refresh, @NotNull @DurationMax(days = 7) Duration stale,
		@NotNull @DurationMin Duration retry, @Positive long room) {

	/**
	 * Whether a value is kept at least as long as it is fresh.
	 * @return whether the two times fit together
	 */
	@AssertTrue(message = "stale must not be shorter than fresh")
	public boolean isKeptWhileFresh() {
		return this.fresh == null || this.stale == null || this.stale.compareTo(this.fresh) >= 0;
	}

}
