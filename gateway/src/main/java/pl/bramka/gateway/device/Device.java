package pl.bramka.gateway.device;

/**
 * A phone of a customer.
 *
 * @param id names it in the app and in the database; two customers may share a phone, and
 * have an id each
 * @param customerId the customer's {@code AccountID}
 * @param thumbprint of the device key (RFC 7638)
 */
public record Device(String id, String customerId, String thumbprint) {

	/** Names neither the customer nor the device. */
	@Override
	public String toString() {
		return "Device";
	}

}
