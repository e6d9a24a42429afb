package pl.bramka.gateway.observability;

/**
 * The names of what is measured, as dashboards and alerts use them. Prometheus writes
 * them with underscores and the unit: {@code bramka_requests_seconds_count}.
 */
public final class Names {

	/** Requests answered: method, route, status. A timer. */
	public static final String REQUESTS = "bramka.requests";

	/** Calls to upstreams as features see them: upstream, call, outcome. A timer. */
	public static final String UPSTREAM_CALLS = "bramka.upstream.calls";

	/** Calls that were tried once more: upstream. A counter. */
	public static final String UPSTREAM_RETRIES = "bramka.upstream.retries";

	/** What caches answered: cache, result (fresh, stale, loaded, failed). A counter. */
	public static final String CACHE_ANSWERS = "bramka.cache.answers";

	/** Entries a cache dropped for lack of room: cache. A counter. */
	public static final String CACHE_EVICTIONS = "bramka.cache.evictions";

	/** Sections of aggregates: section, state. A counter. */
	public static final String SECTIONS = "bramka.sections";

	/** Security events: event, result. A counter. */
	public static final String SECURITY_EVENTS = "bramka.security.events";

	/** Whether the Redis that nodes share answers: 1 or 0. A gauge. */
	public static final String REDIS_UP = "bramka.nodes.redis.up";

	/**
	 * Announcements between nodes: topic, result (sent, lost, heard, malformed, flooded).
	 * A counter.
	 */
	public static final String ANNOUNCEMENTS = "bramka.nodes.announcements";

	/**
	 * Proofs that the shared memory was asked about: result (new, replayed, unasked: it
	 * did not answer). A counter.
	 */
	public static final String SHARED_PROOFS = "bramka.access.shared.proofs";

	private Names() {
	}

}
