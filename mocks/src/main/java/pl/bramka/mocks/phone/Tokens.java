package pl.bramka.mocks.phone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a sign-in or a refresh gives.
 *
 * @param accessToken sent with every request, bound to the device key
 * @param expiresIn lifetime of the access token in seconds
 * @param refreshToken good for one refresh
 * @param sessionId name of the session
 * @param deviceId name of the phone, for a sign-in with a PIN; null in what was kept
 * before there were names
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Tokens(String accessToken, long expiresIn, String refreshToken, String sessionId,
		@Nullable String deviceId) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Tokens of a phone whose name does not matter.
	 * @param accessToken sent with every request
	 * @param expiresIn lifetime of the access token in seconds
	 * @param refreshToken good for one refresh
	 * @param sessionId name of the session
	 */
	public Tokens(String accessToken, long expiresIn, String refreshToken, String sessionId) {
		this(accessToken, expiresIn, refreshToken, sessionId, null);
	}

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
