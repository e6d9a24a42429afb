package pl.bramka.gateway.premises;

import java.util.Optional;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.freshness.FreshnessCache;
import pl.bramka.gateway.freshness.FreshnessCaches;
import pl.bramka.gateway.upstream.Deadline;

import org.springframework.stereotype.Component;

/**
 * The door to premises and points of delivery. Whose they are must be known before: the
 * numbers asked with are those that CRM has in a contract of the customer's.
 */
@Component
public final class Premises {

	private final BillingPremises billing;

	private final CrmPoints crm;

	private final FreshnessCache<Key, Premise> premises;

	private final FreshnessCache<Key, Optional<String>> points;

	Premises(BillingPremises billing, CrmPoints crm, PremiseProperties settings, FreshnessCaches caches, Drops drops) {
		this.billing = billing;
		this.crm = crm;
		this.premises = caches.cache("premises", settings.cache(), (key, premise) -> 1,
				(context) -> context.delete(Deadline.class));
		this.points = caches.cache("points", settings.cache(), (key, number) -> 1,
				(context) -> context.delete(Deadline.class));
		drops.add("premises", this::drop);
	}

	/**
	 * The address of a premise. It does not age: what billing said a day ago is as good.
	 * @param customer who asks
	 * @param premiseId the premise of a contract of theirs
	 * @return the premise; empty if billing has none, {@code billing-unavailable} if it
	 * fails and nothing is in memory, {@code billing-refused} if it refuses
	 */
	public Mono<Premise> of(Customer customer, String premiseId) {
		return this.premises.get(new Key(customer.id(), premiseId), this.billing.premise(customer, premiseId))
			.map(Aged::value);
	}

	/**
	 * The number of a point of delivery (PPE).
	 * @param customer who asks
	 * @param pointId CRM's own name of it, in a contract of theirs
	 * @return 18 digits of which the last is right; empty if CRM has no such number,
	 * {@code crm-unavailable} if it fails and nothing is in memory, {@code crm-refused}
	 * if it refuses
	 */
	public Mono<String> pointOfDelivery(Customer customer, String pointId) {
		return this.points.get(new Key(customer.id(), pointId), this.crm.number(customer, pointId))
			.flatMap((number) -> Mono.justOrEmpty(number.value()));
	}

	private void drop(String customerId) {
		this.premises.dropAll((key) -> key.customerId().equals(customerId));
		this.points.dropAll((key) -> key.customerId().equals(customerId));
	}

	/**
	 * What is kept by. Holds the customer: who moves in after another is shown nothing
	 * that was loaded for that one.
	 */
	private record Key(String customerId, String id) {
	}

}
