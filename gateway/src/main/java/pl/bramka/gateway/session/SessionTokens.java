package pl.bramka.gateway.session;

/**
 * What a phone gets when a session is opened or refreshed.
 *
 * @param accessToken sent with every call, {@code Authorization: DPoP …}
 * @param tokenType always {@code DPoP} (RFC 9449, section 5)
 * @param expiresIn how long the access token is good for, in seconds
 * @param refreshToken brings the next pair, once
 * @param sessionId names the session in {@code /v1/sessions}
 */
record SessionTokens(String accessToken, String tokenType, long expiresIn, String refreshToken, String sessionId) {

	/** Never the tokens. */
	@Override
	public String toString() {
		return "SessionTokens";
	}

}
