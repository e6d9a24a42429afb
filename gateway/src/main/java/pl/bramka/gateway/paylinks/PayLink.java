package pl.bramka.gateway.paylinks;

import java.time.Instant;

/**
 * What a link stands for; sealed in it, so that nobody reads or changes it.
 *
 * @param id of the link
 * @param customerId whose document it pays
 * @param invoiceId which document
 * @param expiresAt from when on it opens nothing
 */
record PayLink(String id, String customerId, String invoiceId, Instant expiresAt) {

	/** Neither whose nor what. */
	@Override
	public String toString() {
		return "PayLink[" + this.id + "]";
	}

}
