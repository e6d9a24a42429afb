package pl.bramka.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Browser;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
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

	/** Six digits: four are found in any number. */
	private static final String PIN = "480753";

	private static final String NUMBER = "511222333";

	private static final String TEXT = "Posadzona-Wiadomosc-4c2d";

	private static final String NAME = "Posadzony-Telefon-5e2b";

	/**
	 * Every JWT, JWS and JWE begins like one of these, those of the provider too: a
	 * header whose first member is kid, alg, typ or enc. Long enough that no thumbprint
	 * holds one by chance.
	 */
	private static final List<String> ANY_TOKEN = List.of("eyJraWQi", "eyJhbGci", "eyJ0eXAi", "eyJlbmMi");

	private final TestGateway gateway;

	private final List<String> secrets = new ArrayList<>(List.of(PASSWORD, EMAIL, PESEL, TOKEN, PIN, NAME, NUMBER, TEXT,
			"Haslo-123!", "@example.com", "demo-shared-key"));

	private final List<HttpResponse<String>> answers = new ArrayList<>();

	LeakTest(TestGateway gateway) {
		this.gateway = gateway;
		this.secrets.addAll(ANY_TOKEN);
		gateway.mocks().personas().all().forEach((persona) -> {
			this.secrets.add(persona.accountId());
			if (persona.pesel() != null) {
				this.secrets.add(persona.pesel());
			}
			persona.contracts().forEach((contract) -> {
				this.secrets.add(contract.ppe());
				this.secrets.add(contract.premise().shortForm());
			});
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
		assertThat(logged.lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(withoutIds(line)).doesNotContain(this.secrets));
		assertThat(logged.lines("access")).isNotEmpty();
		assertThat(logged.lines("audit")).isNotEmpty();
		assertThat(this.answers).filteredOn((answer) -> answer.statusCode() >= 400)
			.isNotEmpty()
			.allSatisfy((answer) -> assertThat(withoutIds(answer.body())).doesNotContain(this.secrets));
	}

	/** The ids of requests are random: any six digits may stand in them. */
	private static String withoutIds(String text) {
		return text.replaceAll("\\b[0-9a-f]{24}\\b", "");
	}

	/** An account and what goes wrong with it. */
	private void register() throws IOException {
		String account = "{\"email\":\"" + EMAIL + "\",\"password\":\"%s\",\"termsVersion\":\"2026-01\"}";
		for (String password : List.of(PASSWORD, PASSWORD, "weak" + EMAIL, "Password-123")) {
			this.answers.add(this.gateway.phone().send("POST", "/v1/accounts", account.formatted(password)));
		}
		String reset = "{\"email\":\"" + EMAIL + "\"}";
		this.answers.add(this.gateway.phone().send("POST", "/v1/accounts/password-reset", reset));
		for (FaultKind kind : List.of(FaultKind.HTML_LOGIN, FaultKind.CSRF_403)) {
			this.gateway.mocks().faults().clearAll();
			this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(kind).onlyPath("/users").times(1));
			this.answers.add(this.gateway.phone().send("POST", "/v1/accounts", account.formatted(PASSWORD)));
			this.answers.add(this.gateway.phone().send("POST", "/v1/accounts/password-reset", reset));
		}
		this.gateway.mocks().faults().clearAll();
	}

	/** A key behind a fingerprint, and what goes wrong with one. */
	private void fingerprint(Phone phone) throws IOException {
		Fingerprint fingerprint = new Fingerprint(DeviceKey.generate());
		this.answers.add(fingerprint.enrol(phone));
		String challenge = Fingerprint.value(Fingerprint.challenge(phone, "SIGN_IN"));
		this.secrets.add(challenge);
		this.answers.add(fingerprint.signIn(phone, challenge));
		keep(phone.tokens().orElseThrow());
		this.answers.add(fingerprint.signIn(phone, challenge));
		String signature = fingerprint.signature("SIGN_IN", phone.deviceId().orElseThrow(), challenge);
		this.secrets.add(signature);
		this.answers.add(phone.get("/v1/devices"));
		this.answers.add(phone.send("POST", "/v1/sessions",
				"{\"email\":\"anna@example.com\",\"password\":\"Haslo-123!\",\"deviceName\":\"" + NAME + "\"}"));
	}

	/** Contact data and a message, and what goes wrong with them. */
	private void write(Phone phone) throws IOException {
		String contact = "{\"email\":\"" + EMAIL + "\",\"phone\":\"" + NUMBER + "\"}";
		String message = "{\"topic\":\"ACCOUNT_DELETION\",\"text\":\"" + TEXT + "\"}";
		for (FaultKind kind : List.of(FaultKind.HTML_LOGIN, FaultKind.UNCAUGHT, FaultKind.CSRF_403)) {
			this.gateway.mocks()
				.faults()
				.set(UpstreamName.CRM, Fault.of(kind).onlyPath("UMC/(Interaction|AccountAddress)"));
			this.answers.add(phone.send("PATCH", "/v1/customer/contact", contact));
			this.answers.add(phone.send("POST", "/v1/messages", message.replace(TEXT, TEXT + kind), "Idempotency-Key",
					TEXT + kind));
		}
		this.gateway.mocks().faults().clearAll();
		this.answers.add(phone.send("PATCH", "/v1/customer/contact", contact));
		this.answers.add(phone.send("POST", "/v1/messages", message, "Idempotency-Key", TEXT));
		this.answers
			.add(phone.send("POST", "/v1/messages", message.replace(TEXT, TEXT + "!"), "Idempotency-Key", TEXT));
		this.answers.add(phone.get("/v1/customer"));
	}

	/** A whole session, with everything in it that goes wrong. */
	private void live() throws IOException {
		register();
		Phone phone = this.gateway.signedIn("anna");
		keep(phone.tokens().orElseThrow());
		fingerprint(phone);
		for (String path : List.of("/v1/home", "/v1/contracts", "/v1/invoices", "/v1/sessions", "/v1/customer",
				"/v1/contracts/0030000421", "/v1/terms/current")) {
			this.answers.add(phone.get(path));
		}
		write(phone);
		this.answers.add(phone.acceptTerms());
		signInWithTheBrowser();
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

	/** A code is as good as a password for as long as it lives. */
	private void signInWithTheBrowser() throws IOException {
		Browser browser = new Browser(this.gateway.mocks().identityProvider().issuer(), "bramka-gateway",
				URI.create("bramka://signed-in"));
		for (String persona : List.of("anna", "ewa")) {
			Browser.Returned returned = browser.signIn(persona + "@example.com", "Haslo-123!");
			this.secrets.addAll(List.of(returned.code(), returned.verifier()));
			Phone phone = this.gateway.phone();
			this.answers.add(phone.signIn(returned));
			phone.tokens().ifPresent(this::keep);
			this.answers.add(this.gateway.phone().signIn(returned));
		}
	}

	private void keep(Tokens tokens) {
		this.secrets.add(tokens.accessToken());
		this.secrets.add(tokens.refreshToken());
	}

	private void sendEverywhere() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String key = DeviceKey.generate().privateJwk();
		this.secrets.add(Json.of(key).get("d").asString());
		this.answers.add(phone.send("PUT", Fingerprint.KEY, "{\"publicKey\":" + key + "}"));
		this.answers.add(phone.send("POST", Fingerprint.SESSIONS,
				Json.text(Map.of("deviceId", EMAIL, "challenge", TOKEN, "signature", TOKEN))));
		String all = String.join("-", PASSWORD, EMAIL, PESEL, TOKEN, PIN);
		sendPins(phone);
		for (String body : List.of(
				"{\"email\":\"" + EMAIL + "\",\"password\":\"" + PASSWORD + "\",\"pesel\":\"" + PESEL + "\"}",
				"{\"email\":[\"" + EMAIL + "\"]}", "{\"" + EMAIL + "\":1}",
				"{\"email\":\"" + EMAIL + "\",\"password\":\"" + PASSWORD + "\n\"}",
				"{\"redirectUri\":\"http://[" + TOKEN + "\"}", PASSWORD, "\"" + PASSWORD + "\"")) {
			this.answers.add(this.gateway.phone().send("POST", "/v1/sessions", body));
			this.answers.add(this.gateway.phone().send("POST", "/v1/sessions/refresh", body));
			this.answers.add(phone.send("POST", "/v1/terms/acceptances", body));
			this.answers.add(phone.send("PATCH", "/v1/customer/contact", body));
			this.answers.add(phone.send("POST", "/v1/messages", body, "Idempotency-Key", EMAIL));
			this.answers.add(this.gateway.phone().send("POST", "/v1/accounts", body));
			this.answers.add(this.gateway.phone().send("POST", "/v1/accounts/password-reset", body));
		}
		for (String secret : List.of(PASSWORD, EMAIL, PESEL, TOKEN)) {
			this.answers.add(phone.send("POST", "/v1/terms/acceptances", "{\"version\":\"" + secret + "\"}"));
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

	private void sendPins(Phone phone) throws IOException {
		String device = String.valueOf(phone.tokens().orElseThrow().deviceId());
		for (String body : List.of("{\"deviceId\":\"" + device + "\",\"pin\":\"" + PIN + "\"}",
				"{\"deviceId\":\"" + PIN + "\",\"pin\":\"" + PIN + "\"}", "{\"pin\":\"" + PIN + "\"}",
				"{\"pin\":\"" + PIN + "x\"}", "{\"pin\":" + PIN + "}", "{\"pin\":[" + PIN + "]}", "{\"" + PIN + "\":1}",
				"{\"pin\":\"4826\",\"currentPin\":\"" + PIN + "\"}", PIN, "\"" + PIN + "\"",
				"{\"deviceId\":\"" + device + "\",\"pin\":\"" + PIN)) {
			this.answers.add(this.gateway.movedHere(phone).tokens(null).send("POST", "/v1/sessions/pin", body));
			this.answers.add(phone.send("PUT", "/v1/devices/current/pin", body));
		}
	}

	private void sendInPaths() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		for (String secret : List.of(PASSWORD, EMAIL, PESEL, TOKEN, PIN)) {
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
