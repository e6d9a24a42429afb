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

	/** Numbers of points of delivery that CRM has and that are none. A counter. */
	public static final String POINTS_LEFT_OUT = "bramka.points.left.out";

	/** Security events: event, result. A counter. */
	public static final String SECURITY_EVENTS = "bramka.security.events";

	/** Audit records that the log has and the database has not. A counter. */
	public static final String AUDIT_LOST = "bramka.audit.lost";

	/**
	 * PINs tried: result (right, wrong, erased: the last wrong one; none, day-over: no
	 * PIN was looked at; busy, overloaded: to be tried again). A counter.
	 */
	public static final String PIN_CHECKS = "bramka.pin.checks";

	/** Checks of PINs that are under way. A gauge. */
	public static final String PIN_UNDER_WAY = "bramka.pin.under.way";

	/** The provider's tokens that no key opened when they were needed. */
	public static final String CONSENT_UNREADABLE = "bramka.consent.unreadable";

	/**
	 * Payments started: result (accepted, refused, not-sent, unknown). A counter.
	 */
	public static final String PAYMENTS_STARTED = "bramka.payments.started";

	/** Payments that became final: state (paid, failed, expired). A counter. */
	public static final String PAYMENTS_FINISHED = "bramka.payments.finished";

	/**
	 * What the operator said that does not fit our books: kind (unknown-order, amount,
	 * currency, bearer, overpaid). A counter.
	 */
	public static final String PAYMENT_ALARMS = "bramka.payment.alarms";

	/**
	 * Cases of the last days for people to look at: kind (those of the alarms; missing at
	 * billing, unsettled). A gauge, the same on every node.
	 */
	public static final String PAYMENT_DIFFERENCES = "bramka.payment.differences";

	/**
	 * What the payment operator notified of: result (confirmed; contradicting: does not
	 * fit our books; not-understood: signed, and we cannot read it; forged: not signed;
	 * malformed; failed: could not be booked). A counter.
	 */
	public static final String NOTIFICATIONS = "bramka.operator.notifications";

	/**
	 * Readings that billing was told of: result (taken, refused, not-sent, unknown:
	 * billing did not say whether it has it). A counter.
	 */
	public static final String READINGS_TOLD = "bramka.readings.told";

	/** Readings that are kept until billing takes them, over all nodes. A gauge. */
	public static final String READINGS_WAITING = "bramka.readings.waiting";

	/** Requests let go by an overloaded node: importance. A counter. */
	public static final String LOAD_SHED = "bramka.load.shed";

	/**
	 * What a node lets go: 0 nothing, 1 all that can wait, 2 all but critical. A gauge.
	 */
	public static final String LOAD_PRESSURE = "bramka.load.pressure";

	/** Requests under way. A gauge. */
	public static final String LOAD_IN_FLIGHT = "bramka.load.in.flight";

	/** How long tasks waited for an event loop at the least, lately. A time gauge. */
	public static final String LOAD_DELAY = "bramka.load.delay";

	/** Open connections of the public port. A gauge. */
	public static final String CONNECTIONS = "bramka.connections";

	/** Connections that were cut: reason (silent, slow-reader). A counter. */
	public static final String CONNECTIONS_CUT = "bramka.connections.cut";

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

	/** Requests of apps: platform, version (major.minor of those released), verdict. */
	public static final String APP_REQUESTS = "bramka.app.requests";

	/** Calls that limits were asked about: policy, result. A counter. */
	public static final String LIMITS = "bramka.limits";

	/** Shared limits that this node had to keep alone: policy. A counter. */
	public static final String LIMITS_ALONE = "bramka.limits.alone";

	/** Edits of live files: file, result (applied, refused). A counter. */
	public static final String SETTINGS_RELOADS = "bramka.settings.reloads";

	/** 1 while the newest version of a live file is a refused one: file. A gauge. */
	public static final String SETTINGS_REFUSED = "bramka.settings.refused";

	private Names() {
	}

}
