package pl.bramka.gateway.contact;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.contact.ContactChange.State;
import pl.bramka.gateway.contact.ContactChangeStore.ChangeKey;
import pl.bramka.gateway.contact.ContactData.ContactValue;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Deadline;
import pl.bramka.gateway.upstream.NothingSent;
import pl.bramka.gateway.upstream.Refusal;

import org.springframework.stereotype.Component;

/**
 * Changes one entry at CRM: a new standard one is made, and once CRM shows it the old one
 * is removed. In that order, so that the customer is never without one; and whatever is
 * cut off in between is gone on with from what CRM shows, by whoever comes next.
 */
@Component
final class ContactChanges {

	private static final Logger log = LoggerFactory.getLogger(ContactChanges.class);

	private final CrmContacts crm;

	private final ContactChangeStore store;

	private final ContactProperties settings;

	private final Clock clock;

	ContactChanges(CrmContacts crm, ContactChangeStore store, ContactProperties settings, Clock clock) {
		this.crm = crm;
		this.store = store;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Changes one kind, once however often it is asked for.
	 * @param customerId whose
	 * @param kind of what
	 * @param value in its normalised form
	 * @return what is so now; {@code crm-unavailable} if CRM did not take it or nobody
	 * knows
	 */
	Mono<ContactValue> change(String customerId, ContactKind kind, String value) {
		return this.store.claim(new ChangeKey(customerId, kind))
			.flatMap((held) -> this.crm.entries(customerId, kind)
				.onErrorResume((failure) -> asBefore(held).then(Mono.error(failure)))
				.flatMap((entries) -> decide(held, value, entries)));
	}

	private Mono<ContactValue> decide(ContactChange held, String value, List<ContactEntry> entries) {
		Optional<ContactEntry> shown = held.shownIn(entries);
		if (isInDoubt(held, shown)) {
			return asBefore(held).then(Mono.error(() -> Problem.of(ProblemCode.CRM_UNAVAILABLE)
				.retryAfter(Duration.between(this.clock.instant(), doubtEnds(held)))));
		}
		if (held.isTo(value) && (held.state() == State.SENT || shown.isPresent())) {
			return settle(shown.map((entry) -> held.sent(entry.number())).orElse(held), entries);
		}
		if (held.state() == State.BEGUN && isAlready(held.kind(), value, entries)) {
			return over(held).then(Mono.fromSupplier(() -> ContactValue.of(entries, null)));
		}
		return send(held, held.sending(value, entries, this.clock.instant()), entries);
	}

	private static boolean isAlready(ContactKind kind, String value, List<ContactEntry> entries) {
		List<ContactEntry> standard = entries.stream().filter(ContactEntry::standard).toList();
		return standard.size() == 1 && kind.isSame(standard.getFirst().value(), value);
	}

	/**
	 * The call that makes the entry has limits of its own: one that is cut off is not
	 * known to have come. Everything after it may wait for whoever comes next.
	 */
	private Mono<ContactValue> send(ContactChange before, ContactChange next, List<ContactEntry> entries) {
		String value = Objects.requireNonNull(next.value());
		return this.store.put(next)
			.flatMap((sending) -> this.crm.create(next.customerId(), next.kind(), value)
				.contextWrite(Deadline::none)
				.onErrorResume((failure) -> notTaken(before.heldUntil(sending.busyUntil()), sending, failure))
				.flatMap((number) -> taken(sending.sent(number), ContactValue.of(entries, value))));
	}

	private Mono<String> notTaken(ContactChange before, ContactChange sending, Throwable failure) {
		if (failure instanceof Refusal) {
			return asBefore(before).then(Mono.error(Problem.of(ProblemCode.CRM_REFUSED, failure)));
		}
		boolean nothingSent = failure instanceof Problem problem && NothingSent.isBehind(problem);
		return asBefore(nothingSent ? before : sending).then(Mono.error(failure));
	}

	/** What CRM took is pending also if nothing more can be learned of it now. */
	private Mono<ContactValue> taken(ContactChange sent, ContactValue pending) {
		return orNothing(this.store.put(sent)).flatMap((kept) -> kept.isEmpty() ? Mono.just(pending)
				: orNothing(this.crm.entries(sent.customerId(), sent.kind())).flatMap((entries) -> entries.isEmpty()
						? later(kept.get()).thenReturn(pending) : settle(kept.get(), entries.get())));
	}

	private static <T> Mono<Optional<T>> orNothing(Mono<T> asked) {
		return asked.map(Optional::of).onErrorReturn(Problem.class, Optional.empty());
	}

	/** Goes on with a change that CRM took, as far as CRM shows it. */
	private Mono<ContactValue> settle(ContactChange sent, List<ContactEntry> entries) {
		ContactEntry shown = sent.shownIn(entries).orElse(null);
		if (shown == null) {
			return later(sent).then(Mono.fromSupplier(() -> ContactValue.of(entries, sent.value())));
		}
		if (!shown.standard()) {
			// Another one, made elsewhere, has taken its place already.
			return over(sent).then(Mono.fromSupplier(() -> ContactValue.of(entries, null)));
		}
		ContactValue done = new ContactValue(shown.value(), null);
		return remove(sent, sent.leftIn(entries, shown)).then(Mono.defer(() -> over(sent)))
			.thenReturn(done)
			// The change holds; what is left of the old one goes later.
			.onErrorResume(Problem.class, (problem) -> later(sent).thenReturn(done))
			.onErrorResume(Refusal.class, (refusal) -> keptOld(sent, shown, refusal));
	}

	/**
	 * CRM would not remove the old entry. If that still counts, the new one goes again:
	 * two that count would stay for ever.
	 */
	private Mono<ContactValue> keptOld(ContactChange sent, ContactEntry shown, Refusal refusal) {
		return orNothing(this.crm.entries(sent.customerId(), sent.kind())).flatMap((entries) -> {
			if (entries.isPresent() && entries.get().stream().noneMatch((each) -> isOldStandard(sent, each))) {
				log.warn("CRM keeps an old entry of a customer beside the new one: {}", sent.kind());
				return over(sent).thenReturn(new ContactValue(shown.value(), null));
			}
			Mono<Void> undo = entries.isEmpty() ? later(sent)
					: this.crm.remove(sent.customerId(), sent.kind(), shown.number())
						.then(Mono.defer(() -> over(sent)))
						.onErrorResume((failure) -> later(sent));
			return undo.then(Mono.error(Problem.of(ProblemCode.CRM_REFUSED, refusal)));
		});
	}

	private static boolean isOldStandard(ContactChange sent, ContactEntry entry) {
		return entry.standard() && sent.replaces().contains(entry.number());
	}

	/**
	 * Brings a change as far as it gets.
	 * @param key which
	 * @return completes in any case; what did not work is tried again
	 */
	Mono<Void> finish(ChangeKey key) {
		return this.store.claim(key)
			.flatMap((held) -> this.crm.entries(key.customerId(), key.kind())
				.flatMap((entries) -> goOn(held, entries))
				.onErrorResume((failure) -> later(held)))
			.onErrorComplete(Problem.class);
	}

	private Mono<Void> goOn(ContactChange held, List<ContactEntry> entries) {
		Optional<ContactEntry> shown = held.shownIn(entries);
		if (shown.isPresent()) {
			return settle(held.sent(shown.get().number()), entries).onErrorComplete(Problem.class).then();
		}
		if (isInDoubt(held, shown)) {
			return asBefore(held);
		}
		boolean waits = held.state() == State.SENT
				&& !held.isOlderThan(this.clock.instant().minus(this.settings.pending()));
		return waits ? later(held) : giveUp(held, entries);
	}

	/** It never came to be: of those before it only the last one stays. */
	private Mono<Void> giveUp(ContactChange held, List<ContactEntry> entries) {
		if (held.state() == State.SENT) {
			log.warn("CRM took a change and never showed it: {}", held.kind());
		}
		List<ContactEntry> before = held.replaces()
			.stream()
			.flatMap((number) -> entries.stream().filter((each) -> each.number().equals(number)))
			.toList();
		boolean stays = !before.isEmpty() && before.getLast().standard();
		return remove(held, stays ? before.subList(0, before.size() - 1) : List.of())
			.onErrorResume(Refusal.class, (refusal) -> Mono.empty())
			.then(Mono.defer(() -> over(held)));
	}

	private Mono<Void> remove(ContactChange change, List<ContactEntry> entries) {
		return Flux.fromIterable(entries)
			.concatMap((entry) -> this.crm.remove(change.customerId(), change.kind(), entry.number()))
			.then();
	}

	private boolean isInDoubt(ContactChange held, Optional<ContactEntry> shown) {
		return held.state() == State.SENDING && shown.isEmpty() && this.clock.instant().isBefore(doubtEnds(held));
	}

	private Instant doubtEnds(ContactChange held) {
		return Objects.requireNonNullElse(held.sentAt(), Instant.EPOCH).plus(this.settings.doubt());
	}

	/** Leaves a change as it is; one of which nothing was sent is none. */
	private Mono<Void> asBefore(ContactChange held) {
		return switch (held.state()) {
			case BEGUN -> over(held);
			case SENDING -> this.store.leave(held, doubtEnds(held)).onErrorComplete(Problem.class);
			case SENT -> later(held);
		};
	}

	private Mono<Void> later(ContactChange held) {
		return this.store.leave(held, this.clock.instant().plus(this.settings.lookAgain()))
			.onErrorComplete(Problem.class);
	}

	/** A row that could not be removed is found to be over at the next look. */
	private Mono<Void> over(ContactChange held) {
		return this.store.drop(held).onErrorComplete(Problem.class);
	}

}
