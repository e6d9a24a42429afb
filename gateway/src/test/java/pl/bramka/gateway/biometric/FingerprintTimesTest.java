package pl.bramka.gateway.biometric;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What time does to challenges and keys, in a gateway whose clock the test moves; and
 * which takes phones that are older than fingerprints.
 */
class FingerprintTimesTest {

	private static Time time;

	private static TestGateway gateway;

	private final Fingerprint finger = new Fingerprint(DeviceKey.generate());

	private PhoneInTime phone;

	private String device;

	@BeforeAll
	static void start() {
		time = new Time(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		gateway = TestGateway.startAt(time, "bramka.app-compatibility.ios.minimum-os[0].version=9.0");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void signIn() {
		gateway.mocks().reset();
		this.phone = new PhoneInTime(gateway, time);
		HttpResponse<String> answer = this.phone.signIn("anna");
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(this.phone.acceptTerms().statusCode()).isBetween(200, 201);
		this.device = Json.of(answer).get("deviceId").asString();
	}

	private String challenge(String purpose) {
		return Fingerprint.value(this.phone.call("POST", Fingerprint.CHALLENGES,
				Json.text(Map.of("deviceId", this.device, "purpose", purpose))));
	}

	private HttpResponse<String> enrol(String challenge) {
		return this.phone.call("PUT", Fingerprint.KEY, this.finger.enrolment(this.device, challenge));
	}

	private HttpResponse<String> signIn(String challenge) {
		return this.phone.call("POST", Fingerprint.SESSIONS, Json.text(Map.of("deviceId", this.device, "challenge",
				challenge, "signature", this.finger.signature("SIGN_IN", this.device, challenge))));
	}

	@Test
	void takesAChallengeForAMinute() {
		String late = challenge("ENROLMENT");
		time.passes(Duration.ofSeconds(60));
		Problems.assertProblem(enrol(late), 400, "invalid-request");
		String inTime = challenge("ENROLMENT");
		time.passes(Duration.ofSeconds(59));
		assertThat(enrol(inTime).statusCode()).isEqualTo(204);
		late = challenge("SIGN_IN");
		time.passes(Duration.ofSeconds(60));
		Problems.assertProblem(signIn(late), 401, "biometric-refused");
		inTime = challenge("SIGN_IN");
		time.passes(Duration.ofSeconds(59));
		assertThat(signIn(inTime).statusCode()).isEqualTo(201);
	}

	@Test
	void changesAKeyForFiveMinutesAfterWhoeverItIsWasSeen() {
		time.passes(Duration.ofMinutes(4));
		assertThat(enrol(challenge("ENROLMENT")).statusCode()).isEqualTo(204);
		time.passes(Duration.ofSeconds(61));
		assertThat(this.phone.refresh().statusCode()).isEqualTo(200);
		for (HttpResponse<String> answer : List.of(enrol(challenge("ENROLMENT")),
				this.phone.call("DELETE", Fingerprint.KEY, null))) {
			Problems.assertProblem(answer, 401, "insufficient-user-authentication");
			assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(
					"DPoP error=\"insufficient_user_authentication\", error_description=\"this needs a sign-in of the last minutes\", acr_values=\"pwd pin bio\", max_age=300");
		}
		assertThat(signIn(challenge("SIGN_IN")).statusCode()).isEqualTo(201);
	}

	@Test
	void isForPhonesFromSystemsWithFingerprintsOn() throws IOException {
		Phone old = gateway.phone()
			.header("App-Platform", "ios")
			.header("App-Store", "app-store")
			.header("App-OS-Version", "10.3");
		Map<String, String> body = Map.of("deviceId", this.device, "purpose", "SIGN_IN");
		assertThat(send(old, body).statusCode()).isEqualTo(409);
		assertThat(send(old.header("App-OS-Version", "11"), body).statusCode()).isEqualTo(201);
		old.header("App-Platform", "android").header("App-Store", "google-play");
		assertThat(send(old.header("App-OS-Version", "5.1"), body).statusCode()).isEqualTo(409);
		assertThat(send(old.header("App-OS-Version", "6.0"), body).statusCode()).isEqualTo(201);
	}

	private static HttpResponse<String> send(Phone phone, Map<String, String> body) throws IOException {
		String proof = phone.key()
			.buildProof("POST", URI.create(TestGateway.PUBLIC_URL + Fingerprint.CHALLENGES), null)
			.issuedAt(time.instant())
			.sign();
		return phone.send("POST", Fingerprint.CHALLENGES, Json.text(body), "DPoP", proof);
	}

}
