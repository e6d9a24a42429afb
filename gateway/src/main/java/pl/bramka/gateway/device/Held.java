package pl.bramka.gateway.device;

import java.time.Instant;

/**
 * What is known of a device's consent.
 *
 * @param subject the portal user
 * @param token the provider's refresh token, sealed
 * @param passwordAt when the password was last shown
 * @param confirmedAt when the provider last said yes
 */
record Held(String subject, String token, Instant passwordAt, Instant confirmedAt) {

	/** Never the token. */
	@Override
	public String toString() {
		return "Held";
	}

}
