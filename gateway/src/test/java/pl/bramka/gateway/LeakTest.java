package pl.bramka.gateway;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets and personal data, sent wherever a caller can put them, and looked for wherever
 * operations can look.
 */
@ExtendWith(RunningGateway.class)
class LeakTest {

	private static final String PASSWORD = "Posadzone-Haslo-7f3a";

	private static final String EMAIL = "posadzona.osoba@example.com";

	private static final String PESEL = "44051401359";

	private static final String TOKEN = "posadzony-token-9c41";

	/**
	 * Every JWT, JWS and JWE begins like one of these, those of the provider too: a
	 * header whose first member is kid, alg, typ or enc. Long enough that no thumbprint
	 * holds one by chance.
	 */
	private static final List<String> ANY_TOKEN = List.of("eyJraWQi", "eyJhbGci", "eyJ0eXAi", "eyJlbmMi");

	private final TestGateway gateway;

	private final List<String> secrets = new ArrayList<>(
			List.of(PASSWORD, EMAIL, PESEL, TOKEN, "Haslo-123!", "@example.com"));

	private final List<HttpResponse<String>> answers = new ArrayList<>();

	LeakTest(TestGateway gateway) {
		this.gateway = gateway;
		this.secrets.addAll(ANY_TOKEN);
		gateway.mocks().personas().all().forEach((persona) -> {
			this.secrets.add(persona.accountId());
			if (persona.pesel() != null) {
				this.secrets.add(persona.pesel());
			}
		});
	}

	@Test
	void reachNoLogAtTheUsualLevels() throws IOException {
		try (Logged logged = Logged.atUsualLevels()) {
			live();
			sendEverywhere();
			sendInPaths();
			assertClean(logged);
		}
	}

	@Test
	void reachNoLogOfOursAtAnyLevel() throws IOException {
		try (Logged logged = Logged.atUsualLevels().with("pl.bramka", Level.TRACE)) {
			live();
			sendEverywhere();
			sendInPaths();
			assertClean(logged);
		}
	}

	/**
	 * Spring names addresses and what it could not read: that level is not for
	 * production. Bodies, tokens and the query of a good request stay out all the same.
	 */
	@Test
	void reachNoLogOfTheFrameworkWhileItIsDebuggedAndNothingIsWrong() throws IOException {
		try (Logged logged = Logged.atUsualLevels()
			.with("org.springframework.http", Level.DEBUG)
			.with("org.springframework.web.reactive.result", Level.DEBUG)
			.with("org.springframework.security", Level.DEBUG)
			.with("org.springframework.r2dbc", Level.DEBUG)) {
			live();
			assertClean(logged);
		}
	}

	@Test
	void reachNoMeasurement() throws IOException {
		live();
		sendEverywhere();
		sendInPaths();
		HttpResponse<String> measured = Call.get(this.gateway.managementUrl(), "/actuator/prometheus").send();
		assertThat(measured.statusCode()).isEqualTo(200);
		assertThat(measured.body()).contains("bramka_requests_seconds_count").doesNotContain(this.secrets);
	}

	private void assertClean(Logged logged) {
		assertThat(logged.lines()).isNotEmpty().allSatisfy((line) -> assertThat(line).doesNotContain(this.secrets));
		assertThat(logged.lines("access")).isNotEmpty();
		assertThat(logged.lines("audit")).isNotEmpty();
		assertThat(this.answers).filteredOn((answer) -> answer.statusCode() >= 400)
			.isNotEmpty()
			.allSatisfy((answer) -> assertThat(answer.body()).doesNotContain(this.secrets));
	}

	/** A whole session, with everything in it that goes wrong. */
	private void live() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		keep(phone.tokens().orElseThrow());
		for (String path : List.of("/v1/home", "/v1/contracts", "/v1/invoices", "/v1/sessions", "/v1/customer")) {
			this.answers.add(phone.get(path));
		}
		String old = phone.tokens().orElseThrow().refreshToken();
		this.answers.add(phone.refresh());
		keep(phone.tokens().orElseThrow());
		this.answers.add(this.gateway.phone().signIn("anna@example.com", "Haslo-124!"));
		this.answers.add(this.gateway.phone().signIn(EMAIL, PASSWORD));
		this.answers.add(this.gateway.phone().signIn("ewa@example.com", "Haslo-123!"));
		for (Fault fault : List.of(Fault.of(FaultKind.UNAVAILABLE), Fault.of(FaultKind.HTML_LOGIN),
				Fault.of(FaultKind.RESET), Fault.of(FaultKind.UNKNOWN_KID))) {
			this.gateway.mocks().faults().set(UpstreamName.IDENTITY, fault);
			this.answers.add(this.gateway.phone().signIn("anna@example.com", "Haslo-123!"));
		}
		this.gateway.mocks().faults().clearAll();
		this.answers
			.add(this.gateway.phone().send("POST", "/v1/sessions/refresh", "{\"refreshToken\":\"" + old + "\"}"));
		this.answers.add(phone.get("/v1/home"));
		this.answers.add(phone.signOut());
	}

	private void keep(Tokens tokens) {
		this.secrets.add(tokens.accessToken());
		this.secrets.add(tokens.refreshToken());
	}

	private void sendEverywhere() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String all = String.join("-", PASSWORD, EMAIL, PESEL, TOKEN);
		for (String body : List.of(
				"{\"email\":\"" + EMAIL + "\",\"password\":\"" + PASSWORD + "\",\"pesel\":\"" + PESEL + "\"}",
				"{\"email\":[\"" + EMAIL + "\"]}", "{\"" + EMAIL + "\":1}",
				"{\"email\":\"" + EMAIL + "\",\"password\":\"" + PASSWORD + "\n\"}",
				"{\"redirectUri\":\"http://[" + TOKEN + "\"}", PASSWORD, "\"" + PASSWORD + "\"")) {
			this.answers.add(this.gateway.phone().send("POST", "/v1/sessions", body));
			this.answers.add(this.gateway.phone().send("POST", "/v1/sessions/refresh", body));
		}
		this.answers.add(this.gateway.phone()
			.send("POST", "/v1/sessions/refresh", "{\"refreshToken\":\"" + TOKEN.repeat(3).substring(0, 43) + "\"}"));
		for (String name : List.of("limit", "state", "medium", "cursor", "contractId", "password")) {
			this.answers.add(phone.get("/v1/invoices?" + name + "=" + all));
		}
		for (String header : List.of("Authorization", "DPoP", "Request-Id", "Accept", "Accept-Language", "Content-Type",
				"Cookie", "If-None-Match", "Cache-Control", "Origin", "X-Forwarded-For", "User-Agent", "App-Version",
				"X-" + TOKEN)) {
			this.answers.add(phone.get("/v1/home", header, all));
			this.answers.add(phone.get("/v1/home", header, "DPoP " + all));
			this.answers.add(this.gateway.phone().send("POST", "/v1/sessions", "{}", header, all));
		}
		this.answers
			.add(phone.get("/v1/home", "DPoP", phone.key().buildProof("GET", TestGateway.PUBLIC_URL, TOKEN).sign()));
		Call call = Call.of("POST", this.gateway.url(), "/v1/sessions", BodyPublishers.ofString(all));
		this.answers.add(call.header("Content-Type", "text/" + TOKEN).send());
	}

	private void sendInPaths() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		for (String secret : List.of(PASSWORD, EMAIL, PESEL, TOKEN)) {
			for (String path : List.of("/v1/", "/", "/v1/contracts/", "/v1/sessions/", "/v1/contracts;", "/v1//")) {
				this.answers.add(phone.get(path + secret));
				this.answers.add(phone.send("DELETE", path + secret + "?" + secret + "=" + secret, null));
				RawCall.get(this.gateway.url(), path + secret + "%zz?" + secret);
				RawCall.get(this.gateway.url(), path + secret, "Authorization: DPoP " + secret + "x".repeat(9000));
				RawCall.get(this.gateway.url(), path + secret, "Content-Length: " + secret);
				RawCall.get(this.gateway.url(), path + secret, secret + "(): " + secret);
				RawCall.send(this.gateway.url(),
						secret + " " + path + secret + " HTTP/1.1\r\nConnection: close\r\n\r\n");
			}
		}
	}

}
