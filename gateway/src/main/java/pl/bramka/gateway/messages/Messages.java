package pl.bramka.gateway.messages;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.contracts.Contracts;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.idempotency.Once;
import pl.bramka.gateway.idempotency.Request;
import pl.bramka.gateway.messages.MessageStore.Sent;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Deadline;
import pl.bramka.gateway.upstream.NothingSent;
import pl.bramka.gateway.upstream.Refusal;

import org.springframework.stereotype.Component;

/**
 * Sends messages to CRM, each once. What a message says names it, not only its key: a
 * message whose outcome is not known is looked for at CRM before it is sent again, and
 * the same message within minutes is the same ticket, whoever tapped twice.
 */
@Component
final class Messages {

	private static final String OPERATION = "messages";

	/** Longer than somebody waits for CRM's answer to one call. */
	private static final Duration UNDER_WAY = Duration.ofSeconds(5);

	private final CrmInteractions crm;

	private final MessageStore store;

	private final Contracts contracts;

	private final Once once;

	private final SecurityEvents events;

	private final MessageProperties settings;

	private final Clock clock;

	Messages(CrmInteractions crm, MessageStore store, Contracts contracts, Once once, SecurityEvents events,
			MessageProperties settings, Clock clock) {
		this.crm = crm;
		this.store = store;
		this.contracts = contracts;
		this.once = once;
		this.events = events;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * The receipt for a message.
	 *
	 * @param ticketNumber under which people find it
	 */
	record Receipt(String ticketNumber) {
	}

	/**
	 * Sends a message, once for a key and once for what it says.
	 * @param customer who writes
	 * @param key the app's name of this request
	 * @param message what
	 * @return the ticket; {@code request-under-way} while it is being sent,
	 * {@code crm-unavailable} if CRM did not take it, or nobody knows and it may still
	 * arrive
	 */
	Mono<Receipt> send(Customer customer, String key, Message message) {
		return this.once.answer(new Request(customer.id(), OPERATION, key, message.hash()), Receipt.class,
				(ticket) -> isOwn(customer, message).then(Mono.defer(() -> send(customer, message))));
	}

	private Mono<Void> isOwn(Customer customer, Message message) {
		return (message.contractId() != null) ? this.contracts.find(customer, message.contractId()).then()
				: Mono.empty();
	}

	private Mono<Receipt> send(Customer customer, Message message) {
		return this.store.claim(customer.id(), message)
			.flatMap((claimed) -> post(customer, message, claimed))
			.switchIfEmpty(Mono.defer(() -> this.store.find(customer.id(), message)
				.flatMap((sent) -> goOn(customer, message, sent))
				// One that was there a moment ago and is not now was refused just then.
				.switchIfEmpty(Mono.error(Messages::underWay))))
			.map(Receipt::new);
	}

	private Mono<String> goOn(Customer customer, Message message, Sent sent) {
		Instant now = this.clock.instant();
		if (sent.ticket() != null) {
			return now.isBefore(sent.sentAt().plus(this.settings.same())) ? Mono.just(sent.ticket())
					: postAgain(customer, message, sent, true);
		}
		Instant end = sent.sentAt().plus(this.settings.doubt());
		return this.crm.find(customer.id(), sent.reference(), sent.sentAt())
			.flatMap((ticket) -> known(customer, message, sent, ticket))
			.switchIfEmpty(Mono.defer(() -> now.isBefore(end) ? Mono.error(inDoubt(sent, now, end))
					: postAgain(customer, message, sent, false)));
	}

	private Mono<String> postAgain(Customer customer, Message message, Sent sent, boolean anew) {
		return this.store.again(sent, anew)
			.switchIfEmpty(Mono.error(Messages::underWay))
			.flatMap((claimed) -> post(customer, message, claimed));
	}

	/** Within limits of its own: what is cut off on its way is not known to have come. */
	private Mono<String> post(Customer customer, Message message, Sent claimed) {
		return this.crm.record(customer.id(), message, claimed.reference())
			.contextWrite(Deadline::none)
			.onErrorResume((failure) -> notTaken(claimed, failure))
			.flatMap((ticket) -> known(customer, message, claimed, ticket));
	}

	private Mono<String> notTaken(Sent claimed, Throwable failure) {
		if (failure instanceof Refusal) {
			return forget(claimed).then(Mono.error(Problem.of(ProblemCode.CRM_REFUSED, failure)));
		}
		boolean nothingSent = failure instanceof Problem problem && NothingSent.isBehind(problem);
		return nothingSent ? forget(claimed).then(Mono.error(failure)) : Mono.error(failure);
	}

	private Mono<Void> forget(Sent claimed) {
		return this.store.forget(claimed).onErrorComplete(Problem.class);
	}

	/** CRM has it whatever the database does: it is found again by its reference. */
	private Mono<String> known(Customer customer, Message message, Sent sent, String ticket) {
		return this.store.known(sent, ticket)
			.onErrorReturn(Problem.class, true)
			.filter((first) -> first && message.topic() == Topic.ACCOUNT_DELETION)
			.flatMap((first) -> this.events.record(SecurityEvent.ACCOUNT_DELETION, customer.id(), customer.device(),
					"done"))
			.thenReturn(ticket);
	}

	private static Problem inDoubt(Sent sent, Instant now, Instant end) {
		return now.isBefore(sent.sentAt().plus(UNDER_WAY)) ? underWay()
				: Problem.of(ProblemCode.CRM_UNAVAILABLE).retryAfter(Duration.between(now, end));
	}

	private static Problem underWay() {
		return Problem.of(ProblemCode.REQUEST_UNDER_WAY).retryAfter(Duration.ofSeconds(1));
	}

}
