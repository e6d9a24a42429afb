package pl.bramka.gateway.pin;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

class PinTest {

	private static final String STEP_UP = "DPoP error=\"insufficient_user_authentication\", error_description=\"this needs a sign-in of the last minutes\", acr_values=\"pwd\", max_age=300";

	private static final int UNSIGNED = Integer.getInteger("bramka.test.unsigned", 500);

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.pin.tries-a-day=1000000", "bramka.pin.longest-wait=6s",
				// Longer than it is slow on purpose.
				"bramka.upstreams.identity.try-limit=7s", "bramka.upstreams.identity.read-timeout=7s");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void repair() {
		gateway.mocks().reset();
	}

	private static void assertRefused(HttpResponse<String> answer) {
		Problems.assertProblem(answer, 401, "pin-refused");
	}

	private static void assertWantsThePassword(HttpResponse<String> answer) {
		Problems.assertProblem(answer, 401, "insufficient-user-authentication");
		assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(STEP_UP);
	}

	private static void erase(PinPhone phone) throws IOException {
		for (int i = 0; i < 5; i++) {
			assertRefused(phone.guess(PinPhone.wrong(i)));
		}
	}

	private static List<String> toldProviderToEnd() {
		return gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout").stream().map(Object::toString).toList();
	}

	@Test
	void opensASessionOnTheDeviceAlsoAfterSigningOut() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		assertThat(phone.phone().signOut().statusCode()).isEqualTo(204);
		HttpResponse<String> answer = phone.signIn(PinPhone.PIN);
		JsonNode body = Json.of(answer);
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(body.propertyNames()).containsExactlyInAnyOrder("accessToken", "tokenType", "expiresIn",
				"refreshToken", "sessionId", "deviceId");
		assertThat(body.get("deviceId").asString()).isEqualTo(phone.deviceId());
		assertThat(phone.phone().get("/v1/contracts").statusCode()).isEqualTo(200);
		assertThat(Json.of(phone.phone().get("/v1/sessions")).at("/items/0").toString()).contains("PIN");
	}

	@ParameterizedTest
	@CsvSource({ "1234, SEQUENCE", "8888, REPEATED", "1987, YEAR", "2580, COMMON" })
	void refusesAPinThatManyChooseAndSaysWhy(String pin, String reason) throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		HttpResponse<String> answer = phone.set(pin, null);
		Problems.assertProblem(answer, 400, "weak-pin");
		assertThat(Json.of(answer).get("reason").asString()).isEqualTo(reason);
		assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | invalid-request", "{\"pin\":\"482\"} | invalid-request",
					"{\"pin\":\"48261\"} | invalid-request", "{\"pin\":\"4826170\"} | invalid-request",
					"{\"pin\":\"48 6\"} | invalid-request", "{\"pin\":\"482x\"} | invalid-request",
					"{\"pin\":\"٤٨٢٦\"} | invalid-request", "{\"pin\":\"4826\",\"currentPin\":\"x\"} | invalid-request",
					"{\"pin\":\"4826\",\"more\":1} | malformed-request", "{\"pin\":[\"4826\"]} | malformed-request",
					"null | malformed-request", "[] | malformed-request" })
	void refusesABodyThatSetsNoPin(String body, String code) throws IOException {
		PinPhone phone = PinPhone.withoutPin(gateway, "anna");
		HttpResponse<String> answer = phone.phone().send("PUT", "/v1/devices/current/pin", body);
		Problems.assertProblem(answer, 400, code);
		assertRefused(phone.guess(PinPhone.PIN));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"pin\":\"4826\"}", "{\"deviceId\":\"x\"}", "{\"deviceId\":\"\",\"pin\":\"4826\"}",
			"{\"deviceId\":\"x\",\"pin\":\"482\"}", "{\"deviceId\":\"x\",\"pin\":\"abcd\"}", "[]", "null",
			"{\"deviceId\":\"x\",\"pin\":\"4826\",\"email\":\"x\"}" })
	void refusesABodyThatIsNoSignIn(String body) throws IOException {
		HttpResponse<String> answer = gateway.phone().send("POST", "/v1/sessions/pin", body);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(Json.code(answer)).isIn("invalid-request", "malformed-request");
	}

	@Test
	void isErasedByTheFifthWrongOne() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		try (Logged logged = Logged.atUsualLevels()) {
			erase(phone);
			assertRefused(phone.guess(PinPhone.PIN));
			assertThat(logged.lines("audit")).filteredOn((line) -> line.contains("event=pin-erased")).hasSize(1);
			assertThat(logged.lines("audit"))
				.filteredOn((line) -> line.contains("event=pin-sign-in result=pin-refused"))
				.hasSize(6);
		}
		assertThat(phone.withPin("7391").guess("7391").statusCode()).isEqualTo(201);
	}

	@Test
	void startsAnewAfterARightOne() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 4; i++) {
				assertRefused(phone.guess(PinPhone.wrong(i)));
			}
			assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
		}
	}

	@Test
	void saysTheSameForAWrongPinForNoneAndForAnotherDevice() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		PinPhone without = PinPhone.withoutPin(gateway, "anna");
		PinPhone capped = PinPhone.of(gateway, "jan");
		List<HttpResponse<String>> answers = List.of(phone.guess("5001"), without.guess(PinPhone.PIN),
				without.guess("5f0c4a55-0000-4000-8000-000000000000", PinPhone.PIN),
				without.guess(phone.deviceId(), PinPhone.PIN), without.guess(capped.deviceId(), PinPhone.PIN));
		Set<String> names = names(answers.getFirst());
		String body = withoutId(answers.getFirst());
		assertThat(answers).allSatisfy((answer) -> {
			assertRefused(answer);
			assertThat(names(answer)).isEqualTo(names);
			assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("DPoP algs=\"ES256\"");
			assertThat(withoutId(answer)).isEqualTo(body);
		});
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, ".*/token")).hasSize(3);
	}

	/** Not what is said of the connection: after a thousand answers one is closed. */
	private static Set<String> names(HttpResponse<String> answer) {
		Set<String> names = new TreeSet<>(answer.headers().map().keySet());
		names.remove("connection");
		return names;
	}

	private static String withoutId(HttpResponse<String> answer) {
		return answer.body().replace(answer.headers().firstValue("Request-Id").orElseThrow(), "");
	}

	@Test
	void letsTwentyRightOnesInAtOnce() throws Exception {
		PinPhone phone = PinPhone.of(gateway, "anna");
		List<HttpResponse<String>> answers = Call.together(20, () -> phone.guess(PinPhone.PIN));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));
		assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	/**
	 * {@code -Dbramka.test.unsigned=10000} tries as many as the promise says.
	 */
	@Test
	void countsNothingThatTheDeviceDidNotSign() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		PinPhone thief = PinPhone.withoutPin(gateway, "jan");
		DeviceKey another = DeviceKey.generate();
		String body = "{\"deviceId\":\"" + phone.deviceId() + "\",\"pin\":\"5000\"}";
		URI url = URI.create(TestGateway.PUBLIC_URL + "/v1/sessions/pin");
		for (int i = 0; i < UNSIGNED; i++) {
			switch (i % 4) {
				case 0 -> assertRefused(thief.guess(phone.deviceId(), PinPhone.wrong(i % 1000)));
				case 1 -> Problems.assertProblem(gateway.phone().send("POST", "/v1/sessions/pin", body, "DPoP", "x"),
						401, "invalid-proof");
				case 2 -> Problems.assertProblem(
						gateway.phone()
							.send("POST", "/v1/sessions/pin", body, "DPoP",
									phone.phone().key().buildProof("POST", url, null).signedBy(another).sign()),
						401, "invalid-proof");
				default -> Problems.assertProblem(
						gateway.phone()
							.send("POST", "/v1/sessions/pin", body, "DPoP",
									phone.phone().key().buildProof("POST", url, null).claim("htm", "PUT").sign()),
						401, "invalid-proof");
			}
		}
		for (int i = 0; i < 4; i++) {
			assertRefused(phone.guess(PinPhone.wrong(i)));
		}
		assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource({ "IDENTITY, identity-unavailable", "CRM, crm-unavailable" })
	void countsNoRightOneWhileASystemIsDown(UpstreamName upstream, String code) throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		gateway.mocks().faults().set(upstream, Fault.of(FaultKind.UNAVAILABLE));
		for (int i = 0; i < 7; i++) {
			Problems.assertProblem(phone.guess(PinPhone.PIN), 503, code);
		}
		assertRefused(phone.guess("5000"));
		gateway.mocks().faults().clearAll();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> phone.guess(PinPhone.PIN).statusCode() == 201);
	}

	@Test
	void asksForThePasswordOfALockedAccountOnlyWhoeverKnowsThePin() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		gateway.mocks().identityProvider().lock("anna@example.com");
		assertRefused(phone.guess("5000"));
		for (int i = 0; i < 7; i++) {
			Problems.assertProblem(phone.guess(PinPhone.PIN), 401, "password-required");
		}
		assertRefused(phone.guess("5000"));
	}

	private static int tokensAsked() {
		return gateway.mocks().received(UpstreamName.IDENTITY, ".*/token").size();
	}

	@Test
	void opensAgainAfterItsOwnerHungUpWhileTheProviderWasAsked() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		int before = tokensAsked();
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.slow(Duration.ofSeconds(3)));
		phone.leave(PinPhone.PIN, () -> tokensAsked() == before + 1);
		gateway.mocks().faults().clearAll();
		assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	@Test
	void asksForThePasswordThatWasChanged() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		gateway.mocks().identityProvider().changePassword("anna@example.com", "Nowe-Haslo-1!");
		Problems.assertProblem(phone.guess(PinPhone.PIN), 401, "password-required");
		assertThat(phone.phone().signIn("anna@example.com", "Nowe-Haslo-1!").statusCode()).isEqualTo(201);
		assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	@Test
	void isChangedWithTheOldOne() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		assertThat(phone.signIn(PinPhone.PIN).statusCode()).isEqualTo(201);
		assertWantsThePassword(phone.set("7391", null));
		assertThat(phone.set("7391", PinPhone.PIN).statusCode()).isEqualTo(204);
		assertRefused(phone.guess(PinPhone.PIN));
		assertThat(phone.guess("7391").statusCode()).isEqualTo(201);
	}

	@Test
	void countsAWrongOldOne() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		assertThat(phone.signIn(PinPhone.PIN).statusCode()).isEqualTo(201);
		for (int i = 0; i < 3; i++) {
			assertWantsThePassword(phone.set("7391", PinPhone.wrong(i)));
		}
		assertRefused(phone.guess("5000"));
		assertRefused(phone.guess("5001"));
		assertWantsThePassword(phone.set("7391", PinPhone.PIN));
		assertRefused(phone.guess(PinPhone.PIN));
	}

	@Test
	void goesWhenItIsRemoved() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		assertThat(phone.remove().statusCode()).isEqualTo(204);
		assertThat(phone.remove().statusCode()).isEqualTo(204);
		assertRefused(phone.guess(PinPhone.PIN));
		assertThat(toldProviderToEnd()).isEmpty();
		assertThat(phone.phone().signOut().statusCode()).isEqualTo(204);
		assertThat(toldProviderToEnd()).hasSize(1);
	}

	@Test
	void keepsTheProvidersConsentUntilItIsErased() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		assertThat(phone.phone().signOut().statusCode()).isEqualTo(204);
		assertThat(toldProviderToEnd()).isEmpty();
		erase(phone);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> toldProviderToEnd().size() == 1);
	}

	@Test
	void isOfOneDeviceAndOneCustomer() throws IOException {
		PinPhone annas = PinPhone.of(gateway, "anna");
		PinPhone another = PinPhone.withoutPin(gateway, "anna").withPin("7391");
		assertRefused(another.guess(PinPhone.PIN));
		assertRefused(annas.guess("7391"));
		// The same phone in other hands.
		assertThat(annas.phone().signIn("jan@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		String jans = String.valueOf(annas.phone().tokens().orElseThrow().deviceId());
		assertThat(jans).isNotEqualTo(annas.deviceId());
		assertRefused(annas.guess(jans, PinPhone.PIN));
		assertThat(annas.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

}
