package pl.bramka.gateway.payments;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.claims.Claim;
import pl.bramka.gateway.claims.Claims;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.idempotency.Once;
import pl.bramka.gateway.idempotency.Request;
import pl.bramka.gateway.idempotency.Ticket;
import pl.bramka.gateway.invoices.NotPayable;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.operator.Order;
import pl.bramka.gateway.operator.PaymentOperator;
import pl.bramka.gateway.operator.Start;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.quotes.Quote;
import pl.bramka.gateway.quotes.Quotes;
import pl.bramka.gateway.upstream.Deadline;

import org.springframework.stereotype.Component;

/**
 * The door to payments. A start is written down with the documents it takes, in one
 * transaction, and only then the operator is asked, once. What it answers is written down
 * after that: whatever dies in between leaves a payment that is found out by asking.
 */
@Component
public final class Payments {

	private static final Logger log = LoggerFactory.getLogger(Payments.class);

	private static final String OPERATION = "payments";

	/** Of one customer; more than somebody pays in ten years. */
	private static final int MOST = 500;

	private final PaymentStore store;

	private final Books books;

	private final Database database;

	private final Claims claims;

	private final Quotes quotes;

	private final PaymentOperator operator;

	private final Once once;

	private final PaymentProperties settings;

	private final MeterRegistry meters;

	private final Clock clock;

	Payments(PaymentStore store, Books books, Database database, Claims claims, Quotes quotes, PaymentOperator operator,
			Once once, PaymentProperties settings, MeterRegistry meters, Clock clock) {
		this.store = store;
		this.books = books;
		this.database = database;
		this.claims = claims;
		this.quotes = quotes;
		this.operator = operator;
		this.once = once;
		this.settings = settings;
		this.meters = meters;
		this.clock = clock;
		for (String result : List.of("accepted", "refused", "not-sent", "unknown")) {
			meters.counter(Names.PAYMENTS_STARTED, "result", result);
		}
	}

	/**
	 * Starts a payment, once for a key.
	 * @param customer who pays
	 * @param key the app's name of this request
	 * @param quoteId what was quoted
	 * @param language of the operator's page
	 * @return the payment, as it was when it was first answered
	 */
	Mono<Payment> start(Customer customer, String key, String quoteId, Language language) {
		return this.once.answer(new Request(customer.id(), OPERATION, key, quoteId), Payment.class,
				(ticket) -> ticket.subject()
					.map((id) -> find(customer.id(), id))
					.orElseGet(() -> this.quotes.check(customer, quoteId, language)
						// Random numbers are read from the system, so not on an event
						// loop.
						.publishOn(Schedulers.boundedElastic())
						.flatMap((quote) -> begin(customer, quote, language, new Beginning(ticket, null)))));
	}

	/**
	 * Starts a payment for somebody who has a link.
	 * @param customer whose document it is
	 * @param quote what it costs, made this moment
	 * @param language of the operator's page
	 * @param link the link's id
	 * @return the payment; goes on to its end though the caller may leave
	 */
	public Mono<Payment> startByLink(Customer customer, Quote quote, Language language, String link) {
		return Mono.deferContextual((context) -> Mono.fromFuture(
				begin(customer, quote, language, new Beginning(null, link)).contextWrite((none) -> none.putAll(context))
					.toFuture(),
				true));
	}

	/**
	 * The payment that a link began last.
	 * @param customerId whose document it is
	 * @param link the link's id
	 * @return how far it is; empty if it began none
	 */
	public Mono<Payment> latestByLink(String customerId, String link) {
		return this.database.step(this.store.latestByLink(customerId, link))
			.flatMap((payment) -> find(customerId, payment.id()));
	}

	/**
	 * What a payment begins with.
	 *
	 * @param ticket for the app's request, if the app began it
	 * @param link the link that began it, if the app did not
	 */
	private record Beginning(@Nullable Ticket ticket, @Nullable String link) {

		Mono<Void> written(String paymentId) {
			return (this.ticket != null) ? this.ticket.begin(paymentId) : Mono.empty();
		}

		Mono<Void> forget() {
			return (this.ticket != null) ? this.ticket.forget() : Mono.empty();
		}

	}

	/**
	 * A payment of a customer.
	 * @param customerId whose
	 * @param id its id
	 * @return how far it is; {@code payment-not-found} if it is not there or not theirs
	 */
	Mono<Payment> find(String customerId, String id) {
		return this.database
			.step(this.store.find(customerId, id)
				.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.PAYMENT_NOT_FOUND)))
				.flatMap((payment) -> this.store.documents(payment)
					.map((documents) -> new WithItems(payment, documents))))
			.zipWith(this.claims.of(customerId),
					(found, claimed) -> Payment.from(found.payment(), found.items(), claimed));
	}

	/**
	 * The payments that a customer began here; those that never came to the operator are
	 * none.
	 * @param customerId whose
	 * @param since from when on
	 * @return the latest, at most {@value #MOST}
	 */
	public Mono<List<OwnPayment>> past(String customerId, Instant since) {
		return this.database
			.step(this.store.of(customerId, since, MOST)
				.concatMap((payment) -> this.store.documents(payment).map((items) -> new WithItems(payment, items)))
				.collectList())
			.zipWith(this.claims.of(customerId),
					(all, claimed) -> all.stream()
						.map((found) -> new OwnPayment(found.payment().orderId(),
								Payment.from(found.payment(), found.items(), claimed)))
						.toList());
	}

	/** A payment and what it is for. */
	private record WithItems(StoredPayment payment, List<StoredPayment.Item> items) {
	}

	private Mono<Payment> begin(Customer customer, Quote quote, Language language, Beginning beginning) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		UUID id = UUID.randomUUID();
		StoredPayment payment = new StoredPayment(id.toString(), id.toString().replace("-", ""), customer.id(),
				PaymentState.STARTING, quote.bearer(), quote.amount(), quote.fee(), null, now,
				now.plus(this.settings.validity()), null, null, false, 0);
		List<StoredPayment.Item> items = quote.documents()
			.stream()
			.map((document) -> new StoredPayment.Item(document.id(), document.contractAccountId(), document.amount()))
			.toList();
		return this.database.whole(write(payment, items, beginning))
			.then(this.books.announce(customer.id()))
			.then(Mono.defer(() -> ask(payment, items, language)))
			.flatMap((start) -> follow(payment, start, beginning))
			.then(Mono.defer(() -> find(customer.id(), payment.id())));
	}

	private Mono<Void> write(StoredPayment payment, List<StoredPayment.Item> items, Beginning beginning) {
		Instant askAt = payment.createdAt().plus(this.settings.startLimit());
		return this.store.insert(payment, beginning.link(), items, askAt)
			.then(this.claims.take(payment.customerId(), payment.id(),
					items.stream().map(StoredPayment.Item::invoiceId).toList()))
			.flatMap((taken) -> taken.isEmpty() ? beginning.written(payment.id()) : Mono.error(notPayable(taken)));
	}

	private static Problem notPayable(Map<String, Claim> taken) {
		Map<String, NotPayable> reasons = new TreeMap<>();
		taken.forEach(
				(invoice, claim) -> reasons.put(invoice, (claim == Claim.PAID) ? NotPayable.PAID : NotPayable.ONGOING));
		return Quotes.notPayable(reasons);
	}

	/**
	 * Within limits of its own: a caller who has no time left has left a start behind.
	 */
	private Mono<Start> ask(StoredPayment payment, List<StoredPayment.Item> items, Language language) {
		Order order = new Order(payment.orderId(), payment.bearer(), payment.amount(),
				items.stream()
					.map((item) -> new Order.Item(item.invoiceId(), item.contractAccountId(), item.amount()))
					.toList(),
				language, payment.validUntil());
		Start late = new Start.Unknown(Problem.of(ProblemCode.OPERATOR_UNAVAILABLE));
		return this.operator.start(order)
			.timeout(this.settings.startLimit().dividedBy(2), Mono.just(late))
			.contextWrite(Deadline::none);
	}

	private Mono<Void> follow(StoredPayment payment, Start start, Beginning beginning) {
		return switch (start) {
			case Start.Accepted accepted -> {
				count("accepted");
				yield this.database.whole(this.store.lock(payment.orderId())
					.flatMap((now) -> this.store.accepted(payment.id(), accepted.redirectUrl(), askAt(payment))
						.then((now.state() == PaymentState.STARTING)
								? this.store.move(payment.id(), PaymentState.PENDING) : Mono.empty())));
			}
			case Start.Refused refused -> {
				count("refused");
				log.warn("the operator refused order {}: {}", payment.orderId(), refused.reason());
				yield giveUp(payment, beginning, Problem.of(ProblemCode.OPERATOR_REFUSED));
			}
			case Start.NotSent notSent -> {
				count("not-sent");
				yield giveUp(payment, beginning, notSent.why());
			}
			case Start.Unknown unknown -> {
				count("unknown");
				log.warn("what the operator made of order {} is not known: {}", payment.orderId(),
						unknown.why().code().code());
				yield this.database
					.step(this.store.askAt(payment.id(), this.clock.instant().plus(this.settings.askSoon())));
			}
		};
	}

	/** Not after its time is over, whatever the settings. */
	private Instant askAt(StoredPayment payment) {
		Instant first = this.clock.instant().plus(this.settings.askAfter());
		Instant end = payment.validUntil().plus(this.settings.grace());
		return first.isBefore(end) ? first : end;
	}

	/** The operator has no such order: the request may come again, and begin anew. */
	private Mono<Void> giveUp(StoredPayment payment, Beginning beginning, Problem why) {
		return this.database
			.whole(this.store.lock(payment.orderId())
				.filter((now) -> now.state() == PaymentState.STARTING)
				.flatMap((now) -> this.store.close(payment.id(), PaymentState.FAILED, this.clock.instant())
					.then(this.claims.release(payment.id()))
					.then(beginning.forget())))
			.then(this.books.announce(payment.customerId()))
			.then(Mono.error(why));
	}

	private void count(String result) {
		this.meters.counter(Names.PAYMENTS_STARTED, "result", result).increment();
	}

}
