package pl.bramka.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Sessions in the database. Every rule that two requests could break together is one
 * conditional statement, so that it holds on any number of nodes. Runs and answers on the
 * bounded elastic scheduler: the embedded database works on the calling thread, and what
 * follows makes keys and signatures.
 */
@Component
final class SessionStore {

	/**
	 * More than ever end between two looks; a newer end is worth more than an older one.
	 */
	private static final int MOST_ENDED = 100_000;

	private final DatabaseClient database;

	private final TransactionalOperator transactions;

	private final Duration limit;

	SessionStore(DatabaseClient database, TransactionalOperator transactions, SessionProperties settings) {
		this.database = database;
		this.transactions = transactions;
		this.limit = settings.storeLimit();
	}

	/**
	 * A refresh token as it is stored, with its session.
	 *
	 * @param customer the session's customer
	 * @param subject the portal user at the provider
	 * @param issued when the token was given out
	 * @param used when it was exchanged, if it was
	 * @param successor the token that followed, sealed
	 * @param ended whether the session is over
	 */
	record Stored(Customer customer, String subject, Instant issued, @Nullable Instant used, @Nullable String successor,
			boolean ended) {
	}

	/** Stores a new session and its first refresh token. */
	Mono<Void> open(Customer customer, String subject, String sealedProviderToken, RefreshToken first, Instant now) {
		Mono<Void> work = insertDevice(customer, now)
			.then(this.database.sql("""
					insert into app_session (id, device_id, customer_id, subject, acr, authenticated_at, last_used_at,
						provider_token)
					select :id, d.id, :customer, :subject, :acr, :authenticated, :now, :provider
					from device d where d.customer_id = :customer and d.thumbprint = :device
					""")
				.bind("id", customer.sessionId())
				.bind("customer", customer.id())
				.bind("subject", subject)
				.bind("acr", customer.method().acr())
				.bind("authenticated", at(customer.authenticatedAt()))
				.bind("now", at(now))
				.bind("provider", sealedProviderToken)
				.bind("device", customer.device())
				.then())
			.then(insertToken(first, customer.sessionId(), now));
		return stored(work.as(this.transactions::transactional));
	}

	private Mono<Void> insertDevice(Customer customer, Instant now) {
		return this.database.sql("""
				insert into device (id, customer_id, thumbprint, created_at)
				values (:id, :customer, :device, :now) on conflict do nothing
				""")
			.bind("id", UUID.randomUUID().toString())
			.bind("customer", customer.id())
			.bind("device", customer.device())
			.bind("now", at(now))
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
		return stored(this.database.sql("""
				select s.customer_id, s.id, d.thumbprint, s.acr, s.authenticated_at, s.subject, s.ended_at,
					t.issued_at, t.used_at, t.successor
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
		return stored(work.as(this.transactions::transactional));
	}

	/**
	 * Ends a session of this customer.
	 * @return the sealed provider token of the session; empty if it is not the customer's
	 * or has ended before
	 */
	Mono<String> end(String customerId, String sessionId, String reason, Instant now) {
		Mono<String> work = this.database.sql("""
				select provider_token from app_session
				where id = :session and customer_id = :customer and ended_at is null
				""")
			.bind("session", sessionId)
			.bind("customer", customerId)
			.map((row) -> Objects.requireNonNullElse(row.get("provider_token", String.class), ""))
			.one()
			.flatMap((token) -> this.database.sql("""
					update app_session set ended_at = :now, end_reason = :reason, provider_token = null
					where id = :session and ended_at is null
					""")
				.bind("now", at(now))
				.bind("reason", reason)
				.bind("session", sessionId)
				.fetch()
				.rowsUpdated()
				.filter((rows) -> rows > 0)
				.map((rows) -> token));
		return stored(work.as(this.transactions::transactional));
	}

	/** The customer's sessions that are neither ended nor idle, the latest used first. */
	Mono<List<SessionSummary>> open(Customer customer, Instant now, Duration idle, Duration maxAge) {
		return stored(this.database.sql("""
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
	 * A session that is over.
	 *
	 * @param sessionId its id
	 * @param customerId whose it was
	 */
	record Ended(String sessionId, String customerId) {
	}

	/** Sessions that ended since then, on any node. */
	Mono<List<Ended>> endedSince(Instant then) {
		return stored(this.database
			.sql("select id, customer_id from app_session where ended_at > :since order by ended_at desc fetch first "
					+ MOST_ENDED + " rows only")
			.bind("since", at(then))
			.map((row) -> new Ended(text(row, "id"), text(row, "customer_id")))
			.all()
			.collectList());
	}

	private <T> Mono<T> stored(Mono<T> work) {
		return work.subscribeOn(Schedulers.boundedElastic())
			.timeout(this.limit)
			.publishOn(Schedulers.boundedElastic())
			.onErrorMap((failure) -> !(failure instanceof Problem),
					(failure) -> Problem.of(ProblemCode.STORE_UNAVAILABLE, failure));
	}

	private static Stored token(Readable row) {
		Customer customer = new Customer(text(row, "customer_id"), text(row, "id"), text(row, "thumbprint"),
				AuthenticationMethod.of(text(row, "acr")), time(row, "authenticated_at"));
		OffsetDateTime used = row.get("used_at", OffsetDateTime.class);
		return new Stored(customer, text(row, "subject"), time(row, "issued_at"),
				(used != null) ? used.toInstant() : null, row.get("successor", String.class),
				row.get("ended_at", OffsetDateTime.class) != null);
	}

	private static String text(Readable row, String column) {
		return Objects.requireNonNull(row.get(column, String.class));
	}

	private static Instant time(Readable row, String column) {
		return Objects.requireNonNull(row.get(column, OffsetDateTime.class)).toInstant();
	}

	private static OffsetDateTime at(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
