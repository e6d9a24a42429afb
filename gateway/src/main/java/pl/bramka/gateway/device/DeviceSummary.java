package pl.bramka.gateway.device;

import java.time.Instant;
import java.util.Objects;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One phone as its owner sees it.
 *
 * @param id names it when it is to be removed
 * @param name as the app called it at sign-in, or what it runs
 * @param platform ANDROID or IOS; absent until the app says so
 * @param osVersion of the operating system, likewise
 * @param appVersion likewise
 * @param lastSeenAt when the app last signed in or refreshed there
 * @param hasPin whether a PIN opens it
 * @param hasBiometricKey whether a fingerprint opens it
 * @param current whether it is the one that asks
 */
public record DeviceSummary(String id, @Schema(example = "Android 14") String name,
		@Schema(example = "ANDROID") @Nullable String platform, @Schema(example = "14") @Nullable String osVersion,
		@Schema(example = "3.4.1") @Nullable String appVersion, Instant lastSeenAt, boolean hasPin,
		boolean hasBiometricKey, boolean current) {

	/** A device that has not been seen since its app began to say what it is. */
	private static final String NAMELESS = "Telefon";

	static DeviceSummary of(String id, @Nullable String name, @Nullable String platform, @Nullable String osVersion,
			@Nullable String appVersion, Instant lastSeenAt, boolean hasPin, boolean hasBiometricKey, boolean current) {
		return new DeviceSummary(id, (name != null) ? name : name(platform, osVersion), platform, osVersion, appVersion,
				lastSeenAt, hasPin, hasBiometricKey, current);
	}

	private static String name(@Nullable String platform, @Nullable String osVersion) {
		if (platform == null) {
			return NAMELESS;
		}
		return ("IOS".equals(platform) ? "iOS " : "Android ") + Objects.requireNonNullElse(osVersion, "");
	}

	/** Names no person and no phone. */
	@Override
	public String toString() {
		return "DeviceSummary";
	}

}
