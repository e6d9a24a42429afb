package pl.bramka.gateway.operator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * What comes of the operator's notifications: verified, booked, and answered in the same
 * exchange.
 */
@Component
final class Notifications {

	private static final Logger log = LoggerFactory.getLogger(Notifications.class);

	private final OperatorProperties settings;

	private final Bookings bookings;

	private final MeterRegistry meters;

	Notifications(OperatorProperties settings, Bookings bookings, MeterRegistry meters) {
		this.settings = settings;
		this.bookings = bookings;
		this.meters = meters;
		// From the start, so that the first one of each is an increase.
		for (Result result : Result.values()) {
			count(result, 0);
		}
	}

	/**
	 * Books what a notification says, and answers it.
	 * @param body the form as it came
	 * @return the signed answer, emitted once everything it confirms is booked;
	 * {@code malformed-request} if it is no notification, and whatever booking failed
	 * with
	 */
	Mono<String> answer(byte[] body) {
		return Mono.defer(() -> {
			TransactionList list = TransactionList.of(NotificationForm.document(body));
			FeeBearer bearer = this.settings.bearer(list.service())
				.orElseThrow(() -> new Element.Unreadable("not ours"));
			OperatorProperties.Account account = this.settings.of(bearer);
			return list.isSignedWith(account.sharedKey()) ? booked(list, bearer, account) : forged(list, account);
		}).onErrorMap(Element.Unreadable.class, (unreadable) -> {
			count(Result.MALFORMED, 1);
			return Problem.of(ProblemCode.MALFORMED_REQUEST, unreadable);
		});
	}

	private Mono<String> booked(TransactionList list, FeeBearer bearer, OperatorProperties.Account account) {
		// An order may be there several times, and is confirmed as a whole.
		Map<String, Boolean> orders = new LinkedHashMap<>();
		list.transactions().forEach((each) -> orders.put(each.orderId(), true));
		if (orders.isEmpty()) {
			throw new Element.Unreadable("about nothing");
		}
		return Flux.fromIterable(list.transactions())
			.concatMap((each) -> booked(each, bearer)
				.doOnNext((fits) -> orders.merge(each.orderId(), fits, Boolean::logicalAnd)))
			.then(Mono.fromSupplier(() -> Confirmations.of(account, orders)));
	}

	private Mono<Boolean> booked(TransactionList.Transaction transaction, FeeBearer bearer) {
		Attempt attempt;
		try {
			attempt = transaction.attempt(bearer);
		}
		catch (Element.Unreadable ex) {
			log.error("what the operator says of order {} is signed, and not understood: {}", transaction.orderId(),
					ex.getMessage());
			count(Result.NOT_UNDERSTOOD, 1);
			return Mono.just(false);
		}
		return this.bookings.book(attempt).doOnError((failure) -> count(Result.FAILED, 1)).doOnNext((fits) -> {
			count(fits ? Result.CONFIRMED : Result.CONTRADICTING, 1);
			if (!fits) {
				log.error("what the operator says of order {}, attempt {}, does not fit our books", attempt.orderId(),
						attempt.remoteId());
			}
		});
	}

	/**
	 * The contract wants a signed no. Whoever sent this may be a stranger, and a stranger
	 * must not compose what we sign: one number of an order, and no list of texts that
	 * could be read as something else.
	 */
	private Mono<String> forged(TransactionList list, OperatorProperties.Account account) {
		if (list.transactions().size() != 1) {
			throw new Element.Unreadable("not signed");
		}
		String orderId = list.transactions().getFirst().orderId();
		count(Result.FORGED, 1);
		return Mono.just(Confirmations.of(account, Map.of(orderId, false)));
	}

	private void count(Result result, int times) {
		this.meters.counter(Names.NOTIFICATIONS, "result", result.tag()).increment(times);
	}

	/** What came of one; see {@link Names#NOTIFICATIONS}. */
	private enum Result {

		CONFIRMED, CONTRADICTING, NOT_UNDERSTOOD, FORGED, MALFORMED, FAILED;

		String tag() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
