package pl.bramka.gateway.customer;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The customer behind a verified access token and proof. Every upstream call that touches
 * personal data takes it first, so that no call can be made for nobody.
 *
 * @param id the {@code AccountID} in CRM and billing, with its leading zeros
 * @param sessionId the session the token belongs to
 * @param device the RFC 7638 thumbprint of the device key that signed the proof
 * @param method how the session was opened
 * @param authenticatedAt when the customer last showed a password, PIN or fingerprint
 * @param termsDue the version of the terms that had yet to be accepted when the token was
 * made; null if none had
 */
public record Customer(String id, String sessionId, String device, AuthenticationMethod method, Instant authenticatedAt,
		@Nullable String termsDue) {

	/**
	 * A customer who owes no acceptance.
	 * @param id as above
	 * @param sessionId as above
	 * @param device as above
	 * @param method as above
	 * @param authenticatedAt as above
	 */
	public Customer(String id, String sessionId, String device, AuthenticationMethod method, Instant authenticatedAt) {
		this(id, sessionId, device, method, authenticatedAt, null);
	}

	/**
	 * The customer whose document somebody pays who has a link to it: there is no session
	 * and no device, and nobody has signed in.
	 * @param id as above
	 * @return a customer for whom nothing can be done that asks for a sign-in
	 */
	public static Customer ofLink(String id) {
		return new Customer(id, "", "", AuthenticationMethod.PASSWORD, Instant.EPOCH);
	}

	/**
	 * The same customer, who owes the acceptance of these terms, or of none.
	 * @param version of the terms, or null
	 * @return a new record
	 */
	public Customer withTermsDue(@Nullable String version) {
		return new Customer(this.id, this.sessionId, this.device, this.method, this.authenticatedAt, version);
	}

	/** Names neither the customer nor the device: a record ends up in logs easily. */
	@Override
	public String toString() {
		return "Customer[" + this.method + "]";
	}

}
