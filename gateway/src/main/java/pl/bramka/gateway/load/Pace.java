package pl.bramka.gateway.load;

/**
 * How quickly an event loop begins with those who wait for it, all else that it does
 * included. Recent rounds count most: sums, since rounds differ by more than a tenfold
 * and a mean of their ratios would be the shortest ones'. Touched by its event loop
 * alone.
 */
final class Pace {

	/** What each round leaves of those before it. */
	private static final double KEPT = 7.0 / 8;

	private double nanos;

	private double begun;

	/**
	 * One round of the loop.
	 * @param nanos how long it took
	 * @param begun how many were begun with
	 * @param full which share of the work that may be begun in a round there was, at most
	 * 1: a round in which few came says little of how many could have
	 */
	void round(long nanos, int begun, double full) {
		this.nanos = this.nanos * KEPT + nanos * full;
		this.begun = this.begun * KEPT + begun;
	}

	/**
	 * How long one who comes now would wait, in nanoseconds; 0 where nothing is known.
	 * @param before how many are begun with before it
	 */
	long expected(int before) {
		return (this.begun > 0) ? (long) (before * this.nanos / this.begun) : 0;
	}

}
