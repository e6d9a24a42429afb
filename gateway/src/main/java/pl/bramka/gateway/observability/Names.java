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

	/** Calls to upstreams that are under way: upstream. A gauge. */
	public static final String UPSTREAM_UNDER_WAY = "bramka.upstream.under.way";

	/** How many may be under way at once: upstream. A gauge. */
	public static final String UPSTREAM_CONCURRENCY = "bramka.upstream.concurrency";

	/** What caches answered: cache, result (fresh, stale, loaded, failed). A counter. */
	public static final String CACHE_ANSWERS = "bramka.cache.answers";

	/** Entries a cache dropped for lack of room: cache. A counter. */
	public static final String CACHE_EVICTIONS = "bramka.cache.evictions";

	/** Sections of aggregates: section, state. A counter. */
	public static final String SECTIONS = "bramka.sections";

	/** Security events: event, result. A counter. */
	public static final String SECURITY_EVENTS = "bramka.security.events";

	/** Edits of live files: file, result (applied, refused). A counter. */
	public static final String SETTINGS_RELOADS = "bramka.settings.reloads";

	/** 1 while the newest version of a live file is a refused one: file. A gauge. */
	public static final String SETTINGS_REFUSED = "bramka.settings.refused";

	private Names() {
	}

}
