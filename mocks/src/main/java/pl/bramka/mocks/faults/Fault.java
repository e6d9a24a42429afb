package pl.bramka.mocks.faults;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * One fault and the requests it is for.
 *
 * @param kind what goes wrong
 * @param duration of the kinds that take time: how long
 * @param path regular expression found somewhere in path and query, or null for all
 * @param requestId value of the header {@code Request-Id}, or null for all
 * @param times for how many requests; 0 means until it is cleared
 */
public record Fault(FaultKind kind, Duration duration, @Nullable String path, @Nullable String requestId, int times) {

	/** Longest time a fault may take: no test and no demonstration needs more. */
	private static final Duration LONGEST = Duration.ofMinutes(10);

	/**
	 * Refuses what cannot be played.
	 */
	public Fault {
		if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("millis must be between 0 and " + LONGEST.toMillis());
		}
		if (times < 0) {
			throw new IllegalArgumentException("times must not be negative");
		}
		if (kind == FaultKind.REFUSED && (path != null || requestId != null || times > 0)) {
			throw new IllegalArgumentException("refused closes the port, so it cannot be for some requests only");
		}
		if (path != null) {
			try {
				Pattern.compile(path);
			}
			catch (PatternSyntaxException ex) {
				throw new IllegalArgumentException("path is no regular expression: " + ex.getDescription(), ex);
			}
		}
	}

	/**
	 * A fault for every request until it is cleared.
	 * @param kind what goes wrong
	 * @return the fault, taking its usual time
	 */
	public static Fault of(FaultKind kind) {
		return new Fault(kind, switch (kind) {
			case SLOW -> Duration.ofSeconds(3);
			case SLOW_LOGNORMAL -> Duration.ofMillis(300);
			case DRIBBLE -> Duration.ofSeconds(10);
			case BLACK_HOLE, BOOKED_BUT_TIMED_OUT -> LONGEST;
			default -> Duration.ZERO;
		}, null, null, 0);
	}

	/**
	 * The usual answer, later.
	 * @param delay how much later
	 * @return the fault
	 */
	public static Fault slow(Duration delay) {
		return of(FaultKind.SLOW).lasting(delay);
	}

	/**
	 * The usual answer, later by a random, log-normal time.
	 * @param median half of the answers take longer
	 * @return the fault
	 */
	public static Fault slowLognormal(Duration median) {
		return of(FaultKind.SLOW_LOGNORMAL).lasting(median);
	}

	/**
	 * The usual answer, in small pieces.
	 * @param whole how long the body takes
	 * @return the fault
	 */
	public static Fault dribble(Duration whole) {
		return of(FaultKind.DRIBBLE).lasting(whole);
	}

	/**
	 * The port is closed.
	 * @return the fault
	 */
	public static Fault refused() {
		return of(FaultKind.REFUSED);
	}

	/**
	 * Accepts and never answers.
	 * @return the fault
	 */
	public static Fault blackHole() {
		return of(FaultKind.BLACK_HOLE);
	}

	/**
	 * The same fault, taking another time.
	 * @param duration how long
	 * @return the fault
	 */
	public Fault lasting(Duration duration) {
		return new Fault(this.kind, duration, this.path, this.requestId, this.times);
	}

	/**
	 * The same fault for one request of the gateway only, on all its upstream calls.
	 * @param requestId value of the header {@code Request-Id}
	 * @return the narrowed fault
	 */
	public Fault onlyFor(String requestId) {
		return new Fault(this.kind, this.duration, this.path, requestId, this.times);
	}

	/**
	 * The same fault for some paths only.
	 * @param regex found somewhere in path and query
	 * @return the narrowed fault
	 */
	public Fault onlyPath(String regex) {
		return new Fault(this.kind, this.duration, regex, this.requestId, this.times);
	}

	/**
	 * The same fault for the next few requests only.
	 * @param times how many
	 * @return the narrowed fault
	 */
	public Fault times(int times) {
		return new Fault(this.kind, this.duration, this.path, this.requestId, times);
	}

}
