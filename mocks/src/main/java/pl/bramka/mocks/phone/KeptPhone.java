package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A phone that keeps its tokens in a pocket between two commands, and refreshes an access
 * token that has expired.
 */
final class KeptPhone {

	private final Phone phone;

	private final Pocket pocket;

	KeptPhone(Phone phone, Pocket pocket) throws IOException {
		this.phone = phone.tokens(pocket.tokens().orElse(null)).deviceId(pocket.deviceId().orElse(null));
		this.pocket = pocket;
	}

	HttpResponse<String> signIn(String email, String password, Pocket.Place place) throws IOException {
		return signedIn(this.phone.signIn(email, password), place);
	}

	HttpResponse<String> signIn(Browser.Returned returned, Pocket.Place place) throws IOException {
		return signedIn(this.phone.signIn(returned), place);
	}

	HttpResponse<String> signIn(Fingerprint fingerprint, Pocket.Place place) throws IOException {
		return signedIn(fingerprint.signIn(this.phone.tokens(null)), place);
	}

	private HttpResponse<String> signedIn(HttpResponse<String> answer, Pocket.Place place) throws IOException {
		if (this.phone.tokens().isPresent()) {
			this.pocket.keep(this.phone.tokens());
			this.pocket.signedInAt(place);
		}
		return answer;
	}

	HttpResponse<String> signInByPin(String pin, Pocket.Place place) throws IOException {
		String device = this.pocket.deviceId()
			.orElseThrow(() -> new IllegalArgumentException(
					"'" + this.pocket.name() + "' never signed in with the password"));
		HttpResponse<String> answer = this.phone.signInByPin(device, pin);
		if (answer.statusCode() == 201) {
			this.pocket.keep(this.phone.tokens());
			this.pocket.signedInAt(place);
		}
		return answer;
	}

	HttpResponse<String> enrol(Fingerprint fingerprint) throws IOException {
		HttpResponse<String> answer = fingerprint.enrol(this.phone);
		return (isExpired(answer) && refresh().statusCode() == 200) ? fingerprint.enrol(this.phone) : answer;
	}

	HttpResponse<String> refresh() throws IOException {
		if (this.phone.tokens().isEmpty()) {
			throw new IllegalArgumentException("'" + this.pocket.name() + "' is not signed in");
		}
		HttpResponse<String> answer = this.phone.refresh();
		this.pocket.keep(this.phone.tokens());
		return answer;
	}

	HttpResponse<byte[]> signOut() throws IOException {
		HttpResponse<byte[]> answer = send("DELETE", "/v1/sessions/current", null);
		if (answer.statusCode() == 204) {
			this.phone.tokens(null);
			this.pocket.keep(this.phone.tokens());
		}
		return answer;
	}

	HttpResponse<byte[]> send(String method, String path, @Nullable String json, String... headers) throws IOException {
		return send(method, path, json, BodyHandlers.ofByteArray(), headers);
	}

	/** Reads into a file; the body of a refusal is in the answer instead. */
	HttpResponse<byte[]> download(String path, Path file) throws IOException {
		return send("GET", path, null,
				(info) -> (info.statusCode() == 200)
						? BodySubscribers.mapping(BodySubscribers.ofFile(file), (written) -> new byte[0])
						: BodySubscribers.ofByteArray());
	}

	private HttpResponse<byte[]> send(String method, String path, @Nullable String json, BodyHandler<byte[]> handler,
			String... headers) throws IOException {
		HttpResponse<byte[]> answer = this.phone.send(method, path, json, handler, headers);
		if (isExpired(answer) && refresh().statusCode() == 200) {
			return this.phone.send(method, path, json, handler, headers);
		}
		return answer;
	}

	private boolean isExpired(HttpResponse<?> answer) {
		return answer.statusCode() == 401 && !wantsThePassword(answer) && this.phone.tokens().isPresent();
	}

	static boolean wantsThePassword(HttpResponse<?> answer) {
		return answer.headers().allValues("WWW-Authenticate").toString().contains("insufficient_user_authentication");
	}

}
