package pl.bramka.gateway.customer;

/**
 * A customer's session has ended. Features that keep something for the customer forget
 * it, so that the next session starts with what the upstreams say then.
 *
 * @param customerId the customer's {@code AccountID}
 */
public record SessionEnd(String customerId) {

	/** Names nobody. */
	@Override
	public String toString() {
		return "SessionEnd";
	}

}
