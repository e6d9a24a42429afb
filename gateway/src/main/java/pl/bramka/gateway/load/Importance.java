package pl.bramka.gateway.load;

/**
 * How much a call matters when not all can be answered, the most important first.
 */
enum Importance {

	/**
	 * Signing in, paying, the operator's notifications: only a full node refuses them.
	 */
	CRITICAL(1.0),

	/** What a person looks at. */
	NORMAL(0.8),

	/** What can wait: looking back, loading ahead, pull-to-refresh. */
	BACKGROUND(0.5);

	/** The share of a node's places that calls of this importance and above may take. */
	private final double share;

	Importance(double share) {
		this.share = share;
	}

	/** Whether a node that is busy, and not full, lets them go. */
	boolean mayBeLetGo() {
		return this != CRITICAL;
	}

	int places(int all) {
		return Math.max(1, (int) (all * this.share));
	}

}
