package pl.bramka.gateway.account;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;

/**
 * The open calls of accounts, each from a new phone.
 */
final class Registering {

	static final String PASSWORD = "Calkiem-Nowe-7";

	static final String TERMS = "2026-01";

	private Registering() {
	}

	static HttpResponse<String> register(TestGateway gateway, String email, String password) throws IOException {
		return register(gateway, email, password, TERMS);
	}

	static HttpResponse<String> register(TestGateway gateway, String email, String password, String terms)
			throws IOException {
		Map<String, String> body = new LinkedHashMap<>();
		body.put("email", email);
		body.put("password", password);
		body.put("termsVersion", terms);
		return gateway.phone().send("POST", "/v1/accounts", Json.text(body));
	}

	static HttpResponse<String> reset(TestGateway gateway, String email) throws IOException {
		return gateway.phone().send("POST", "/v1/accounts/password-reset", Json.text(Map.of("email", email)));
	}

}
