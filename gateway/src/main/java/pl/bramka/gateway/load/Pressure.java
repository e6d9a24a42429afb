package pl.bramka.gateway.load;

import java.time.Duration;

/**
 * How much is let go: from 0 (nothing) over 1 (all that can wait) to 2 (all that is not
 * critical). Rises by how far the delay is over its target, falls by small equal steps,
 * so that it settles where the node is just busy. One writer, many readers.
 */
final class Pressure {

	/** Per look at twice the target. */
	private static final double RISE = 0.1;

	/** However long the delay: a single look is not proof enough. */
	private static final double STEEPEST = 0.5;

	/** Per quiet look. From all to nothing in 40 looks, which is 8 s. */
	private static final double FALL = 0.05;

	private static final double MOST = 2;

	private volatile double value;

	/**
	 * One look.
	 * @param standing the delay that tasks had to wait at the least, since the last look
	 * @param target what is still healthy
	 */
	void look(Duration standing, Duration target) {
		double over = (double) standing.toNanos() / target.toNanos() - 1;
		double next = this.value + ((over > 0) ? Math.min(RISE * over, STEEPEST) : -FALL);
		this.value = Math.clamp(next, 0, MOST);
	}

	double value() {
		return this.value;
	}

	/** All that can wait is let go: what comes in is more than a burst. */
	boolean isHigh() {
		return this.value >= 1;
	}

	/**
	 * Whether one call of some importance is let go.
	 * @param importance of the call
	 * @param chance evenly spread from 0 to 1
	 */
	boolean sheds(Importance importance, double chance) {
		return switch (importance) {
			case CRITICAL -> false;
			case NORMAL -> chance < this.value - 1;
			case BACKGROUND -> chance < this.value;
		};
	}

}
