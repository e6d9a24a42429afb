package pl.bramka.gateway.upstream;

import java.time.Duration;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * When a request must be answered. Handed down in the Reactor context, so that every call
 * made for the request knows the time that is left.
 */
public final class Deadline {

	private final long end;

	private Deadline(long end) {
		this.end = end;
	}

	/**
	 * A deadline from now.
	 * @param limit the time until it
	 * @return the deadline
	 */
	public static Deadline in(Duration limit) {
		return new Deadline(System.nanoTime() + limit.toNanos());
	}

	/**
	 * The time that is left.
	 * @return zero once it has passed
	 */
	public Duration left() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

	/**
	 * Hands the deadline down.
	 * @param context the Reactor context
	 * @return the context with this deadline instead of any other
	 */
	public Context write(Context context) {
		return context.put(Deadline.class, this);
	}

	/**
	 * For work that goes on to its end though its caller may be gone: only the limits of
	 * each call hold.
	 * @param context the Reactor context
	 * @return the context without a deadline
	 */
	public static Context none(Context context) {
		return context.delete(Deadline.class);
	}

	static Deadline of(ContextView context, Duration otherwise) {
		return context.hasKey(Deadline.class) ? context.get(Deadline.class) : in(otherwise);
	}

}
