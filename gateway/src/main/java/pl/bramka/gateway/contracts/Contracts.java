package pl.bramka.gateway.contracts;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.freshness.FreshnessCache;
import pl.bramka.gateway.freshness.FreshnessCaches;
import pl.bramka.gateway.upstream.Deadline;

/**
 * The door to a customer's contracts: which are theirs, and which the app may show.
 */
@Component
public final class Contracts {

	private final CrmContracts crm;

	private final FreshnessCache<String, Portfolio> cache;

	private final Drops drops;

	Contracts(CrmContracts crm, ContractProperties settings, FreshnessCaches caches, Drops drops) {
		this.crm = crm;
		this.cache = caches.cache("contracts", settings.cache(), (id, portfolio) -> 1 + portfolio.contracts().size(),
				(context) -> context.delete(Deadline.class));
		this.drops = drops;
		drops.add("contracts", this.cache::drop);
	}

	/**
	 * What the app may show.
	 * @param customer whose
	 * @return the contracts and payer numbers, possibly none; {@code crm-unavailable} if
	 * CRM fails and nothing is in memory
	 */
	public Mono<Aged<Portfolio>> of(Customer customer) {
		return this.cache.get(customer.id(), this.crm.of(customer));
	}

	/**
	 * One contract, if it is this customer's and the app may show it.
	 * @param customer whose
	 * @param id the contract number
	 * @return the contract; {@code contract-not-found} as {@link Portfolio#find} says
	 */
	public Mono<Contract> find(Customer customer, String id) {
		return of(customer).map((portfolio) -> portfolio.value().find(id));
	}

	/**
	 * What is in memory of a customer's contracts; asks nobody.
	 * @param customerId whose
	 * @return the contracts and payer numbers, or nothing
	 */
	public @Nullable Portfolio peek(String customerId) {
		return this.cache.peek(customerId);
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
		return this.drops.everywhere("contracts", customer.id());
	}

}
