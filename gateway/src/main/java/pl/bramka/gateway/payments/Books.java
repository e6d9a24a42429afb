package pl.bramka.gateway.payments;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.claims.Claims;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.differences.Difference;
import pl.bramka.gateway.differences.Differences;
import pl.bramka.gateway.invoices.Invoices;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.operator.Attempt;
import pl.bramka.gateway.operator.Bookings;

import org.springframework.stereotype.Component;

/**
 * Books what the operator says. What it says in any order, any number of times, at any
 * number of nodes, ends in the same books.
 */
@Component
final class Books implements Bookings {

	private static final Logger log = LoggerFactory.getLogger(Books.class);

	private final PaymentStore store;

	private final Differences differences;

	private final Database database;

	private final Claims claims;

	private final Invoices invoices;

	private final MeterRegistry meters;

	private final Clock clock;

	Books(PaymentStore store, Differences differences, Database database, Claims claims, Invoices invoices,
			MeterRegistry meters, Clock clock) {
		this.store = store;
		this.differences = differences;
		this.database = database;
		this.claims = claims;
		this.invoices = invoices;
		this.meters = meters;
		this.clock = clock;
		for (Difference kind : List.of(Difference.UNKNOWN_ORDER, Difference.AMOUNT, Difference.CURRENCY,
				Difference.BEARER, Difference.OVERPAID)) {
			meters.counter(Names.PAYMENT_ALARMS, "kind", kind.tag());
		}
		for (PaymentState state : List.of(PaymentState.PAID, PaymentState.FAILED, PaymentState.EXPIRED)) {
			meters.counter(Names.PAYMENTS_FINISHED, "state", state.name().toLowerCase(Locale.ROOT));
		}
	}

	/**
	 * What came of a booking.
	 *
	 * @param difference why it was not booked, or what is wrong though it was
	 * @param changed whose documents changed, if any did
	 * @param paid whether the payment became paid by it
	 */
	private record Outcome(@Nullable Difference difference, @Nullable String changed, boolean paid) {

		static final Outcome NOTHING_NEW = new Outcome(null, null, false);

	}

	@Override
	public Mono<Boolean> book(Attempt attempt) {
		return this.database
			.whole(this.store.lock(attempt.orderId())
				.flatMap((payment) -> book(payment, attempt))
				.switchIfEmpty(Mono.defer(() -> differ(attempt, Difference.UNKNOWN_ORDER))))
			.flatMap((outcome) -> {
				report(attempt, outcome.difference());
				if (outcome.paid()) {
					finished(PaymentState.PAID);
				}
				boolean booked = outcome.difference() == null || outcome.difference() == Difference.OVERPAID;
				return (outcome.changed() != null) ? announce(outcome.changed()).thenReturn(booked) : Mono.just(booked);
			});
	}

	private Mono<Outcome> book(StoredPayment payment, Attempt attempt) {
		Difference difference = difference(payment, attempt);
		if (difference != null) {
			return differ(attempt, difference);
		}
		return this.store.attempts(attempt.orderId()).flatMap((attempts) -> {
			Attempt.Status before = attempts.get(attempt.remoteId());
			Attempt.Status now = (before != null) ? before.and(attempt.status()) : attempt.status();
			if (now == before) {
				return Mono.just(Outcome.NOTHING_NEW);
			}
			Map<String, Attempt.Status> all = new HashMap<>(attempts);
			all.put(attempt.remoteId(), now);
			return this.store.put(attempt, before).then(Mono.defer(() -> follow(payment, attempt, all.values())));
		});
	}

	private Mono<Outcome> follow(StoredPayment payment, Attempt attempt, Collection<Attempt.Status> attempts) {
		PaymentState next = payment.state().after(payment.isClosed(), attempts);
		if (next == PaymentState.PAID) {
			boolean twice = PaymentState.isPaidTwice(attempts);
			return (payment.state() == PaymentState.PAID)
					? (twice ? overpaid(payment, false) : Mono.just(Outcome.NOTHING_NEW))
					: pay(payment, attempt, twice);
		}
		return (next != payment.state()) ? this.store.move(payment.id(), next).thenReturn(Outcome.NOTHING_NEW)
				: Mono.just(Outcome.NOTHING_NEW);
	}

	/** Documents that another payment has by now were paid twice. */
	private Mono<Outcome> pay(StoredPayment payment, Attempt attempt, boolean twice) {
		return this.store.pay(payment.id(), attempt.at(), this.clock.instant())
			.then(this.store.documents(payment))
			.flatMap((documents) -> this.claims.pay(payment.customerId(), payment.id(),
					documents.stream().map(StoredPayment.Item::invoiceId).toList()))
			.flatMap((lost) -> (twice || !lost.isEmpty()) ? overpaid(payment, true)
					: Mono.just(new Outcome(null, payment.customerId(), true)));
	}

	/** A payment became final. */
	void finished(PaymentState state) {
		this.meters.counter(Names.PAYMENTS_FINISHED, "state", state.name().toLowerCase(Locale.ROOT)).increment();
	}

	private Mono<Outcome> overpaid(StoredPayment payment, boolean paid) {
		return this.store.overpaid(payment.id())
			.thenReturn(new Outcome(Difference.OVERPAID, payment.customerId(), paid));
	}

	private static @Nullable Difference difference(StoredPayment payment, Attempt attempt) {
		if (payment.bearer() != attempt.bearer()) {
			return Difference.BEARER;
		}
		if (!payment.amount().currency().equals(attempt.amount().currency())) {
			return Difference.CURRENCY;
		}
		return (payment.amount().amount() != attempt.amount().amount()) ? Difference.AMOUNT : null;
	}

	private Mono<Outcome> differ(Attempt attempt, Difference kind) {
		return this.differences.note(attempt, kind).thenReturn(new Outcome(kind, null, false));
	}

	private void report(Attempt attempt, @Nullable Difference difference) {
		if (difference != null) {
			log.error("payment order {}, attempt {}: {}", attempt.orderId(), attempt.remoteId(), difference.tag());
			this.meters.counter(Names.PAYMENT_ALARMS, "kind", difference.tag()).increment();
		}
	}

	/**
	 * Has every node show the documents as they are now.
	 * @param customerId whose
	 * @return completes when the other nodes have been told, or could not be
	 */
	Mono<Void> announce(String customerId) {
		return this.claims.dropEverywhere(customerId).then(this.invoices.dropEverywhere(customerId));
	}

}
