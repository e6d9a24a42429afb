package pl.bramka.gateway.freshness;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * Since when a node has heard of every drop. What was asked for before may be out of date
 * without its knowing.
 */
final class Trust {

	private final Ticker ticker;

	private volatile long since;

	Trust(Ticker ticker) {
		this.ticker = ticker;
		lose();
	}

	/** From now on nothing is trusted that was asked for until now. */
	void lose() {
		this.since = this.ticker.read();
	}

	boolean holds(long asked) {
		return asked - this.since >= 0;
	}

}
