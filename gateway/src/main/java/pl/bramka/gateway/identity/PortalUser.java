package pl.bramka.gateway.identity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A portal user who showed who they are.
 *
 * @param subject the user at the provider
 * @param customerId the {@code AccountID} the user belongs to
 * @param refreshToken the provider's own, to be kept sealed; empty if another sign-in of
 * the same moment has it
 * @param passwordAt when the password was shown to the provider; null if it is not said,
 * because a token stood for it
 */
public record PortalUser(String subject, String customerId, String refreshToken, @Nullable Instant passwordAt) {

	/** Never the token. */
	@Override
	public String toString() {
		return "PortalUser";
	}

}
