package pl.bramka.mocks.phone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a sign-in or a refresh gives.
 *
 * @param accessToken sent with every request, bound to the device key
 * @param expiresIn lifetime of the access token in seconds
 * @param refreshToken good for one refresh
 * @param sessionId name of the session
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Tokens(String accessToken, long expiresIn, String refreshToken, String sessionId) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static Tokens parse(String json) {
		return JSON.readValue(json, Tokens.class);
	}

	String json() {
		return JSON.writeValueAsString(this);
	}

	@Override
	public String toString() {
		return "Tokens[sessionId=" + this.sessionId + "]";
	}

}
