package pl.bramka.gateway.contact;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.contact.ContactChange.State;
import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.keys.Seal;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * Changes in the database. One works on a change at a time, on whatever node: the row is
 * taken by one conditional statement, and everything its holder writes names the time
 * until which it is theirs, so that one who was given up writes nothing.
 */
@Component
final class ContactChangeStore {

	private static final String SAME = " where customer_id = :customer and kind = :kind";

	private static final String HELD = SAME + " and busy_until = :mine";

	private static final String COLUMNS = "select customer_id, kind, state, sealed_value, entry, replaces, sent_at,"
			+ " busy_until from contact_change where customer_id = :customer";

	private final Database database;

	private final Seal seal;

	private final Duration lease;

	private final Clock clock;

	ContactChangeStore(Database database, Seal seal, ContactProperties settings, Clock clock) {
		this.database = database;
		this.seal = seal;
		this.lease = settings.lease();
		this.clock = clock;
	}

	/**
	 * Which change.
	 *
	 * @param customerId whose
	 * @param kind of what
	 */
	record ChangeKey(String customerId, ContactKind kind) {
	}

	/**
	 * Takes the row of a customer and kind, as it was left or new.
	 * @return the change; {@code request-under-way} while somebody works on it
	 */
	Mono<ContactChange> claim(ChangeKey key) {
		Instant now = now();
		Instant until = now.plus(this.lease);
		return this.database.step(of(key, """
				insert into contact_change (customer_id, kind, state, replaces, busy_until, look_at)
				values (:customer, :kind, 'BEGUN', '', :until, :until) on conflict do nothing
				""").bind("until", Columns.at(until))
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.map((rows) -> new ContactChange(key.customerId(), key.kind(), State.BEGUN, null, null, List.of(), null,
					until))
			.switchIfEmpty(Mono.defer(() -> takeOver(key, now, until))));
	}

	private Mono<ContactChange> takeOver(ChangeKey key, Instant now, Instant until) {
		return of(key, "update contact_change set busy_until = :until" + SAME + " and busy_until <= :now")
			.bind("until", Columns.at(until))
			.bind("now", Columns.at(now))
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.flatMap((rows) -> of(key, COLUMNS + " and kind = :kind").map(this::change).one())
			.switchIfEmpty(Mono.error(ContactChangeStore::underWay));
	}

	/** Writes how far it is, and holds it for another while. */
	Mono<ContactChange> put(ContactChange change) {
		Instant until = now().plus(this.lease);
		return write(change, until, until).thenReturn(change.heldUntil(until));
	}

	/**
	 * Writes how far it is, and leaves it to whoever comes, at that time at the latest.
	 */
	Mono<Void> leave(ContactChange change, Instant lookAt) {
		return write(change, now(), lookAt);
	}

	private Mono<Void> write(ContactChange change, Instant busyUntil, Instant lookAt) {
		return this.database.step(Mono.defer(() -> of(key(change), """
				update contact_change set state = :state, sealed_value = :value, entry = :entry, replaces = :replaces,
					sent_at = :sent, busy_until = :until, look_at = :look
				""" + HELD).bind("state", change.state().name())
			.bind("value", nullable((change.value() != null) ? this.seal.close(change.value()) : null, String.class))
			.bind("entry", nullable(change.entry(), String.class))
			.bind("replaces", String.join(",", change.replaces()))
			.bind("sent",
					nullable((change.sentAt() != null) ? Columns.at(change.sentAt()) : null, OffsetDateTime.class))
			.bind("until", Columns.at(busyUntil))
			.bind("look", Columns.at(lookAt))
			.bind("mine", Columns.at(change.busyUntil()))
			.fetch()
			.rowsUpdated()
			.flatMap((rows) -> (rows > 0) ? Mono.empty() : Mono.error(underWay()))));
	}

	/** It is over. */
	Mono<Void> drop(ContactChange change) {
		return this.database
			.step(of(key(change), "delete from contact_change" + HELD).bind("mine", Columns.at(change.busyUntil()))
				.then());
	}

	/** The changes of a customer: at most one of a kind. */
	Mono<List<ContactChange>> of(String customerId) {
		return this.database
			.step(this.database.sql(COLUMNS).bind("customer", customerId).map(this::change).all().collectList());
	}

	/** Those that nobody works on and whose time to be looked at has come. */
	Flux<ChangeKey> due(int most) {
		return this.database
			.step(this.database.sql("""
					select customer_id, kind from contact_change where look_at <= :now and busy_until <= :now
					order by look_at fetch first :most rows only
					""")
				.bind("now", Columns.at(now()))
				.bind("most", most)
				.map((row) -> new ChangeKey(Columns.text(row, "customer_id"),
						ContactKind.valueOf(Columns.text(row, "kind"))))
				.all()
				.collectList())
			.flatMapIterable((keys) -> keys);
	}

	private ContactChange change(Readable row) {
		String replaces = Columns.text(row, "replaces");
		return new ContactChange(Columns.text(row, "customer_id"), ContactKind.valueOf(Columns.text(row, "kind")),
				State.valueOf(Columns.text(row, "state")), opened(row.get("sealed_value", String.class)),
				row.get("entry", String.class),
				replaces.isEmpty() ? List.of() : Arrays.stream(replaces.split(",", -1)).toList(),
				Columns.timeOrNull(row, "sent_at"), Columns.time(row, "busy_until"));
	}

	/** What no key opens any more is not shown, and ends in its time. */
	private @Nullable String opened(@Nullable String sealed) {
		try {
			return (sealed != null) ? this.seal.open(sealed) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private GenericExecuteSpec of(ChangeKey key, String statement) {
		return this.database.sql(statement).bind("customer", key.customerId()).bind("kind", key.kind().name());
	}

	private static ChangeKey key(ContactChange change) {
		return new ChangeKey(change.customerId(), change.kind());
	}

	private static Parameter nullable(@Nullable Object value, Class<?> type) {
		return (value != null) ? Parameters.in(value) : Parameters.in(type);
	}

	private static Problem underWay() {
		return Problem.of(ProblemCode.REQUEST_UNDER_WAY).retryAfter(Duration.ofSeconds(1));
	}

	/** As exact as the database keeps it: holders are compared. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
