package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * The key that a phone releases after a fingerprint. A right finger is taken for granted.
 */
public final class Fingerprint {

	/** Where challenges come from. */
	public static final String CHALLENGES = "/v1/sessions/biometric/challenge";

	/** Where a signed challenge opens a session. */
	public static final String SESSIONS = "/v1/sessions/biometric";

	/** Where the key is enrolled and removed. */
	public static final String KEY = "/v1/devices/current/biometric-key";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final DeviceKey key;

	/**
	 * A fingerprint.
	 * @param key that it releases
	 */
	public Fingerprint(DeviceKey key) {
		this.key = key;
	}

	/**
	 * The key.
	 * @return it
	 */
	public DeviceKey key() {
		return this.key;
	}

	/**
	 * Enrols the key for the phone's session.
	 * @param phone that is signed in
	 * @return the answer, or that to the question for a challenge if it was refused
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> enrol(Phone phone) throws IOException {
		HttpResponse<String> challenge = challenge(phone, "ENROLMENT");
		return (challenge.statusCode() != 201) ? challenge
				: phone.send("PUT", KEY, enrolment(id(phone), value(challenge)));
	}

	/**
	 * Opens a session, and has the phone remember its tokens.
	 * @param phone on which somebody signed in before
	 * @return as of {@link #enrol}
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> signIn(Phone phone) throws IOException {
		HttpResponse<String> challenge = challenge(phone, "SIGN_IN");
		return (challenge.statusCode() != 201) ? challenge : signIn(phone, value(challenge));
	}

	/**
	 * Opens a session with a challenge that was given out before.
	 * @param phone on which somebody signed in before
	 * @param challenge the value
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> signIn(Phone phone, String challenge) throws IOException {
		return phone.opened(phone.post(SESSIONS, Map.of("deviceId", id(phone), "challenge", challenge, "signature",
				signature("SIGN_IN", id(phone), challenge))));
	}

	/**
	 * Asks for a challenge.
	 * @param phone that asks
	 * @param purpose {@code SIGN_IN} or {@code ENROLMENT}
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public static HttpResponse<String> challenge(Phone phone, String purpose) throws IOException {
		return phone.post(CHALLENGES, Map.of("deviceId", id(phone), "purpose", purpose));
	}

	/**
	 * The challenge of an answer.
	 * @param answer with the status 201
	 * @return the value to be signed
	 */
	public static String value(HttpResponse<String> answer) {
		return JSON.readTree(answer.body()).path("challenge").asString("");
	}

	/**
	 * A good body that enrols the key.
	 * @param deviceId of the phone
	 * @param challenge given out for that
	 * @return JSON
	 */
	public String enrolment(String deviceId, String challenge) {
		return JSON.writeValueAsString(Map.of("publicKey", this.key.publicJwk(), "challenge", challenge, "signature",
				signature("ENROLMENT", deviceId, challenge)));
	}

	/**
	 * Signs a challenge.
	 * @param purpose as it was asked for
	 * @param deviceId of the phone
	 * @param challenge the value
	 * @return r and s, base64url
	 */
	public String signature(String purpose, String deviceId, String challenge) {
		String text = "bramka-biometric." + purpose + '.' + deviceId + '.' + challenge;
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(this.key.sign(text.getBytes(StandardCharsets.US_ASCII)));
	}

	private static String id(Phone phone) {
		return phone.deviceId().orElseThrow(() -> new IllegalStateException("nobody has signed in on this phone"));
	}

}
