package pl.bramka.gateway.freshness;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A value in the cache. Times are the ticker's nanoseconds, which may overflow: they are
 * compared by their difference.
 */
final class Held<V> {

	private final Aged<V> fresh;

	private final Aged<V> stale;

	private final long asked;

	private final long refreshFrom;

	private final long freshUntil;

	private volatile @Nullable Pause pause;

	/**
	 * A value that has just been loaded.
	 * @param asked when the upstream was asked for it
	 */
	Held(V value, Instant asOf, long asked, long now, Freshness settings) {
		this.fresh = new Aged<>(value, asOf, State.FRESH);
		this.stale = new Aged<>(value, asOf, State.STALE);
		this.asked = asked;
		this.refreshFrom = now + (long) (settings.fresh().toNanos() * settings.refresh());
		this.freshUntil = now + settings.fresh().toNanos();
	}

	/** The same object each time, so that what was made of it can be kept beside it. */
	Aged<V> fresh() {
		return this.fresh;
	}

	/** The same object each time. */
	Aged<V> stale() {
		return this.stale;
	}

	/** Whether it is young enough, and nothing that was said of it has been missed. */
	boolean isFreshAt(long now, Trust trust) {
		return now - this.freshUntil < 0 && trust.holds(this.asked);
	}

	/** Whether to load anew in the background. */
	boolean isDueAt(long now) {
		return now - this.refreshFrom >= 0 && !isPausedAt(now, this.pause);
	}

	/** Whether to serve the old value without trying: a load has just failed. */
	boolean isStaleAt(long now) {
		Pause current = this.pause;
		return current != null && current.stale && isPausedAt(now, current);
	}

	/**
	 * Remembers a failed load.
	 * @param until until when not to load again unasked
	 * @param stale whether the failure is one that an old value may stand in for
	 */
	void pause(long until, boolean stale) {
		this.pause = new Pause(until, stale);
	}

	private static boolean isPausedAt(long now, @Nullable Pause pause) {
		return pause != null && now - pause.until < 0;
	}

	private record Pause(long until, boolean stale) {
	}

}
