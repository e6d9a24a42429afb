package pl.bramka.gateway.freshness;

/**
 * What the app may think of a value.
 */
public enum State {

	/** As the upstream says it, within the time it counts as fresh. */
	FRESH,

	/** What the upstream said earlier; it could not be asked now. */
	STALE,

	/** There is nothing to show; a problem says why. */
	UNAVAILABLE,

	/** The customer has no right to it, or nothing that it could be about. */
	NOT_ENTITLED

}
