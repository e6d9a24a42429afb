package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The app on one phone: speaks to the gateway with a device key, remembers its tokens.
 * Answers are given back as they came, refusals too. Safe for several threads.
 */
public final class Phone implements PayingPhone, MeterPhone {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final URI gateway;

	private final URI publicUrl;

	private final DeviceKey key;

	private final Map<String, String> headers = new ConcurrentHashMap<>(Map.of("App-Platform", "android", "App-Version",
			"3.4.1", "App-OS-Version", "14", "App-Store", "google-play", "Accept-Language", "pl"));

	private volatile @Nullable Tokens tokens;

	private volatile @Nullable String deviceId;

	private volatile @Nullable String nonce;

	/**
	 * A phone with a new device key.
	 * @param gateway base URL of the gateway, which is also its public URL
	 */
	public Phone(URI gateway) {
		this(gateway, gateway, DeviceKey.generate());
	}

	/**
	 * A phone.
	 * @param gateway base URL to call
	 * @param publicUrl base URL that proofs name, where a proxy stands before the gateway
	 * @param key the device
	 */
	public Phone(URI gateway, URI publicUrl, DeviceKey key) {
		this.gateway = withoutSlash(gateway);
		this.publicUrl = withoutSlash(publicUrl);
		this.key = key;
	}

	/**
	 * Changes a header that is sent with every request.
	 * @param name of the header
	 * @param value null leaves the header out
	 * @return this phone
	 */
	public Phone header(String name, @Nullable String value) {
		if (value != null) {
			this.headers.put(name, value);
		}
		else {
			this.headers.remove(name);
		}
		return this;
	}

	/**
	 * The device.
	 * @return its key
	 */
	public DeviceKey key() {
		return this.key;
	}

	/**
	 * What the phone holds of its session.
	 * @return empty while signed out
	 */
	public Optional<Tokens> tokens() {
		return Optional.ofNullable(this.tokens);
	}

	/**
	 * Puts tokens into the phone, those of an earlier run or somebody else's.
	 * @param tokens null forgets them
	 * @return this phone
	 */
	public Phone tokens(@Nullable Tokens tokens) {
		this.tokens = tokens;
		return this;
	}

	/**
	 * What the gateway calls this phone, for sign-ins without a password.
	 * @return empty until somebody signed in
	 */
	public Optional<String> deviceId() {
		return Optional.ofNullable(this.deviceId);
	}

	/**
	 * Reminds the phone of what the gateway calls it.
	 * @param deviceId null forgets it
	 * @return this phone
	 */
	public Phone deviceId(@Nullable String deviceId) {
		this.deviceId = deviceId;
		return this;
	}

	/**
	 * Signs in with e-mail and password, and remembers the tokens of a 201.
	 * @param email of the customer
	 * @param password of the customer
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> signIn(String email, String password) throws IOException {
		this.tokens = null;
		return opened(post("/v1/sessions", Map.of("email", email, "password", password)));
	}

	/**
	 * Signs in with what the system browser came back with, and remembers the tokens of a
	 * 201.
	 * @param returned from the browser
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> signIn(Browser.Returned returned) throws IOException {
		this.tokens = null;
		return opened(post("/v1/sessions", Map.of("authorizationCode", returned.code(), "codeVerifier",
				returned.verifier(), "redirectUri", returned.redirectUri().toString())));
	}

	/**
	 * Accepts the terms in force.
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> acceptTerms() throws IOException {
		String version = JSON.readTree(get("/v1/terms/current").body()).path("version").asString("");
		return send("POST", "/v1/terms/acceptances", JSON.writeValueAsString(Map.of("version", version)));
	}

	/**
	 * Signs in with the PIN of this phone, and remembers the tokens of a 201.
	 * @param deviceId as an earlier sign-in named the phone
	 * @param pin of the customer
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> signInByPin(String deviceId, String pin) throws IOException {
		return opened(post("/v1/sessions/pin", Map.of("deviceId", deviceId, "pin", pin)));
	}

	/**
	 * Exchanges the refresh token for new tokens, and remembers those of a 200.
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> refresh() throws IOException {
		Tokens old = tokens().orElseThrow(() -> new IllegalStateException("signed out"));
		return opened(post("/v1/sessions/refresh", Map.of("refreshToken", old.refreshToken())));
	}

	/**
	 * Signs out, and forgets the tokens after a 204.
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> signOut() throws IOException {
		HttpResponse<String> answer = send("DELETE", "/v1/sessions/current", null);
		if (answer.statusCode() == 204) {
			this.tokens = null;
		}
		return answer;
	}

	/**
	 * Reads.
	 * @param path with its query
	 * @param headers more headers: name, value, name, value
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> get(String path, String... headers) throws IOException {
		return send("GET", path, null, headers);
	}

	/**
	 * Calls anything, with access token and proof while signed in.
	 * @param method HTTP method
	 * @param path with its query
	 * @param json body, or null for none
	 * @param headers more headers, or others for the same name: name, value, name, value;
	 * an own {@code DPoP} or {@code Authorization} takes the place of the phone's
	 * @return the answer
	 * @throws IOException if there was none
	 */
	public HttpResponse<String> send(String method, String path, @Nullable String json, String... headers)
			throws IOException {
		return send(method, path, json, BodyHandlers.ofString(), headers);
	}

	/**
	 * Calls anything, and reads the body in a way of its own.
	 * @param <T> type of the body
	 * @param method HTTP method
	 * @param path with its query
	 * @param json body, or null for none
	 * @param handler how to read the answer
	 * @param headers as of {@link #send(String, String, String, String...)}
	 * @return the answer
	 * @throws IOException if there was none
	 */
	@Override
	public <T> HttpResponse<T> send(String method, String path, @Nullable String json, BodyHandler<T> handler,
			String... headers) throws IOException {
		return send(method, path, json, tokens().map(Tokens::accessToken).orElse(null), handler, headers);
	}

	HttpResponse<String> post(String path, Map<String, String> body) throws IOException {
		return send("POST", path, JSON.writeValueAsString(body), null, BodyHandlers.ofString());
	}

	private <T> HttpResponse<T> send(String method, String path, @Nullable String json, @Nullable String accessToken,
			BodyHandler<T> handler, String... headers) throws IOException {
		String before = this.nonce;
		HttpResponse<T> answer = Line.exchange(request(method, path, json, accessToken, headers), handler);
		answer.headers().firstValue("DPoP-Nonce").ifPresent((fresh) -> this.nonce = fresh);
		boolean asked = answer.headers().allValues("WWW-Authenticate").toString().contains("use_dpop_nonce");
		if (asked && this.nonce != null && !this.nonce.equals(before)) {
			return Line.exchange(request(method, path, json, accessToken, headers), handler);
		}
		return answer;
	}

	private HttpRequest request(String method, String path, @Nullable String json, @Nullable String accessToken,
			String... more) {
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.putAll(this.headers);
		all.put("DPoP",
				this.key.buildProof(method, URI.create(this.publicUrl + path), accessToken)
					.claim("nonce", this.nonce)
					.sign());
		if (accessToken != null) {
			all.put("Authorization", "DPoP " + accessToken);
		}
		if (json != null) {
			all.put("Content-Type", "application/json");
		}
		for (int i = 0; i + 1 < more.length; i += 2) {
			all.put(more[i], more[i + 1]);
		}
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.gateway + path))
			.timeout(Duration.ofSeconds(60))
			.method(method, (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody());
		all.forEach(request::header);
		return request.build();
	}

	/** Remembers what a sign-in or a refresh gave. */
	HttpResponse<String> opened(HttpResponse<String> answer) {
		if (answer.statusCode() == 200 || answer.statusCode() == 201) {
			this.tokens = Tokens.parse(answer.body());
			this.deviceId = JSON.readTree(answer.body()).path("deviceId").asString(this.deviceId);
		}
		return answer;
	}

	private static URI withoutSlash(URI url) {
		return URI.create(url.toString().replaceFirst("/+$", ""));
	}

}
