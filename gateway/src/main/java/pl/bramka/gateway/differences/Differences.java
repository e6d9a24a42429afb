package pl.bramka.gateway.differences;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.operator.Attempt;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * What does not fit, for people to look at: what the operator said and we could not book,
 * and what our own books show to be wrong. Names orders and documents, and no person.
 */
@Component
public final class Differences {

	/** How many of each kind a report names; there may be more. */
	static final int MOST = 100;

	private static final String LIMIT = "fetch first " + MOST + " rows only";

	private final Database database;

	private final DifferenceProperties settings;

	private final Clock clock;

	Differences(Database database, DifferenceProperties settings, Clock clock) {
		this.database = database;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * One case.
	 *
	 * @param orderId the order at the operator
	 * @param subject the operator's attempt or billing's document, whichever it is about
	 * @param at since when
	 */
	record Case(String orderId, @Nullable String subject, Instant at) {
	}

	/**
	 * Notes what the operator said, within a transaction.
	 * @param attempt what it said
	 * @param kind what does not fit
	 * @return completes once it is noted; once, however often the operator says it
	 */
	public Mono<Void> note(Attempt attempt, Difference kind) {
		return this.database.sql("""
				insert into payment_difference (order_id, remote_id, kind, amount, currency, noticed_at)
				values (:order, :remote, :kind, :amount, :currency, :now) on conflict do nothing
				""")
			.bind("order", attempt.orderId())
			.bind("remote", attempt.remoteId())
			.bind("kind", kind.name())
			.bind("amount", attempt.amount().amount())
			.bind("currency", attempt.amount().currency())
			.bind("now", Columns.at(this.clock.instant()))
			.then();
	}

	/**
	 * All that is known.
	 * @param since from when on
	 * @return the latest of each kind, at most {@value #MOST} of it
	 */
	Mono<Map<Difference, List<Case>>> since(Instant since) {
		Map<Difference, List<Case>> all = new EnumMap<>(Difference.class);
		Mono<Void> work = Mono.empty();
		for (Difference kind : Difference.values()) {
			work = work.then(cases(kind, since).doOnNext((cases) -> all.put(kind, cases)).then());
		}
		return this.database.step(work.thenReturn(all));
	}

	private Mono<List<Case>> cases(Difference kind, Instant since) {
		return switch (kind) {
			case OVERPAID -> read("""
					select order_id, null as subject, coalesce(paid_at, created_at) as noticed_at from payment
					where overpaid = true and created_at >= :since
					order by created_at desc
					""", since);
			case MISSING -> read("""
					select p.order_id, c.invoice_id as subject, c.since as noticed_at
					from document_claim c join payment p on p.id = c.payment_id
					where c.state = 'PAID' and c.booked_at is null and c.since >= :since and c.since < :late
					order by c.since desc
					""", since, this.clock.instant().minus(this.settings.bookedWithin()));
			case UNSETTLED -> read("""
					select order_id, null as subject, valid_until as noticed_at from payment
					where closed_at is null and valid_until >= :since and valid_until < :late
					order by valid_until desc
					""", since, this.clock.instant().minus(this.settings.settledWithin()));
			default -> read("""
					select order_id, remote_id as subject, noticed_at from payment_difference
					where kind = '%s' and noticed_at >= :since
					order by noticed_at desc
					""".formatted(kind.name()), since);
		};
	}

	private Mono<List<Case>> read(String statement, Instant since) {
		return read(this.database.sql(statement + LIMIT).bind("since", Columns.at(since)));
	}

	private Mono<List<Case>> read(String statement, Instant since, Instant late) {
		return read(
				this.database.sql(statement + LIMIT).bind("since", Columns.at(since)).bind("late", Columns.at(late)));
	}

	private static Mono<List<Case>> read(GenericExecuteSpec statement) {
		return statement
			.map((row) -> new Case(Columns.text(row, "order_id"), row.get("subject", String.class),
					Columns.time(row, "noticed_at")))
			.all()
			.collectList();
	}

}
