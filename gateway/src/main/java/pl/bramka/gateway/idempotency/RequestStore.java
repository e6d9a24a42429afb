package pl.bramka.gateway.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * Keys in the database. A ticket is the time until which its holder is believed to work:
 * every statement of a holder names it, so that one who was given up changes nothing.
 */
@Component
final class RequestStore {

	private static final String SAME = " where customer_id = :customer and operation = :operation and key_text = :key";

	private static final String HELD = SAME + " and busy_until = :mine and answer is null";

	private final Database database;

	private final IdempotencyProperties settings;

	private final Clock clock;

	RequestStore(Database database, IdempotencyProperties settings, Clock clock) {
		this.database = database;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * What a key stands for.
	 *
	 * @param hash of what was asked
	 * @param busyUntil until when somebody is believed to work on it
	 * @param subject what was begun, if anything
	 * @param answer what was answered, if anything
	 * @param createdAt since when
	 */
	record Kept(String hash, Instant busyUntil, @Nullable String subject, @Nullable String answer, Instant createdAt) {

		static Kept of(Readable row) {
			return new Kept(Columns.text(row, "request_hash"), Columns.time(row, "busy_until"),
					row.get("subject", String.class), row.get("answer", String.class), Columns.time(row, "created_at"));
		}

	}

	/** A ticket for a key that nobody used; empty if somebody did. */
	Mono<Ticket> claim(Request request) {
		Instant now = now();
		return this.database.step(of(request, """
				insert into idempotency_key (customer_id, operation, key_text, request_hash, busy_until, created_at)
				values (:customer, :operation, :key, :hash, :until, :now) on conflict do nothing
				""").bind("hash", request.hash())
			.bind("until", Columns.at(now.plus(this.settings.lease())))
			.bind("now", Columns.at(now))
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.map((rows) -> new Ticket(this, request, now.plus(this.settings.lease()), null)));
	}

	Mono<Kept> find(Request request) {
		return this.database.step(
				of(request, "select request_hash, busy_until, subject, answer, created_at from idempotency_key" + SAME)
					.map(Kept::of)
					.one());
	}

	/** A ticket whose holder is given up; empty if somebody else was quicker. */
	Mono<Ticket> takeOver(Request request, Kept kept) {
		Instant until = now().plus(this.settings.lease());
		return this.database
			.step(of(request, "update idempotency_key set busy_until = :until" + HELD).bind("until", Columns.at(until))
				.bind("mine", Columns.at(kept.busyUntil()))
				.fetch()
				.rowsUpdated()
				.filter((rows) -> rows > 0)
				.map((rows) -> new Ticket(this, request, until, kept.subject())));
	}

	Mono<Void> begin(Request request, Instant mine, String subject) {
		return of(request, "update idempotency_key set subject = :subject" + HELD).bind("subject", subject)
			.bind("mine", Columns.at(mine))
			.fetch()
			.rowsUpdated()
			.flatMap((rows) -> (rows > 0) ? Mono.empty() : Mono.error(underWay()));
	}

	Mono<Void> forget(Request request) {
		return of(request, "delete from idempotency_key" + SAME + " and answer is null").then();
	}

	Mono<Void> answer(Ticket ticket, String answer) {
		return this.database
			.step(of(ticket.request(), "update idempotency_key set answer = :answer" + HELD).bind("answer", answer)
				.bind("mine", Columns.at(ticket.busyUntil()))
				.then());
	}

	/** Nothing was begun: as if it had not come. Something was: the next may go on. */
	Mono<Void> leave(Ticket ticket) {
		return this.database.step(of(ticket.request(), "delete from idempotency_key" + HELD + " and subject is null")
			.bind("mine", Columns.at(ticket.busyUntil()))
			.then()
			.then(of(ticket.request(), "update idempotency_key set busy_until = :now" + HELD)
				.bind("now", Columns.at(now()))
				.bind("mine", Columns.at(ticket.busyUntil()))
				.then()));
	}

	/** A key that stood long enough stands for nothing any more. */
	Mono<Void> remove(Request request, Kept old) {
		return this.database.step(of(request, "delete from idempotency_key" + SAME + " and created_at = :created")
			.bind("created", Columns.at(old.createdAt()))
			.then());
	}

	/** Removes a few keys of those that stood long enough; the number of them. */
	Mono<Long> removeOld() {
		return this.database.step(this.database.sql("""
				delete from idempotency_key where (customer_id, operation, key_text) in (
					select customer_id, operation, key_text from idempotency_key where created_at < :then
					order by created_at fetch first :batch rows only)
				""")
			.bind("then", Columns.at(now().minus(this.settings.kept())))
			.bind("batch", this.settings.batch())
			.fetch()
			.rowsUpdated());
	}

	boolean isOld(Kept kept) {
		return kept.createdAt().isBefore(now().minus(this.settings.kept()));
	}

	boolean isBusy(Kept kept) {
		return kept.busyUntil().isAfter(now());
	}

	static Problem underWay() {
		return Problem.of(ProblemCode.REQUEST_UNDER_WAY).retryAfter(Duration.ofSeconds(1));
	}

	/** As exact as the database keeps it: tickets are compared. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private GenericExecuteSpec of(Request request, String statement) {
		return this.database.sql(statement)
			.bind("customer", request.customerId())
			.bind("operation", request.operation())
			.bind("key", request.key());
	}

}
