package pl.bramka.gateway.identity;

/**
 * A portal user who showed who they are.
 *
 * @param subject the user at the provider
 * @param customerId the {@code AccountID} the user belongs to
 * @param refreshToken the provider's own, to be kept sealed; empty if another sign-in of
 * the same moment has it
 */
public record PortalUser(String subject, String customerId, String refreshToken) {

	/** Never the token. */
	@Override
	public String toString() {
		return "PortalUser";
	}

}
