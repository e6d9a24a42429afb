package pl.bramka.gateway.account;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.identity.Mail;
import pl.bramka.mocks.UpstreamName;

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

	/**
	 * The mails that were sent by the time that so many were asked for, for an account or
	 * for none: a call may be answered before its own.
	 */
	static List<Mail> mails(TestGateway gateway, int asked) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> gateway.mocks().received(UpstreamName.IDENTITY, "execute-actions").size() >= asked);
		return gateway.mocks().identityProvider().mails();
	}

	static HttpResponse<String> reset(TestGateway gateway, String email) throws IOException {
		return gateway.phone().send("POST", "/v1/accounts/password-reset", Json.text(Map.of("email", email)));
	}

}
