package pl.bramka.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.device.Device;

import org.springframework.stereotype.Component;

import static pl.bramka.gateway.database.Columns.at;
import static pl.bramka.gateway.database.Columns.text;
import static pl.bramka.gateway.database.Columns.time;
import static pl.bramka.gateway.database.Columns.timeOrNull;

/**
 * Sessions in the database.
 */
@Component
final class SessionStore {

	/**
	 * More than ever end between two looks; a newer end is worth more than an older one.
	 */
	private static final int MOST_ENDED = 100_000;

	/** So many are ended before more are looked for. */
	static final int MOST_STANDING = 1000;

	private final Database database;

	SessionStore(Database database) {
		this.database = database;
	}

	/**
	 * A refresh token as it is stored, with its session.
	 *
	 * @param customer the session's customer
	 * @param deviceId the session's device
	 * @param subject the portal user at the provider
	 * @param issued when the token was given out
	 * @param used when it was exchanged, if it was
	 * @param successor the token that followed, sealed
	 * @param ended whether the session is over
	 */
	record Stored(Customer customer, String deviceId, String subject, Instant issued, @Nullable Instant used,
			@Nullable String successor, boolean ended) {
	}

	/**
	 * Stores a new session and its first refresh token. A session without a password
	 * needs the provider's consent to be there still: a device that is being removed has
	 * lost it.
	 * @return whether it did
	 */
	Mono<Boolean> open(Customer customer, Device device, String subject, RefreshToken first, Instant now) {
		boolean withPassword = customer.method() == AuthenticationMethod.PASSWORD;
		Mono<Boolean> allowed = withPassword ? Mono.just(true) : hasConsent(device);
		return this.database.whole(allowed
			.flatMap((yes) -> insert(customer, device, subject, now).then(insertToken(first, customer.sessionId(), now))
				.thenReturn(true))
			.defaultIfEmpty(false));
	}

	/** The lock makes a removal of the device wait, and then see the session. */
	private Mono<Boolean> hasConsent(Device device) {
		return this.database.sql("select id from device where id = :id and provider_token is not null for update")
			.bind("id", device.id())
			.map((row) -> true)
			.one();
	}

	private Mono<Void> insert(Customer customer, Device device, String subject, Instant now) {
		return this.database.sql("""
				insert into app_session
					(id, device_id, customer_id, subject, acr, authenticated_at, last_used_at, terms_due)
				values (:id, :device, :customer, :subject, :acr, :authenticated, :now, :terms)
				""")
			.bind("id", customer.sessionId())
			.bind("device", device.id())
			.bind("customer", customer.id())
			.bind("subject", subject)
			.bind("acr", customer.method().acr())
			.bind("authenticated", at(customer.authenticatedAt()))
			.bind("now", at(now))
			.bind("terms", Parameters.in(R2dbcType.VARCHAR, customer.termsDue()))
			.then();
	}

	private Mono<Void> insertToken(RefreshToken token, String sessionId, Instant now) {
		return this.database
			.sql("insert into refresh_token (hash, session_id, issued_at) values (:hash, :session, :now)")
			.bind("hash", token.hash())
			.bind("session", sessionId)
			.bind("now", at(now))
			.then();
	}

	/** The token and its session; empty if we never gave it out. */
	Mono<Stored> find(RefreshToken token) {
		return this.database.step(this.database.sql("""
				select s.customer_id, s.id, s.device_id, d.thumbprint, s.acr, s.authenticated_at, s.subject, s.ended_at,
					s.terms_due, t.issued_at, t.used_at, t.successor
				from refresh_token t join app_session s on s.id = t.session_id join device d on d.id = s.device_id
				where t.hash = :hash
				""").bind("hash", token.hash()).map(SessionStore::token).one());
	}

	/**
	 * Exchanges a token for its successor, unless another request already did or the
	 * session ended meanwhile.
	 * @return whether this request did it
	 */
	Mono<Boolean> rotate(RefreshToken token, RefreshToken successor, String sessionId, Instant now) {
		Mono<Boolean> work = this.database.sql("""
				update refresh_token set used_at = :now, successor = :successor
				where hash = :hash and used_at is null
					and exists (select 1 from app_session s where s.id = :session and s.ended_at is null)
				""")
			.bind("now", at(now))
			.bind("successor", token.seal(successor))
			.bind("hash", token.hash())
			.bind("session", sessionId)
			.fetch()
			.rowsUpdated()
			.flatMap((rows) -> (rows == 0) ? Mono.just(false)
					: insertToken(successor, sessionId, now)
						.then(this.database.sql("update app_session set last_used_at = :now where id = :session")
							.bind("now", at(now))
							.bind("session", sessionId)
							.then())
						.thenReturn(true));
		return this.database.whole(work);
	}

	/**
	 * Ends a session of this customer.
	 * @return the thumbprint of its device; empty if the session is not the customer's or
	 * has ended before
	 */
	Mono<String> end(String customerId, String sessionId, String reason, Instant now) {
		return this.database.whole(this.database.sql("""
				update app_session set ended_at = :now, end_reason = :reason, provider_token = null
				where id = :session and customer_id = :customer and ended_at is null
				""")
			.bind("now", at(now))
			.bind("reason", reason)
			.bind("session", sessionId)
			.bind("customer", customerId)
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.flatMap((rows) -> this.database.sql("""
					select d.thumbprint from app_session s join device d on d.id = s.device_id where s.id = :session
					""").bind("session", sessionId).map((row) -> text(row, "thumbprint")).one()));
	}

	/** The customer's sessions that are neither ended nor idle, the latest used first. */
	Mono<List<SessionSummary>> open(Customer customer, Instant now, Duration idle, Duration maxAge) {
		return this.database.step(this.database.sql("""
				select s.id, s.acr, s.authenticated_at, s.last_used_at from app_session s
				where s.customer_id = :customer and s.ended_at is null
					and s.last_used_at > :idle and s.authenticated_at > :oldest
				order by s.last_used_at desc, s.id fetch first 100 rows only
				""")
			.bind("customer", customer.id())
			.bind("idle", at(now.minus(idle)))
			.bind("oldest", at(now.minus(maxAge)))
			.map((row) -> SessionSummary.of(text(row, "id"), AuthenticationMethod.of(text(row, "acr")),
					time(row, "authenticated_at"), time(row, "last_used_at"), customer.sessionId()))
			.all()
			.collectList());
	}

	/**
	 * A session that may still be in use.
	 *
	 * @param sessionId its id
	 * @param deviceId where it is
	 */
	record Standing(String sessionId, String deviceId) {
	}

	/**
	 * Some of a customer's sessions.
	 *
	 * @param condition SQL
	 * @param value in it
	 */
	record Which(String condition, String value) {

		/** All but this one. */
		static Which notThis(String sessionId) {
			return new Which("id <> :value", sessionId);
		}

		/** Those on a device. */
		static Which onDevice(String deviceId) {
			return new Which("device_id = :value", deviceId);
		}

		/** Those of a portal user: a customer may have several. */
		static Which ofUser(String subject) {
			return new Which("subject = :value", subject);
		}

	}

	/** Some of the customer's sessions that are neither ended nor idle. */
	Mono<List<Standing>> standing(String customerId, Which which, Instant usedSince) {
		return this.database.step(this.database.sql("""
				select id, device_id from app_session
				where customer_id = :customer and ended_at is null and last_used_at > :used and %s
				order by last_used_at desc fetch first %d rows only
				""".formatted(which.condition(), MOST_STANDING))
			.bind("customer", customerId)
			.bind("value", which.value())
			.bind("used", at(usedSince))
			.map((row) -> new Standing(text(row, "id"), text(row, "device_id")))
			.all()
			.collectList());
	}

	/**
	 * A session that is over.
	 *
	 * @param sessionId its id
	 * @param customerId whose it was
	 */
	record Ended(String sessionId, String customerId) {
	}

	/** Sessions that ended since then, on any node. */
	Mono<List<Ended>> endedSince(Instant then) {
		return this.database.step(this.database
			.sql("select id, customer_id from app_session where ended_at > :since order by ended_at desc fetch first "
					+ MOST_ENDED + " rows only")
			.bind("since", at(then))
			.map((row) -> new Ended(text(row, "id"), text(row, "customer_id")))
			.all()
			.collectList());
	}

	private static Stored token(Readable row) {
		Customer customer = new Customer(text(row, "customer_id"), text(row, "id"), text(row, "thumbprint"),
				AuthenticationMethod.of(text(row, "acr")), time(row, "authenticated_at"),
				row.get("terms_due", String.class));
		return new Stored(customer, text(row, "device_id"), text(row, "subject"), time(row, "issued_at"),
				timeOrNull(row, "used_at"), row.get("successor", String.class), timeOrNull(row, "ended_at") != null);
	}

}
