package pl.bramka.gateway.customer;

import java.time.Instant;

/**
 * The customer behind a verified access token and proof. Every upstream call that touches
 * personal data takes it first, so that no call can be made for nobody.
 *
 * @param id the {@code AccountID} in CRM and billing, with its leading zeros
 * @param sessionId the session the token belongs to
 * @param device the RFC 7638 thumbprint of the device key that signed the proof
 * @param method how the session was opened
 * @param authenticatedAt when the customer last showed a password, PIN or fingerprint
 */
public record Customer(String id, String sessionId, String device, AuthenticationMethod method,
		Instant authenticatedAt) {

	/** Names neither the customer nor the device: a record ends up in logs easily. */
	@Override
	public String toString() {
		return "Customer[" + this.method + "]";
	}

}
