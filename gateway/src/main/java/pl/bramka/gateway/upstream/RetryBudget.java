package pl.bramka.gateway.upstream;

import java.util.function.LongSupplier;

/**
 * How many second tries a system may see: a share of the calls of the last ten seconds,
 * or a small floor if that is more. Second tries help against a hiccup and make an outage
 * worse; the share keeps the extra load at most that share whatever happens.
 */
final class RetryBudget {

	private static final int SLOTS = 10;

	private static final long SLOT_NANOS = 1_000_000_000L;

	private double share;

	private int floor;

	private final LongSupplier nanoTime;

	private final long[] calls = new long[SLOTS];

	private final long[] retries = new long[SLOTS];

	private long slot;

	RetryBudget(double share, int floor, LongSupplier nanoTime) {
		this.share = share;
		this.floor = floor;
		this.nanoTime = nanoTime;
		this.slot = Math.floorDiv(nanoTime.getAsLong(), SLOT_NANOS);
	}

	/** Grants by other figures from now on; what it counted stays. */
	synchronized void change(double share, int floor) {
		this.share = share;
		this.floor = floor;
	}

	/** Notes a call, however it ends. */
	synchronized void called() {
		this.calls[current()]++;
	}

	/** Takes one second try out of the budget, if there is one. */
	synchronized boolean take() {
		int current = current();
		long allowed = Math.max(this.floor, (long) (sum(this.calls) * this.share));
		if (sum(this.retries) >= allowed) {
			return false;
		}
		this.retries[current]++;
		return true;
	}

	private int current() {
		long now = Math.floorDiv(this.nanoTime.getAsLong(), SLOT_NANOS);
		for (long passed = Math.max(this.slot + 1, now - SLOTS + 1); passed <= now; passed++) {
			this.calls[Math.floorMod(passed, SLOTS)] = 0;
			this.retries[Math.floorMod(passed, SLOTS)] = 0;
		}
		this.slot = Math.max(this.slot, now);
		return Math.floorMod(this.slot, SLOTS);
	}

	private static long sum(long[] slots) {
		long sum = 0;
		for (long slot : slots) {
			sum += slot;
		}
		return sum;
	}

}
