package pl.bramka.gateway.payments;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.claims.Claims;
import pl.bramka.gateway.database.Chore;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.operator.Attempt;
import pl.bramka.gateway.operator.PaymentOperator;
import pl.bramka.gateway.payments.PaymentStore.Due;
import pl.bramka.gateway.problem.Problem;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Finds out what became of payments of which nobody said: those whose start was broken
 * off, those of which no notification came, those whose time is over. A node asks about a
 * payment only after it took that upon itself in the database, so at one time one does.
 */
@Component
final class Reconciliation {

	private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

	/** A node that took a payment upon itself and died is waited for so long. */
	private static final Duration LEASE = Duration.ofSeconds(15);

	/** An order that the operator did not know so often, after its time, is not there. */
	private static final int ABSENT = 2;

	private final PaymentStore store;

	private final Books books;

	private final Database database;

	private final Claims claims;

	private final PaymentOperator operator;

	private final PaymentProperties settings;

	private final Clock clock;

	private final AtomicBoolean awake = new AtomicBoolean();

	Reconciliation(PaymentStore store, Books books, Database database, Claims claims, PaymentOperator operator,
			PaymentProperties settings, Clock clock) {
		this.store = store;
		this.books = books;
		this.database = database;
		this.claims = claims;
		this.operator = operator;
		this.settings = settings;
		this.clock = clock;
	}

	@Bean
	@DependsOnDatabaseInitialization
	Chore askingAboutPayments() {
		return Chore.atOnce("asking about payments", this.settings.look(), this::round);
	}

	/**
	 * The first one after the start looks at everything open: much may have been missed.
	 * What another node has taken upon itself is left to it.
	 */
	private Mono<Void> round() {
		Mono<Void> wake = this.awake.get() ? Mono.empty()
				: this.database.step(this.store.wake(now(), now().plus(LEASE)))
					.doOnSuccess((done) -> this.awake.set(true));
		return wake.then(Chore.inBatches(this.settings.batch(), this::batch));
	}

	private Mono<Long> batch() {
		return this.database.step(this.store.due(now(), this.settings.batch()).collectList())
			.flatMap((due) -> Flux.fromIterable(due)
				.flatMap((one) -> look(one).onErrorComplete(Problem.class), this.settings.together())
				.then(Mono.just((long) due.size())));
	}

	private Mono<Void> look(Due due) {
		return this.database.step(this.store.lease(due, now().plus(LEASE)))
			.filter((mine) -> mine)
			.flatMap((mine) -> this.operator.attempts(due.orderId(), due.bearer())
				.flatMap((attempts) -> book(attempts).then(settle(due, attempts.isEmpty())))
				.onErrorResume(Problem.class, (problem) -> postpone(due, problem)));
	}

	/** What does not fit is noted, and does not keep the rest from being booked. */
	private Mono<Void> book(List<Attempt> attempts) {
		return Flux.fromIterable(attempts).concatMap(this.books::book).then();
	}

	private Mono<Void> postpone(Due due, Problem problem) {
		log.warn("order {} cannot be asked about: {}", due.orderId(), problem.code().code());
		return this.database.step(this.store.askAt(due.id(), now().plus(this.settings.askSoon())));
	}

	private Mono<Void> settle(Due due, boolean absent) {
		return this.database.whole(this.store.lock(due.orderId())
			.filter((payment) -> !payment.isClosed())
			.flatMap((payment) -> (payment.state() == PaymentState.STARTING) ? settleStart(payment, absent)
					: settleOpen(payment)))
			.flatMap(this.books::announce);
	}

	/** A start may be on its way until its limit: before that nothing follows from it. */
	private Mono<String> settleStart(StoredPayment payment, boolean absent) {
		Instant now = now();
		Instant decided = payment.createdAt().plus(this.settings.startLimit());
		if (!absent || now.isBefore(decided)) {
			// What the operator says of it does not fit: people look at that.
			Instant soon = now.plus(absent ? this.settings.askSoon() : this.settings.askAgain());
			return this.store.askAt(payment.id(), soon.isBefore(decided) ? decided : soon).then(Mono.empty());
		}
		if (payment.absences() + 1 < ABSENT) {
			return this.store.absent(payment.id())
				.then(this.store.askAt(payment.id(), now.plus(this.settings.askSoon())))
				.then(Mono.empty());
		}
		return close(payment, PaymentState.FAILED);
	}

	private Mono<String> settleOpen(StoredPayment payment) {
		Instant now = now();
		Instant end = payment.validUntil().plus(this.settings.grace());
		if (now.isBefore(end)) {
			Instant again = now.plus(this.settings.askAgain());
			return this.store.askAt(payment.id(), again.isAfter(end) ? end : again).then(Mono.empty());
		}
		return close(payment, (payment.state() == PaymentState.FAILED) ? PaymentState.FAILED : PaymentState.EXPIRED);
	}

	private Mono<String> close(StoredPayment payment, PaymentState state) {
		return this.store.close(payment.id(), state, now())
			.then(this.claims.release(payment.id()))
			.thenReturn(payment.customerId())
			.doOnNext((customer) -> this.books.finished(state));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
