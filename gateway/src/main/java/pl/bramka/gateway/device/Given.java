package pl.bramka.gateway.device;

import org.jspecify.annotations.Nullable;

/**
 * A device and the token that stood behind it.
 *
 * @param device the device
 * @param token the provider's refresh token, sealed; null if there was none
 */
record Given(Device device, @Nullable String token) {

	/** Never the token. */
	@Override
	public String toString() {
		return "Given";
	}

}
