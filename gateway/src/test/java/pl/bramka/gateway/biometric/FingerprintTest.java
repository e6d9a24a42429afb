package pl.bramka.gateway.biometric;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that a fingerprint opens, and those it does not.
 */
@ExtendWith(RunningGateway.class)
class FingerprintTest {

	private final TestGateway gateway;

	private Phone phone;

	private final Fingerprint finger = new Fingerprint(DeviceKey.generate());

	FingerprintTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void enrol() throws IOException {
		this.phone = this.gateway.signedIn("anna");
		assertThat(this.finger.enrol(this.phone).statusCode()).isEqualTo(204);
	}

	private static String id(Phone phone) {
		return phone.deviceId().orElseThrow();
	}

	private static String challenge(Phone phone) throws IOException {
		return Fingerprint.value(Fingerprint.challenge(phone, "SIGN_IN"));
	}

	private static HttpResponse<String> signIn(Phone phone, String device, String challenge, String signature)
			throws IOException {
		return phone.send("POST", Fingerprint.SESSIONS,
				Json.text(Map.of("deviceId", device, "challenge", challenge, "signature", signature)));
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static void assertRefused(HttpResponse<String> answer) {
		Problems.assertProblem(answer, 401, "biometric-refused");
	}

	/** Not what is said of the connection: after a thousand answers one is closed. */
	private static Set<String> names(HttpResponse<String> answer) {
		Set<String> names = new TreeSet<>(answer.headers().map().keySet());
		names.remove("connection");
		return names;
	}

	/** Everything that a caller can see but the request's id and the time. */
	private static List<Object> seen(HttpResponse<String> answer) {
		return List.of(answer.statusCode(), names(answer), answer.headers().allValues("WWW-Authenticate"),
				answer.body().replace(Json.of(answer).path("requestId").asString(""), ""));
	}

	@Test
	void opensASessionAfterTheLastOneEnded() throws IOException {
		assertThat(this.phone.signOut().statusCode()).isEqualTo(204);
		HttpResponse<String> answer = this.finger.signIn(this.phone);
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(Json.of(answer).get("deviceId").asString()).isEqualTo(id(this.phone));
		assertThat(this.phone.get("/v1/home").statusCode()).isEqualTo(200);
		JsonNode session = Json.of(this.phone.get("/v1/sessions"))
			.get("items")
			.valueStream()
			.filter((item) -> item.get("current").asBoolean())
			.findFirst()
			.orElseThrow();
		assertThat(session.get("method").asString()).isEqualTo("BIOMETRIC");
		String claims = this.phone.tokens().orElseThrow().accessToken().split("\\.", -1)[1];
		assertThat(Json.of(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
			.get("acr")
			.asString()).isEqualTo("bio");
		assertThat(this.phone.refresh().statusCode()).isEqualTo(200);
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).isEmpty();
	}

	@Test
	void refusesEverythingElseAlike() throws Exception {
		Phone another = this.gateway.signedIn("anna");
		Phone without = this.gateway.signedIn("jan");
		Fingerprint anothers = new Fingerprint(DeviceKey.generate());
		assertThat(anothers.enrol(another).statusCode()).isEqualTo(204);
		String device = id(this.phone);
		Map<String, HttpResponse<String>> answers = new LinkedHashMap<>();
		String unknown = UUID.randomUUID().toString();
		String open = Fingerprint.value(this.gateway.phone()
			.send("POST", Fingerprint.CHALLENGES, Json.text(Map.of("deviceId", unknown, "purpose", "SIGN_IN"))));
		answers.put("unknown device",
				signIn(this.gateway.phone(), unknown, open, this.finger.signature("SIGN_IN", unknown, open)));
		String of = challenge(this.phone);
		answers.put("known device, another phone's key",
				signIn(this.gateway.phone(), device, of, this.finger.signature("SIGN_IN", device, of)));
		of = challenge(without);
		answers.put("no key enrolled",
				signIn(without, id(without), of, this.finger.signature("SIGN_IN", id(without), of)));
		String never = base64(new byte[32]);
		answers.put("challenge never given", this.finger.signIn(this.phone, never));
		of = challenge(another);
		answers.put("another device's challenge", this.finger.signIn(this.phone, of));
		answers.put("another device's challenge and key",
				signIn(this.phone, id(another), of, anothers.signature("SIGN_IN", id(another), of)));
		of = Fingerprint.value(Fingerprint.challenge(this.phone, "ENROLMENT"));
		answers.put("challenge of another purpose", this.finger.signIn(this.phone, of));
		of = challenge(this.phone);
		assertThat(this.finger.signIn(this.phone, of).statusCode()).isEqualTo(201);
		answers.put("used challenge", this.finger.signIn(this.phone, of));
		for (Map.Entry<String, byte[]> forged : forgedSignatures(device).entrySet()) {
			of = challenge(this.phone);
			answers.put(forged.getKey(), signIn(this.phone, device, of, base64(forged.getValue())));
		}
		of = challenge(this.phone);
		answers.put("another key", new Fingerprint(DeviceKey.generate()).signIn(this.phone, of));
		of = challenge(this.phone);
		answers.put("the device's own key", new Fingerprint(this.phone.key()).signIn(this.phone, of));
		of = challenge(this.phone);
		answers.put("signed for another purpose",
				signIn(this.phone, device, of, this.finger.signature("ENROLMENT", device, of)));
		of = challenge(this.phone);
		answers.put("signed for another device",
				signIn(this.phone, device, of, this.finger.signature("SIGN_IN", id(another), of)));
		of = challenge(this.phone);
		answers.put("another challenge signed",
				signIn(this.phone, device, of, this.finger.signature("SIGN_IN", device, never)));
		HttpResponse<String> first = answers.values().iterator().next();
		answers.forEach((what, answer) -> {
			assertThat(answer.statusCode()).as(what).isEqualTo(401);
			assertRefused(answer);
			assertThat(seen(answer)).as(what).isEqualTo(seen(first));
		});
	}

	private static Map<String, byte[]> forgedSignatures(String device) {
		byte[] good = Base64.getUrlDecoder()
			.decode(new Fingerprint(DeviceKey.generate()).signature("SIGN_IN", device, "x"));
		byte[] noR = good.clone();
		Arrays.fill(noR, 0, 32, (byte) 0);
		byte[] noS = good.clone();
		Arrays.fill(noS, 32, 64, (byte) 0);
		byte[] all = new byte[64];
		Arrays.fill(all, (byte) 0xFF);
		return Map.of("r and s zero", new byte[64], "r zero", noR, "s zero", noS, "all bits", all);
	}

	@Test
	void usesTheChallengeUpBeforeTheSignatureIsLookedAt() throws IOException {
		String challenge = challenge(this.phone);
		assertRefused(new Fingerprint(DeviceKey.generate()).signIn(this.phone, challenge));
		assertRefused(this.finger.signIn(this.phone, challenge));
		assertThat(this.finger.signIn(this.phone).statusCode()).isEqualTo(201);
	}

	@Test
	void leavesAChallengeThatIsShownWithoutTheDevicesProof() throws IOException {
		String challenge = challenge(this.phone);
		assertRefused(signIn(this.gateway.phone(), id(this.phone), challenge,
				this.finger.signature("SIGN_IN", id(this.phone), challenge)));
		assertThat(Json.code(this.phone.send("POST", Fingerprint.SESSIONS, "{}", "DPoP", "x")))
			.isEqualTo("invalid-proof");
		assertThat(Json.code(this.phone.send("POST", Fingerprint.CHALLENGES, "{}", "DPoP", "x")))
			.isEqualTo("invalid-proof");
		assertThat(this.finger.signIn(this.phone, challenge).statusCode()).isEqualTo(201);
	}

	@Test
	void givesEveryPhoneAChallengeThatLooksTheSame() throws IOException {
		Phone without = this.gateway.signedIn("jan");
		HttpResponse<String> known = Fingerprint.challenge(this.phone, "SIGN_IN");
		HttpResponse<String> keyless = Fingerprint.challenge(without, "SIGN_IN");
		HttpResponse<String> unknown = Fingerprint
			.challenge(this.gateway.phone().deviceId(UUID.randomUUID().toString()), "SIGN_IN");
		for (HttpResponse<String> answer : List.of(known, keyless, unknown)) {
			assertThat(answer.statusCode()).isEqualTo(201);
			assertThat(names(answer)).isEqualTo(names(known));
			assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
			assertThat(Json.of(answer).propertyNames()).isEqualTo(Json.of(known).propertyNames());
			assertThat(Base64.getUrlDecoder().decode(Fingerprint.value(answer))).hasSize(32);
			assertThat(Instant.parse(Json.of(answer).get("expiresAt").asString()))
				.isBetween(Instant.now().plusSeconds(45), Instant.now().plusSeconds(61));
		}
		assertThat(Fingerprint.value(known)).isNotEqualTo(challenge(this.phone));
	}

	@Test
	void readsNoOtherFormOfASignature() throws IOException {
		String challenge = challenge(this.phone);
		String good = this.finger.signature("SIGN_IN", id(this.phone), challenge);
		byte[] raw = Base64.getUrlDecoder().decode(good);
		for (String bad : List.of(base64(der(raw)), base64(Arrays.copyOf(raw, 63)), base64(Arrays.copyOf(raw, 65)), "",
				good + "==", good.substring(0, 85) + "B", good.substring(0, 85) + "+")) {
			Problems.assertProblem(signIn(this.phone, id(this.phone), challenge, bad), 400, "invalid-request");
		}
		assertThat(signIn(this.phone, id(this.phone), challenge, good).statusCode()).isEqualTo(201);
	}

	/** The form that most platforms make: a sequence of two signed numbers. */
	static byte[] der(byte[] raw) {
		byte[] der = new byte[72];
		byte[] head = { 0x30, 70, 0x02, 33, 0 };
		System.arraycopy(head, 0, der, 0, 5);
		System.arraycopy(raw, 0, der, 5, 32);
		byte[] middle = { 0x02, 33, 0 };
		System.arraycopy(middle, 0, der, 37, 3);
		System.arraycopy(raw, 32, der, 40, 32);
		return der;
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "null", "[]", "{\"deviceId\":\"\\u0000\",\"purpose\":\"SIGN_IN\"}",
			"{\"deviceId\":\"a b\",\"purpose\":\"SIGN_IN\"}", "{\"deviceId\":\"x\"}",
			"{\"deviceId\":\"x\",\"purpose\":\"sign-in\"}", "{\"deviceId\":\"x\",\"purpose\":0}",
			"{\"deviceId\":\"x\",\"purpose\":\"SIGN_IN\",\"more\":1}", "{\"deviceId\":{},\"purpose\":\"SIGN_IN\"}" })
	void readsNothingElse(String body) throws IOException {
		for (String path : List.of(Fingerprint.CHALLENGES, Fingerprint.SESSIONS)) {
			assertThat(this.phone.send("POST", path, body).statusCode()).isEqualTo(400);
		}
	}

	@Test
	void opensNothingWhileTheProviderIsDownAndAsksForAnotherChallengeThen() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.refused());
		String challenge = challenge(this.phone);
		Problems.assertProblem(this.finger.signIn(this.phone, challenge), 503, "identity-unavailable");
		this.gateway.mocks().faults().clearAll();
		assertRefused(this.finger.signIn(this.phone, challenge));
		assertThat(this.finger.signIn(this.phone).statusCode()).isEqualTo(201);
	}

	@Test
	void opensNothingForAnAccountThatWasLocked() throws IOException {
		this.gateway.mocks().identityProvider().lock("anna@example.com");
		Problems.assertProblem(this.finger.signIn(this.phone), 401, "password-required");
		this.gateway.mocks().identityProvider().unlock("anna@example.com");
		Problems.assertProblem(this.finger.signIn(this.phone), 401, "password-required");
		assertThat(this.phone.signIn("anna@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		assertThat(this.finger.signIn(this.phone).statusCode()).isEqualTo(201);
	}

	@Test
	void opensNothingAfterThePasswordWasChanged() throws IOException {
		this.gateway.mocks().identityProvider().changePassword("anna@example.com", "Inne-Haslo-9");
		Problems.assertProblem(this.finger.signIn(this.phone), 401, "password-required");
	}

	@Test
	void isRefusedOnPhonesWithoutFingerprints() throws IOException {
		this.phone.header("App-OS-Version", "5.1");
		String device = id(this.phone);
		Problems.assertProblem(Fingerprint.challenge(this.phone, "SIGN_IN"), 409, "biometrics-unsupported");
		Problems.assertProblem(Fingerprint.challenge(this.phone, "ENROLMENT"), 409, "biometrics-unsupported");
		String any = base64(new byte[32]);
		Problems.assertProblem(this.finger.signIn(this.phone, any), 409, "biometrics-unsupported");
		Problems.assertProblem(this.phone.send("PUT", Fingerprint.KEY, this.finger.enrolment(device, any)), 409,
				"biometrics-unsupported");
		assertThat(this.phone.send("DELETE", Fingerprint.KEY, null).statusCode()).isEqualTo(204);
		this.phone.header("App-OS-Version", "6.0");
		assertThat(this.finger.enrol(this.phone).statusCode()).isEqualTo(204);
	}

	@Test
	void opensNothingOnceTheKeyWasRemoved() throws IOException {
		String before = challenge(this.phone);
		HttpResponse<String> answer = this.phone.send("DELETE", Fingerprint.KEY, null);
		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(this.phone.send("DELETE", Fingerprint.KEY, null).statusCode()).isEqualTo(204);
		assertRefused(this.finger.signIn(this.phone, before));
		assertRefused(this.finger.signIn(this.phone));
	}

	@Test
	void keepsTheProvidersConsentWhileAKeyOrASessionStandsOnIt() throws IOException {
		assertThat(this.phone.signOut().statusCode()).isEqualTo(204);
		assertThat(this.finger.signIn(this.phone).statusCode()).isEqualTo(201);
		assertThat(this.phone.send("DELETE", Fingerprint.KEY, null).statusCode()).isEqualTo(204);
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).isEmpty();
		assertThat(this.phone.signOut().statusCode()).isEqualTo(204);
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
	}

	@Test
	void recordsWhatHappensToTheKey() throws IOException {
		try (Logged logged = Logged.atUsualLevels()) {
			this.finger.enrol(this.phone);
			this.phone.send("PUT", Fingerprint.KEY, this.finger.enrolment(id(this.phone), base64(new byte[32])));
			this.finger.signIn(this.phone);
			this.finger.signIn(this.phone, base64(new byte[32]));
			signIn(this.gateway.phone(), "x", base64(new byte[32]), base64(new byte[64]));
			this.phone.send("DELETE", Fingerprint.KEY, null);
			this.phone.send("DELETE", Fingerprint.KEY, null);
			assertThat(logged.lines("audit")).extracting((line) -> line.replaceAll(" who=.*", ""))
				.containsExactly("event=biometric-key-set result=done",
						"event=biometric-key-set result=invalid-request", "event=biometric-sign-in result=done",
						"event=biometric-sign-in result=biometric-refused",
						"event=biometric-sign-in result=biometric-refused", "event=biometric-key-removed result=done");
			String done = logged.lines("audit").getFirst();
			String who = done.replaceAll(".* who=([^ ]+) .*", "$1");
			assertThat(logged.lines("audit"))
				.filteredOn((line) -> line.contains("device=" + this.phone.key().thumbprint()))
				.hasSize(5)
				.allSatisfy((line) -> assertThat(line).contains("who=" + who + " "));
		}
	}

}
