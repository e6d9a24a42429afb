package pl.bramka.gateway.session;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What a phone gets when a session is opened or refreshed.
 *
 * @param accessToken sent with every call, {@code Authorization: DPoP …}
 * @param tokenType always {@code DPoP} (RFC 9449, section 5)
 * @param expiresIn how long the access token is good for, in seconds
 * @param refreshToken brings the next pair, once
 * @param sessionId names the session in {@code /v1/sessions}
 */
record SessionTokens(@Schema(example = "eyJhbGciOiJQUzI1NiJ9.…") String accessToken,
		@Schema(example = "DPoP") String tokenType, @Schema(example = "300") long expiresIn, String refreshToken,
		String sessionId) {

	/** Never the tokens. */
	@Override
	public String toString() {
		return "SessionTokens";
	}

}
