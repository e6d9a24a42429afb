package pl.bramka.gateway.account;

import reactor.core.publisher.Mono;

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
 * The door to the customer's profile.
 */
@Component
public final class Profiles {

	private final CrmAccounts crm;

	private final FreshnessCache<String, Profile> cache;

	private final Drops drops;

	Profiles(CrmAccounts crm, AccountProperties settings, FreshnessCaches caches, Drops drops) {
		this.crm = crm;
		this.cache = caches.cache("account", settings.cache(), (id, profile) -> 1,
				(context) -> context.delete(Deadline.class));
		this.drops = drops;
		drops.add("account", this.cache::drop);
	}

	/**
	 * The profile.
	 * @param customer whose
	 * @return the profile; {@code crm-unavailable} if CRM fails and nothing is in memory,
	 * {@code crm-refused} if it does not know a customer who is signed in
	 */
	public Mono<Aged<Profile>> of(Customer customer) {
		return this.cache.get(customer.id(), this.crm.profile(customer))
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.CRM_REFUSED)));
	}

	/**
	 * Forgets what is in this node's memory.
	 * @param customer whose
	 */
	public void drop(Customer customer) {
		this.cache.drop(customer.id());
	}

	/**
	 * Forgets what is in memory, on every node: after a change.
	 * @param customer whose
	 * @return completes when the other nodes have been told, or could not be
	 */
	public Mono<Void> dropEverywhere(Customer customer) {
		return this.drops.everywhere("account", customer.id());
	}

}
