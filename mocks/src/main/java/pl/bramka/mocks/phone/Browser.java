package pl.bramka.mocks.phone;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The system browser and the app's part around it: opens the identity provider's page
 * with a PKCE challenge (RFC 7636), types e-mail and password there, and comes back with
 * a code. The pretended provider takes what is typed from the address.
 *
 * @param issuer base URL of the realm
 * @param client the gateway's name at the provider
 * @param redirectUri where the browser comes back to
 */
public record Browser(URI issuer, String client, URI redirectUri) {

	private static final SecureRandom RANDOM = new SecureRandom();

	/**
	 * What the app has when the browser is gone.
	 *
	 * @param code good once, for a minute
	 * @param verifier whose hash the provider was given first
	 * @param redirectUri where the browser came back to
	 */
	public record Returned(String code, String verifier, URI redirectUri) {
	}

	/**
	 * Opens the page and types.
	 * @param email of the customer
	 * @param password of the customer
	 * @return the code with its verifier
	 * @throws IOException if the browser does not come back with a code
	 */
	public Returned signIn(String email, String password) throws IOException {
		String verifier = random();
		String state = random();
		Map<String, String> query = new LinkedHashMap<>();
		query.put("client_id", this.client);
		query.put("response_type", "code");
		query.put("redirect_uri", this.redirectUri.toString());
		query.put("scope", "openid offline_access");
		query.put("state", state);
		query.put("code_challenge", Proof.hash(verifier));
		query.put("code_challenge_method", "S256");
		query.put("login_hint", email);
		query.put("password", password);
		Map<String, String> result = result(open(query));
		if (!state.equals(result.get("state")) || !this.issuer.toString().equals(result.get("iss"))) {
			throw new IOException("this answer is not to our question");
		}
		if (!result.containsKey("code")) {
			throw new IOException("the provider says " + result.get("error"));
		}
		return new Returned(String.valueOf(result.get("code")), verifier, this.redirectUri);
	}

	private URI open(Map<String, String> query) throws IOException {
		URI page = URI.create(this.issuer + "/protocol/openid-connect/auth?"
				+ query.entrySet()
					.stream()
					.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
					.collect(Collectors.joining("&")));
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			HttpResponse<String> answer = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
			return answer.headers()
				.firstValue("Location")
				.map(URI::create)
				.filter((target) -> target.toString().startsWith(this.redirectUri.toString()))
				.orElseThrow(
						() -> new IOException("the page stays open: " + answer.statusCode() + " " + answer.body()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw (IOException) new InterruptedIOException("interrupted").initCause(ex);
		}
	}

	private static Map<String, String> result(URI target) {
		return Arrays.stream(String.valueOf(target.getRawQuery()).split("&"))
			.map((parameter) -> parameter.split("=", 2))
			.filter((parameter) -> parameter.length == 2)
			.collect(Collectors.toMap((parameter) -> parameter[0],
					(parameter) -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
	}

	private static String random() {
		byte[] bytes = new byte[32];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
