package pl.bramka.gateway.customer;

/**
 * How a customer showed who they are, weakest last; the claim {@code acr} of an access
 * token.
 */
public enum AuthenticationMethod {

	/** E-mail and password, at the identity provider. */
	PASSWORD("pwd"),

	/** The key that the phone releases after a fingerprint. */
	BIOMETRIC("bio"),

	/** The PIN of one device. */
	PIN("pin");

	private final String acr;

	AuthenticationMethod(String acr) {
		this.acr = acr;
	}

	/**
	 * The value of the claim {@code acr}.
	 * @return {@code pwd}, {@code bio} or {@code pin}
	 */
	public String acr() {
		return this.acr;
	}

	/**
	 * Reads the claim {@code acr}.
	 * @param acr its value
	 * @return the method
	 * @throws IllegalArgumentException if it is none of ours
	 */
	public static AuthenticationMethod of(String acr) {
		for (AuthenticationMethod method : values()) {
			if (method.acr.equals(acr)) {
				return method;
			}
		}
		throw new IllegalArgumentException("unknown acr");
	}

}
