package pl.bramka.gateway.ratelimit;

/**
 * What one request takes of one limit.
 *
 * @param limit the limit
 * @param key whose: an address, a device, a customer, or the pseudonym of an e-mail
 * @param cost how much
 */
record Charge(Limit limit, String key, long cost) {

	/** Never whose. */
	@Override
	public String toString() {
		return "Charge[" + this.limit.name() + "]";
	}

}
