package pl.bramka.gateway.einvoice;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Drops;

import org.springframework.stereotype.Component;

/**
 * The door to e-invoices. Whose a payer number is must be known before.
 */
@Component
public final class EInvoices {

	/** The cache of documents, whose owner this package does not know. */
	private static final String DOCUMENTS = "invoices";

	private final BillingPreferences billing;

	private final Drops drops;

	EInvoices(BillingPreferences billing, Drops drops) {
		this.billing = billing;
		this.drops = drops;
	}

	/**
	 * Whether documents come as e-invoices, as billing says it now.
	 * @param customer who asks
	 * @param contractAccountId a payer number of theirs
	 * @return whether they do; {@code billing-unavailable} if billing cannot say
	 */
	public Mono<Boolean> on(Customer customer, String contractAccountId) {
		return this.billing.isPaperless(contractAccountId);
	}

	/**
	 * Switches e-invoices on or off; to what they are already changes nothing.
	 * @param customer who wants it
	 * @param contractAccountId a payer number of theirs
	 * @param enabled on or off
	 * @return completes when billing did it; a problem if it did not, or nobody knows
	 */
	public Mono<Void> set(Customer customer, String contractAccountId, boolean enabled) {
		// Also after a failure: billing may have done it all the same.
		Mono<Void> drop = this.drops.everywhere(DOCUMENTS, customer.id());
		return this.billing.prefer(contractAccountId, enabled)
			.onErrorResume((failure) -> drop.then(Mono.error(failure)))
			.then(drop);
	}

}
