package pl.bramka.gateway.session;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a phone gets when a session is opened or refreshed.
 *
 * @param accessToken sent with every call, {@code Authorization: DPoP …}
 * @param tokenType always {@code DPoP} (RFC 9449, section 5)
 * @param expiresIn how long the access token is good for, in seconds
 * @param refreshToken brings the next pair, once
 * @param sessionId names the session in {@code /v1/sessions}
 * @param deviceId names the phone; sent when a PIN or a fingerprint opens a session on it
 * @param next what the app asks the customer for now; absent if nothing, and after a
 * refresh
 */
record SessionTokens(@Schema(example = "eyJhbGciOiJQUzI1NiJ9.…") String accessToken,
		@Schema(example = "DPoP") String tokenType, @Schema(example = "300") long expiresIn, String refreshToken,
		String sessionId, String deviceId, @Nullable Next next) {

	/**
	 * What comes after signing in.
	 */
	enum Next {

		/** The terms: until they are accepted the session opens nothing else. */
		ACCEPT_TERMS,

		/** A PIN for this phone, which has none. */
		SET_PIN

	}

	/** Never the tokens. */
	@Override
	public String toString() {
		return "SessionTokens";
	}

}
