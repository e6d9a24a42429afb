package pl.bramka.gateway.claims;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.freshness.FreshnessCache;
import pl.bramka.gateway.freshness.FreshnessCaches;
import pl.bramka.gateway.problem.Problem;

import org.springframework.stereotype.Component;

/**
 * The door to what payments have taken. Reading is served from memory; taking and
 * releasing are statements for a payment's own transaction.
 */
@Component
public final class Claims {

	/** What a read may wait for besides: a row takes single milliseconds. */
	private static final Duration LONGEST_NOTE = Duration.ofMillis(250);

	private final Database database;

	private final FreshnessCache<String, ClaimedDocuments> cache;

	private final Drops drops;

	private final Duration kept;

	private final Duration wait;

	private final Clock clock;

	Claims(Database database, ClaimProperties settings, FreshnessCaches caches, Drops drops, Clock clock) {
		this.database = database;
		this.cache = caches.cache("claims", settings.cache(), (customer, claimed) -> 1 + claimed.byDocument().size(),
				(context) -> context);
		this.drops = drops;
		drops.add("claims", this.cache::drop);
		this.kept = settings.kept();
		this.wait = settings.longestWait();
		this.clock = clock;
	}

	/**
	 * What payments have taken of a customer's documents.
	 * @param customerId whose
	 * @return from memory as a rule; never fails, and never takes long: a read that waits
	 * for a frozen database would be down with it
	 */
	public Mono<ClaimedDocuments> of(String customerId) {
		return Mono
			.deferContextual((context) -> Mono.fromFuture(asked(customerId).contextWrite(context).toFuture(), true))
			.timeout(this.wait, Mono.fromSupplier(() -> remembered(customerId)))
			.onErrorReturn(Problem.class, ClaimedDocuments.UNKNOWN);
	}

	/** Goes on though nobody waits any more: that it fails is news for the next. */
	private Mono<ClaimedDocuments> asked(String customerId) {
		return this.cache.get(customerId, load(customerId)).map(Aged::value);
	}

	private ClaimedDocuments remembered(String customerId) {
		ClaimedDocuments known = this.cache.peek(customerId);
		return (known != null) ? known : ClaimedDocuments.UNKNOWN;
	}

	private Mono<ClaimedDocuments> load(String customerId) {
		return this.database.step(this.database
			.sql("select invoice_id, state, booked_at from document_claim where customer_id = :customer"
					+ " order by since desc fetch first 1000 rows only")
			.bind("customer", customerId)
			.map((row) -> new Row(Columns.text(row, "invoice_id"), Claim.valueOf(Columns.text(row, "state")),
					Columns.timeOrNull(row, "booked_at") != null))
			.all()
			.collectList()
			.map(Row::joined));
	}

	/**
	 * Takes documents for a payment, within its transaction. Two that ask for the same
	 * document wait for each other, and one of them gets it.
	 * @param customerId whose
	 * @param paymentId for which payment, whose row is there
	 * @param invoiceIds the documents
	 * @return what others have of them: empty if all were taken
	 */
	public Mono<Map<String, Claim>> take(String customerId, String paymentId, Collection<String> invoiceIds) {
		// In one order, whatever the basket's: two baskets must not wait for each other.
		List<String> ordered = invoiceIds.stream().sorted().toList();
		return Flux.fromIterable(ordered)
			.concatMap((invoice) -> this.database.sql("""
					insert into document_claim (invoice_id, customer_id, payment_id, state, since)
					values (:invoice, :customer, :payment, 'ONGOING', :now) on conflict do nothing
					""")
				.bind("invoice", invoice)
				.bind("customer", customerId)
				.bind("payment", paymentId)
				.bind("now", Columns.at(this.clock.instant()))
				.fetch()
				.rowsUpdated()
				.filter((rows) -> rows == 0)
				.flatMap((none) -> holder(invoice)))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/** One that was released this moment still counts: whoever asks may try again. */
	private Mono<Map.Entry<String, Claim>> holder(String invoice) {
		return this.database.sql("select state from document_claim where invoice_id = :invoice")
			.bind("invoice", invoice)
			.map((row) -> Claim.valueOf(Columns.text(row, "state")))
			.one()
			.defaultIfEmpty(Claim.ONGOING)
			.map((claim) -> Map.entry(invoice, claim));
	}

	/**
	 * The payment is paid: its documents are, within its transaction. Those that it had
	 * to release before are taken again.
	 * @param customerId whose
	 * @param paymentId which payment
	 * @param invoiceIds its documents
	 * @return the documents that another payment has by now
	 */
	public Mono<List<String>> pay(String customerId, String paymentId, Collection<String> invoiceIds) {
		return take(customerId, paymentId, invoiceIds)
			.then(this.database
				.sql("update document_claim set state = 'PAID', since = :now where payment_id = :payment")
				.bind("now", Columns.at(this.clock.instant()))
				.bind("payment", paymentId)
				.then())
			.then(this.database.sql("select invoice_id from document_claim where payment_id = :payment")
				.bind("payment", paymentId)
				.map((row) -> Columns.text(row, "invoice_id"))
				.all()
				.collect(Collectors.toSet()))
			.map((own) -> invoiceIds.stream().filter((invoice) -> !own.contains(invoice)).toList());
	}

	/**
	 * The payment came to nothing: its documents are free again, within its transaction.
	 * @param paymentId which payment
	 * @return completes when they are
	 */
	public Mono<Void> release(String paymentId) {
		return this.database.sql("delete from document_claim where payment_id = :payment and state = 'ONGOING'")
			.bind("payment", paymentId)
			.then();
	}

	/**
	 * Billing shows documents as settled. They stay taken for a while: another node may
	 * show them by what billing said before.
	 * @param customerId whose
	 * @param invoiceIds settled documents, some of which may have been paid with us
	 * @return completes when that is noted, or could not be; at once if there is nothing
	 * new in it. Never fails and never takes long, since a read waits for it: whoever
	 * reads next notes it then
	 */
	public Mono<Void> booked(String customerId, Collection<String> invoiceIds) {
		ClaimedDocuments known = this.cache.peek(customerId);
		if (known == null || known.byDocument().isEmpty()) {
			return Mono.empty();
		}
		List<String> booked = invoiceIds.stream().filter(known::awaitsBooking).sorted().toList();
		return booked.isEmpty() ? Mono.empty() : this.database
			.step(Flux.fromIterable(booked)
				.concatMap((invoice) -> this.database.sql("""
						update document_claim set booked_at = :now
						where invoice_id = :invoice and customer_id = :customer and state = 'PAID' and booked_at is null
						""")
					.bind("now", Columns.at(this.clock.instant()))
					.bind("invoice", invoice)
					.bind("customer", customerId)
					.fetch()
					.rowsUpdated())
				.reduce(0L, Long::sum))
			.timeout(LONGEST_NOTE)
			.flatMap((rows) -> announce(customerId, rows))
			.onErrorComplete();
	}

	/** Nothing changed if another node noted it: it has told. */
	private Mono<Void> announce(String customerId, long rows) {
		return (rows > 0) ? dropEverywhere(customerId) : Mono.fromRunnable(() -> drop(customerId));
	}

	/**
	 * How long a paid document stays taken after billing booked it.
	 * @return longer than a document may be shown by what billing said before
	 */
	public Duration kept() {
		return this.kept;
	}

	/**
	 * Forgets paid documents that billing booked long ago.
	 * @param before all that were booked before this time
	 * @param most how many at once
	 * @return how many
	 */
	Mono<Long> forgetBooked(Instant before, int most) {
		return this.database.step(this.database.sql("""
				delete from document_claim where invoice_id in (
					select invoice_id from document_claim where booked_at < :before
					order by booked_at fetch first :most rows only)
				""").bind("before", Columns.at(before)).bind("most", most).fetch().rowsUpdated());
	}

	/**
	 * Forgets what is in this node's memory.
	 * @param customerId whose
	 */
	public void drop(String customerId) {
		this.cache.drop(customerId);
	}

	/**
	 * Forgets what nodes remember of a customer: after a payment began or ended.
	 * @param customerId whose
	 * @return completes when the other nodes have been told, or could not be
	 */
	public Mono<Void> dropEverywhere(String customerId) {
		return this.drops.everywhere("claims", customerId);
	}

	private record Row(String invoiceId, Claim claim, boolean booked) {

		static ClaimedDocuments joined(List<Row> rows) {
			return new ClaimedDocuments(rows.stream().collect(Collectors.toUnmodifiableMap(Row::invoiceId, Row::claim)),
					rows.stream().filter(Row::booked).map(Row::invoiceId).collect(Collectors.toUnmodifiableSet()),
					true);
		}

	}

}
