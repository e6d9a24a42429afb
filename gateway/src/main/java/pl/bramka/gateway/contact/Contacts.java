package pl.bramka.gateway.contact;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.contact.ContactData.ContactValue;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.freshness.FreshnessCache;
import pl.bramka.gateway.freshness.FreshnessCaches;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Deadline;

import org.springframework.stereotype.Component;

/**
 * The door to contact data.
 */
@Component
public final class Contacts {

	static final String CACHE = "contact";

	private final CrmContacts crm;

	private final ContactChangeStore store;

	private final ContactChanges changes;

	private final ContactProperties settings;

	private final FreshnessCache<String, Map<ContactKind, List<ContactEntry>>> cache;

	private final Drops drops;

	Contacts(CrmContacts crm, ContactChangeStore store, ContactChanges changes, ContactProperties settings,
			FreshnessCaches caches, Drops drops) {
		this.crm = crm;
		this.store = store;
		this.changes = changes;
		this.settings = settings;
		this.cache = caches.cache(CACHE, settings.cache(), (id, entries) -> 1,
				(context) -> context.delete(Deadline.class));
		this.drops = drops;
		drops.add(CACHE, this.cache::drop);
	}

	/**
	 * How the utility reaches a customer.
	 * @param customer whose
	 * @return as CRM says it, and what is pending: while something is, CRM is asked each
	 * time; {@code crm-unavailable} if CRM fails and nothing is in memory,
	 * {@code store-unavailable} if nobody can say what is pending
	 */
	public Mono<Aged<ContactData>> of(Customer customer) {
		return this.store.of(customer.id())
			.timeout(this.settings.longestWait(), Mono.error(() -> Problem.of(ProblemCode.STORE_UNAVAILABLE)))
			.flatMap((pending) -> (pending.isEmpty() ? this.cache.get(customer.id(), load(customer.id()))
					: this.cache.reload(customer.id(), load(customer.id())))
				.map((entries) -> entries.map((all) -> joined(all, pending))));
	}

	private Mono<Map<ContactKind, List<ContactEntry>>> load(String customerId) {
		return Mono.zip(this.crm.entries(customerId, ContactKind.EMAIL),
				this.crm.entries(customerId, ContactKind.PHONE),
				(emails, phones) -> Map.of(ContactKind.EMAIL, emails, ContactKind.PHONE, phones));
	}

	private static ContactData joined(Map<ContactKind, List<ContactEntry>> entries, List<ContactChange> pending) {
		Map<ContactKind, ContactChange> changes = pending.stream()
			.collect(Collectors.toMap(ContactChange::kind, (change) -> change));
		return ContactData.of(entries.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, (kind) -> {
			ContactChange change = changes.get(kind.getKey());
			return ContactValue.of(kind.getValue(), (change != null) ? change.pendingBeside(kind.getValue()) : null);
		})));
	}

	/**
	 * Changes what is wanted, one after the other. It goes on though its caller may
	 * leave.
	 * @param customer whose
	 * @param wanted the new values in their normalised form
	 * @return what is so now. A problem if CRM did not take one of them, or nobody knows;
	 * those before it hold, and asking again goes on with the rest
	 */
	Mono<ContactData> change(Customer customer, Map<ContactKind, String> wanted) {
		Mono<ContactData> work = of(customer).map(Aged::value)
			.flatMap((before) -> Flux.fromIterable(wanted.entrySet())
				.concatMap((each) -> this.changes.change(customer.id(), each.getKey(), each.getValue())
					.map((value) -> Map.entry(each.getKey(), value)))
				.reduce(before, (data, changed) -> data.with(changed.getKey(), changed.getValue())));
		Mono<Void> drop = this.drops.everywhere(CACHE, customer.id());
		return Mono.deferContextual(
				(context) -> Mono.fromFuture(work.onErrorResume((failure) -> drop.then(Mono.error(failure)))
					.flatMap((data) -> drop.thenReturn(data))
					.contextWrite((none) -> none.putAll(context))
					.toFuture(), true));
	}

}
