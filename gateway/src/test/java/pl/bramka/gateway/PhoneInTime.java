package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;
import tools.jackson.databind.JsonNode;

/**
 * A phone whose clock shows the same as the gateway's, however far that was moved.
 */
public final class PhoneInTime {

	private final Phone phone;

	private final Clock clock;

	/** A new phone without a session. */
	public PhoneInTime(TestGateway gateway, Clock clock) {
		this.phone = gateway.phone();
		this.clock = clock;
	}

	private PhoneInTime(Phone phone, Clock clock) {
		this.phone = phone;
		this.clock = clock;
	}

	/** The same phone, calling a gateway that has moved to another port. */
	public PhoneInTime at(TestGateway gateway) {
		return new PhoneInTime(new Phone(gateway.url(), TestGateway.PUBLIC_URL, this.phone.key()).tokens(tokens()),
				this.clock);
	}

	/** Signs in, and keeps the tokens of a 201. */
	public HttpResponse<String> signIn(String persona) {
		this.phone.tokens(null);
		return kept(send("POST", "/v1/sessions",
				"{\"email\":\"" + persona + "@example.com\",\"password\":\"Haslo-123!\"}"));
	}

	/** The same phone without its session. */
	public PhoneInTime signedOut() {
		this.phone.tokens(null);
		return this;
	}

	/** Accepts the terms in force. */
	public HttpResponse<String> acceptTerms() {
		return acceptTerms(Json.of(get("/v1/terms/current")).get("version").asString());
	}

	/** Accepts any version of the terms. */
	public HttpResponse<String> acceptTerms(String version) {
		return send("POST", "/v1/terms/acceptances", "{\"version\":\"" + version + "\"}");
	}

	/** Signs in with the phone's PIN, and keeps the tokens of a 201. */
	public HttpResponse<String> signInByPin(String pin) {
		String device = String.valueOf(tokens().deviceId());
		this.phone.tokens(null);
		return kept(send("POST", "/v1/sessions/pin", "{\"deviceId\":\"" + device + "\",\"pin\":\"" + pin + "\"}"));
	}

	/** Exchanges the refresh token it holds, and keeps the tokens of a 200. */
	public HttpResponse<String> refresh() {
		return kept(refresh(tokens().refreshToken()));
	}

	/** Shows any refresh token, and keeps nothing. */
	public HttpResponse<String> refresh(String token) {
		return send("POST", "/v1/sessions/refresh", "{\"refreshToken\":\"" + token + "\"}");
	}

	/** Reads. */
	public HttpResponse<String> get(String path) {
		return send("GET", path, null);
	}

	/** Ends a session. */
	public HttpResponse<String> end(String session) {
		return send("DELETE", "/v1/sessions/" + session, null);
	}

	/** Calls anything. */
	public HttpResponse<String> call(String method, String path, @Nullable String body) {
		return send(method, path, body);
	}

	/** What it holds of its session. */
	public Tokens tokens() {
		return this.phone.tokens().orElseThrow();
	}

	/** Calls anything, with access token and proof while signed in. */
	public HttpResponse<String> send(String method, String path, @Nullable String body) {
		String proof = this.phone.key()
			.buildProof(method, URI.create(TestGateway.PUBLIC_URL + path),
					this.phone.tokens().map(Tokens::accessToken).orElse(null))
			.issuedAt(this.clock.instant())
			.sign();
		try {
			return this.phone.send(method, path, body, "DPoP", proof);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private HttpResponse<String> kept(HttpResponse<String> answer) {
		if (answer.statusCode() == 200 || answer.statusCode() == 201) {
			JsonNode body = Json.of(answer);
			this.phone.tokens(new Tokens(body.get("accessToken").asString(), body.get("expiresIn").asLong(),
					body.get("refreshToken").asString(), body.get("sessionId").asString(),
					body.get("deviceId").asString()));
		}
		return answer;
	}

}
