package pl.bramka.gateway.biometric;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
import pl.bramka.mocks.phone.Phone;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fingerprints at two nodes over a real PostgreSQL, many at once.
 */
class FingerprintsOnPostgresTest {

	private static TestPostgres postgres;

	private static TestGateway first;

	private static TestGateway second;

	private final Fingerprint finger = new Fingerprint(DeviceKey.generate());

	private final AtomicInteger turn = new AtomicInteger();

	private Phone phone;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.start();
		first = TestGateway
			.start(Stream.concat(postgres.settings().stream(), Stream.of("bramka.session.ended-look=200ms"))
				.toArray(String[]::new));
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		postgres.close();
	}

	@BeforeEach
	void enrol() throws IOException {
		first.mocks().reset();
		this.phone = first.signedIn("anna");
		assertThat(this.finger.enrol(this.phone).statusCode()).isEqualTo(204);
	}

	/** The same phone, talking to one node and the other in turn. */
	private Phone somewhere() {
		return ((this.turn.getAndIncrement() % 2 == 0) ? first : second).movedHere(this.phone).tokens(null);
	}

	private static long count(String rows) {
		return first.bean(DatabaseClient.class)
			.sql("select count(*) as n from " + rows)
			.map((row) -> Objects.requireNonNull(row.get("n", Long.class)))
			.one()
			.blockOptional(Duration.ofSeconds(5))
			.orElseThrow();
	}

	@Test
	void takesAChallengeOnceAlthoughTwentyUseItAtOnce() throws Exception {
		for (int round = 0; round < 5; round++) {
			String challenge = Fingerprint.value(Fingerprint.challenge(somewhere(), "SIGN_IN"));
			List<HttpResponse<String>> answers = Call.together(20, () -> this.finger.signIn(somewhere(), challenge));
			assertThat(answers).filteredOn((answer) -> answer.statusCode() == 201).hasSize(1);
			assertThat(answers).filteredOn((answer) -> answer.statusCode() != 201)
				.allSatisfy((answer) -> assertThat(Json.code(answer)).isEqualTo("biometric-refused"));
		}
	}

	/** The provider takes each of its refresh tokens once. */
	@Test
	void letsTwentyInAtOnceWithAChallengeEach() throws Exception {
		List<HttpResponse<String>> answers = Call.together(20, () -> this.finger.signIn(somewhere()));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));
		assertThat(answers).extracting((answer) -> Json.of(answer).get("sessionId").asString()).doesNotHaveDuplicates();
		assertThat(this.finger.signIn(somewhere()).statusCode()).isEqualTo(201);
	}

	@Test
	void keepsTwentyOpenChallengesOfADevice() throws Exception {
		String device = this.phone.deviceId().orElseThrow();
		List<HttpResponse<String>> answers = Call.together(30, () -> Fingerprint.challenge(somewhere(), "SIGN_IN"));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).isEqualTo(201));
		assertThat(count("biometric_challenge where device_id = '" + device + "'")).isEqualTo(20);
		HttpResponse<String> latest = Fingerprint.challenge(somewhere(), "SIGN_IN");
		assertThat(this.finger.signIn(somewhere(), Fingerprint.value(latest)).statusCode()).isEqualTo(201);
		long before = count("biometric_challenge");
		Phone unknown = second.phone().deviceId(device);
		assertThat(Fingerprint.challenge(unknown, "SIGN_IN").statusCode()).isEqualTo(201);
		assertThat(Fingerprint.challenge(unknown, "ENROLMENT").statusCode()).isEqualTo(201);
		assertThat(count("biometric_challenge")).isEqualTo(before);
	}

	@Test
	void keepsOneKeyOfTenThatAreEnrolledAtOnce() throws Exception {
		List<HttpResponse<String>> answers = Call.together(10, () -> new Fingerprint(DeviceKey.generate())
			.enrol(somewhere().tokens(this.phone.tokens().orElseThrow())));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204));
		assertThat(count("biometric_key where device_id = '" + this.phone.deviceId().orElseThrow() + "'")).isOne();
		assertThat(Json.code(this.finger.signIn(somewhere()))).isEqualTo("biometric-refused");
	}

	@Test
	void opensNothingAtEitherNodeOnceTheDeviceIsRemoved() throws IOException {
		Phone moved = second.movedHere(this.phone);
		Phone owner = first.signedIn("anna");
		assertThat(moved.get("/v1/home").statusCode()).isEqualTo(200);
		assertThat(owner.send("DELETE", "/v1/devices/" + this.phone.deviceId().orElseThrow(), null).statusCode())
			.isEqualTo(204);
		Awaitility.await()
			.atMost(Duration.ofSeconds(1))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> moved.get("/v1/home").statusCode() == 401);
		for (int i = 0; i < 2; i++) {
			assertThat(Json.code(this.finger.signIn(somewhere()))).isEqualTo("biometric-refused");
		}
		assertThat(Json.code(moved.refresh())).isEqualTo("session-ended");
		assertThat(second.movedHere(owner).get("/v1/home").statusCode()).isEqualTo(200);
	}

	/** Those that come while it is removed may get in, and are out again when it is. */
	@Test
	void leavesNoSessionOnADeviceThatIsRemovedWhileFingerprintsCome() throws Exception {
		Phone owner = first.signedIn("anna");
		String device = this.phone.deviceId().orElseThrow();
		for (int round = 0; round < 3; round++) {
			AtomicInteger who = new AtomicInteger();
			List<HttpResponse<String>> answers = Call.together(10, () -> (who.getAndIncrement() == 5)
					? owner.send("DELETE", "/v1/devices/" + device, null) : this.finger.signIn(somewhere()));
			assertThat(answers)
				.allSatisfy((answer) -> assertThat(answer.statusCode()).as(answer.body()).isIn(201, 204, 401));
			assertThat(answers).filteredOn((answer) -> answer.statusCode() == 204).hasSize(1);
			assertThat(count("app_session where ended_at is null and device_id = '" + device + "'")).isZero();
			assertThat(this.phone.signIn("anna@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
			assertThat(this.finger.enrol(this.phone).statusCode()).isEqualTo(204);
		}
	}

	@Test
	void endsAllOtherSessionsAtBothNodes() throws IOException {
		Phone owner = first.signedIn("anna");
		Phone moved = second.movedHere(this.phone);
		assertThat(moved.get("/v1/home").statusCode()).isEqualTo(200);
		assertThat(owner.send("DELETE", "/v1/sessions", null).statusCode()).isEqualTo(204);
		Awaitility.await()
			.atMost(Duration.ofSeconds(1))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> moved.get("/v1/home").statusCode() == 401);
		assertThat(Json.code(moved.refresh())).isEqualTo("session-ended");
		assertThat(second.movedHere(owner).get("/v1/home").statusCode()).isEqualTo(200);
	}

}
