package pl.bramka.gateway.load;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * When a node has too much to do, and what it lets go. Defaults and reasons:
 * application.yml.
 *
 * @param standingDelay how long tasks may wait for an event loop all the time; more for a
 * fifth of a second says that more comes in than is answered; also how long a call that
 * is not critical may expect to wait where the queue of its loop does not end
 * @param inFlight requests under way at once on this node, which bounds their memory
 * @param critical calls refused only by a full node, {@code METHOD /path/pattern}
 * @param background calls let go first
 */
record LoadProperties(@NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) Duration standingDelay,
		@Min(10) @Max(100_000) int inFlight, @NotNull List<@Pattern(regexp = CALL) String> critical,
		@NotNull List<@Pattern(regexp = CALL) String> background) {

	private static final String CALL = "(GET|POST|PUT|PATCH|DELETE) /\\S*";

}
