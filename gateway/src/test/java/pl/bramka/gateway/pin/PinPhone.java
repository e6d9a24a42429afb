package pl.bramka.gateway.pin;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.List;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A phone on which somebody signed in with the password and set a PIN, and that knows its
 * name also when it is signed out.
 */
record PinPhone(TestGateway node, Phone phone, String deviceId) {

	/** Nobody chooses it, and tests never guess it. */
	static final String PIN = "4826";

	/** A phone with {@link #PIN}. */
	static PinPhone of(TestGateway gateway, String persona) {
		return withoutPin(gateway, persona).withPin(PIN);
	}

	/** A phone on which no PIN was set yet. */
	static PinPhone withoutPin(TestGateway gateway, String persona) {
		Phone phone = gateway.signedIn(persona);
		return new PinPhone(gateway, phone, String.valueOf(phone.tokens().orElseThrow().deviceId()));
	}

	/** The same phone, calling another node. */
	PinPhone at(TestGateway node) {
		return new PinPhone(node, node.movedHere(this.phone), this.deviceId);
	}

	/** Sets a PIN, in the session of the password. */
	PinPhone withPin(String pin) {
		HttpResponse<String> answer = set(pin, null);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
		return this;
	}

	HttpResponse<String> set(String pin, @Nullable String current) {
		try {
			return this.phone.send("PUT", "/v1/devices/current/pin", (current != null)
					? "{\"pin\":\"" + pin + "\",\"currentPin\":\"" + current + "\"}" : "{\"pin\":\"" + pin + "\"}");
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	HttpResponse<String> remove() throws IOException {
		return this.phone.send("DELETE", "/v1/devices/current/pin", null);
	}

	/** Tries a PIN, and keeps the session it had. */
	HttpResponse<String> guess(String pin) throws IOException {
		return guess(this.deviceId, pin);
	}

	HttpResponse<String> guess(String device, String pin) throws IOException {
		return new Phone(this.node.url(), TestGateway.PUBLIC_URL, this.phone.key()).signInByPin(device, pin);
	}

	/** Tries a PIN, and goes on in the session it opens. */
	HttpResponse<String> signIn(String pin) throws IOException {
		return this.phone.signInByPin(this.deviceId, pin);
	}

	/** Tries a PIN and hangs up before it is answered, if it is not answered sooner. */
	void leave(String pin, Duration after) throws IOException {
		try (Socket socket = connected()) {
			socket.setSoTimeout((int) after.toMillis());
			socket.getOutputStream().write(request(pin));
			socket.getInputStream().read();
		}
		catch (SocketTimeoutException ex) {
			// Gone.
		}
	}

	/** Tries a PIN and hangs up once something has happened. */
	void leave(String pin, Callable<Boolean> happened) throws IOException {
		try (Socket socket = connected()) {
			socket.getOutputStream().write(request(pin));
			Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20)).until(happened);
		}
	}

	private Socket connected() throws IOException {
		return new Socket(this.node.url().getHost(), this.node.url().getPort());
	}

	private byte[] request(String pin) {
		String body = "{\"deviceId\":\"" + this.deviceId + "\",\"pin\":\"" + pin + "\"}";
		String proof = this.phone.key().proof("POST", URI.create(TestGateway.PUBLIC_URL + "/v1/sessions/pin"), null);
		return """
				POST /v1/sessions/pin HTTP/1.1\r
				Host: %s\r
				App-Platform: android\r
				App-Version: 3.4.1\r
				App-OS-Version: 14\r
				DPoP: %s\r
				Content-Type: application/json\r
				Content-Length: %d\r
				\r
				%s""".formatted(this.node.url().getAuthority(), proof, body.length(), body)
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Finds a PIN that stands by itself: the same digits may well be in the middle of an
	 * id, of a time or of a measured value.
	 */
	static Pattern alone(List<String> pins) {
		return Pattern.compile("(?<![0-9A-Za-z]|[0-9]\\.)(" + String.join("|", pins) + ")(?![0-9A-Za-z])");
	}

	/** A wrong PIN. */
	static String wrong(int number) {
		return "%04d".formatted(5000 + number);
	}

}
