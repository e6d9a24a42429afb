package pl.bramka.gateway.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.device.Device;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The devices that customers see, and remove.
 */
@ExtendWith(RunningGateway.class)
class DevicesTest {

	private final TestGateway gateway;

	DevicesTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private static String id(Phone phone) {
		return phone.deviceId().orElseThrow();
	}

	private static Fingerprint enrolled(Phone phone) throws IOException {
		Fingerprint finger = new Fingerprint(DeviceKey.generate());
		assertThat(finger.enrol(phone).statusCode()).isEqualTo(204);
		return finger;
	}

	private static List<JsonNode> devices(Phone phone) throws IOException {
		HttpResponse<String> answer = phone.get("/v1/devices");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		return Json.of(answer).get("items").valueStream().toList();
	}

	private static JsonNode device(Phone phone, String id) throws IOException {
		return devices(phone).stream().filter((each) -> each.get("id").asString().equals(id)).findFirst().orElseThrow();
	}

	private static HttpResponse<String> remove(Phone phone, String id) throws IOException {
		return phone.send("DELETE", "/v1/devices/" + id, null);
	}

	private static HttpResponse<String> signIn(Phone phone, String name) throws IOException {
		return phone.send("POST", "/v1/sessions",
				"{\"email\":\"jan@example.com\",\"password\":\"Haslo-123!\",\"deviceName\":" + name + "}");
	}

	@Test
	void areShownWithWhatTheirAppsSay() throws IOException {
		Phone here = this.gateway.signedIn("jan");
		Phone there = this.gateway.phone()
			.header("App-Platform", "ios")
			.header("App-Store", "app-store")
			.header("App-OS-Version", "17.4")
			.header("App-Version", "3.3.2");
		assertThat(there.signIn("jan@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		enrolled(there);
		Phone stranger = this.gateway.signedIn("maria");
		List<JsonNode> devices = devices(here);
		assertThat(devices).filteredOn((device) -> device.get("current").asBoolean())
			.singleElement()
			.satisfies((device) -> {
				assertThat(device.get("id").asString()).isEqualTo(id(here));
				assertThat(device.get("name").asString()).isEqualTo("Android 14");
				assertThat(device.get("platform").asString()).isEqualTo("ANDROID");
				assertThat(device.get("osVersion").asString()).isEqualTo("14");
				assertThat(device.get("appVersion").asString()).isEqualTo("3.4.1");
				assertThat(device.get("hasPin").asBoolean()).isFalse();
				assertThat(device.get("hasBiometricKey").asBoolean()).isFalse();
				assertThat(Instant.parse(device.get("lastSeenAt").asString())).isAfter(Instant.now().minusSeconds(60));
			});
		assertThat(devices.getFirst().get("id").asString()).isEqualTo(id(there));
		JsonNode other = devices.getFirst();
		assertThat(other.get("name").asString()).isEqualTo("iOS 17.4");
		assertThat(other.get("platform").asString()).isEqualTo("IOS");
		assertThat(other.get("appVersion").asString()).isEqualTo("3.3.2");
		assertThat(other.get("hasBiometricKey").asBoolean()).isTrue();
		assertThat(devices).extracting((device) -> device.get("id").asString()).doesNotContain(id(stranger));
	}

	@Test
	void areShownAsTheyWereLastSeen() throws IOException {
		Phone phone = this.gateway.signedIn("jan");
		Instant signedIn = Instant.parse(device(phone, id(phone)).get("lastSeenAt").asString());
		phone.header("App-OS-Version", "15").header("App-Version", "3.4.2");
		assertThat(device(phone, id(phone)).get("osVersion").asString()).isEqualTo("14");
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		JsonNode device = device(phone, id(phone));
		assertThat(device.get("name").asString()).isEqualTo("Android 15");
		assertThat(device.get("appVersion").asString()).isEqualTo("3.4.2");
		assertThat(Instant.parse(device.get("lastSeenAt").asString())).isAfter(signedIn);
		Fingerprint finger = enrolled(phone);
		assertThat(finger.signIn(phone.header("App-OS-Version", "16")).statusCode()).isEqualTo(201);
		assertThat(device(phone, id(phone)).get("name").asString()).isEqualTo("Android 16");
	}

	@Test
	void haveTheNameThatTheirAppGivesThem() throws IOException {
		Phone reader = this.gateway.signedIn("jan");
		Phone phone = this.gateway.phone();
		String id = Json.of(signIn(phone, "\"Telefon Jana \\ud83d\\udcf1\"")).get("deviceId").asString();
		assertThat(device(reader, id).get("name").asString()).isEqualTo("Telefon Jana 📱");
		signIn(phone, "\" \"");
		signIn(phone, "null");
		assertThat(device(reader, id).get("name").asString()).isEqualTo("Telefon Jana 📱");
		signIn(phone, "\"" + "x".repeat(60) + "\"");
		assertThat(device(reader, id).get("name").asString()).isEqualTo("x".repeat(60));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"a\\u0000\"", "\"a\\nb\"", "\"\\ud83d\"", "\"\\u009f\"",
			"\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"", "[]" })
	void haveNoOtherName(String name) throws IOException {
		assertThat(signIn(this.gateway.phone(), name).statusCode()).isEqualTo(400);
	}

	@Test
	void areForgottenWhenNothingOpensThem() throws IOException {
		Phone reader = this.gateway.signedIn("jan");
		Phone plain = this.gateway.signedIn("jan");
		Phone withKey = this.gateway.signedIn("jan");
		enrolled(withKey);
		assertThat(plain.signOut().statusCode()).isEqualTo(204);
		assertThat(withKey.signOut().statusCode()).isEqualTo(204);
		assertThat(devices(reader)).extracting((device) -> device.get("id").asString())
			.contains(id(reader), id(withKey))
			.doesNotContain(id(plain));
	}

	@Test
	void openNothingOnceTheyAreRemoved() throws IOException {
		Phone here = this.gateway.signedIn("jan");
		Phone lost = this.gateway.signedIn("jan");
		Fingerprint finger = enrolled(lost);
		String challenge = Fingerprint.value(Fingerprint.challenge(lost, "SIGN_IN"));
		Phone again = this.gateway.movedHere(lost);
		assertThat(finger.signIn(again).statusCode()).isEqualTo(201);
		try (Logged logged = Logged.atUsualLevels()) {
			HttpResponse<String> answer = remove(here, id(lost));
			assertThat(answer.statusCode()).isEqualTo(204);
			assertThat(answer.body()).isEmpty();
			assertThat(logged.lines("audit")).singleElement()
				.asString()
				.contains("event=device-removed result=done", "device=" + here.key().thumbprint());
		}
		for (Phone session : List.of(lost, again)) {
			assertThat(Json.code(session.get("/v1/home"))).isEqualTo("invalid-token");
			assertThat(Json.code(session.refresh())).isEqualTo("session-ended");
		}
		assertThat(Json.code(finger.signIn(lost, challenge))).isEqualTo("biometric-refused");
		assertThat(Json.code(finger.signIn(lost))).isEqualTo("biometric-refused");
		assertThat(devices(here)).extracting((device) -> device.get("id").asString()).doesNotContain(id(lost));
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
		assertThat(here.get("/v1/home").statusCode()).isEqualTo(200);
		assertThat(remove(here, id(lost)).statusCode()).isEqualTo(204);
		assertThat(lost.signIn("jan@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		assertThat(Json.code(finger.signIn(lost))).isEqualTo("biometric-refused");
	}

	@Test
	void areRemovedAlsoWhileTheProviderIsDown() throws IOException {
		Phone here = this.gateway.signedIn("jan");
		Phone lost = this.gateway.signedIn("jan");
		Fingerprint finger = enrolled(lost);
		this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.refused());
		assertThat(remove(here, id(lost)).statusCode()).isEqualTo(204);
		this.gateway.mocks().faults().clearAll();
		assertThat(Json.code(lost.refresh())).isEqualTo("session-ended");
		assertThat(Json.code(finger.signIn(lost))).isEqualTo("biometric-refused");
	}

	/** More than are ended before more are looked for, twice. */
	@Test
	void areRemovedWithAllTheirSessions() throws IOException {
		Phone here = this.gateway.signedIn("jan");
		Phone lost = this.gateway.signedIn("jan");
		DatabaseClient database = this.gateway.bean(DatabaseClient.class);
		Flux.range(0, 2100)
			.concatMap((number) -> database
				.sql("""
						insert into app_session
							(id, device_id, customer_id, subject, acr, authenticated_at, last_used_at)
						select cast(:id as varchar(36)), device_id, customer_id, subject, acr, authenticated_at, last_used_at
						from app_session where id = :like
						""")
				.bind("id", "many-" + number)
				.bind("like", lost.tokens().orElseThrow().sessionId())
				.then())
			.blockLast(Duration.ofMinutes(1));
		Device device = new Device(id(lost), this.gateway.mocks().personas().byName("jan").accountId(),
				lost.key().thumbprint());
		Customer customer = new Customer(device.customerId(), here.tokens().orElseThrow().sessionId(),
				here.key().thumbprint(), AuthenticationMethod.PASSWORD, Instant.now(), null);
		this.gateway.bean(Sessions.class).remove(customer, device).block(Duration.ofMinutes(2));
		assertThat(database.sql("select count(*) from app_session where device_id = :id and ended_at is null")
			.bind("id", device.id())
			.map((row) -> Objects.requireNonNull(row.get(0, Long.class)))
			.one()
			.block(Duration.ofSeconds(20))).isZero();
		assertThat(here.get("/v1/sessions").statusCode()).isEqualTo(200);
	}

	@Test
	void areRemovedAlsoByThemselves() throws IOException {
		Phone phone = this.gateway.signedIn("jan");
		Fingerprint finger = enrolled(phone);
		Tokens tokens = phone.tokens().orElseThrow();
		assertThat(remove(phone, id(phone)).statusCode()).isEqualTo(204);
		assertThat(Json.code(phone.get("/v1/devices"))).isEqualTo("invalid-token");
		assertThat(Json.code(phone.refresh())).isEqualTo("session-ended");
		assertThat(Json.code(finger.signIn(phone))).isEqualTo("biometric-refused");
		assertThat(Json.code(phone.tokens(tokens).send("DELETE", "/v1/devices/" + id(phone), null)))
			.isEqualTo("invalid-token");
	}

	@Test
	void areNotFoundByAnotherCustomer() throws IOException {
		Phone maria = this.gateway.signedIn("maria");
		Phone jan = this.gateway.signedIn("jan");
		Fingerprint finger = enrolled(jan);
		for (String id : List.of(id(jan), UUID.randomUUID().toString(), "current", "%C5%BC", "a".repeat(800))) {
			Problems.assertProblem(remove(maria, id), 404, "device-not-found");
		}
		assertThat(jan.get("/v1/home").statusCode()).isEqualTo(200);
		assertThat(finger.signIn(jan).statusCode()).isEqualTo(201);
	}

	@Test
	void keepOnlyTheSessionThatEndsAllOthers() throws IOException {
		Phone here = this.gateway.signedIn("jan");
		Phone other = this.gateway.signedIn("jan");
		Phone withKey = this.gateway.signedIn("jan");
		Fingerprint finger = enrolled(withKey);
		Phone maria = this.gateway.signedIn("maria");
		try (Logged logged = Logged.atUsualLevels()) {
			HttpResponse<String> answer = here.send("DELETE", "/v1/sessions", null);
			assertThat(answer.statusCode()).isEqualTo(204);
			assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
			assertThat(logged.lines("audit")).singleElement().asString().contains("event=session-end result=others");
		}
		for (Phone ended : List.of(other, withKey)) {
			assertThat(Json.code(ended.get("/v1/home"))).isEqualTo("invalid-token");
			assertThat(Json.code(ended.refresh())).isEqualTo("session-ended");
		}
		assertThat(Json.of(here.get("/v1/sessions")).get("items")).hasSize(1);
		assertThat(here.refresh().statusCode()).isEqualTo(200);
		assertThat(maria.get("/v1/home").statusCode()).isEqualTo(200);
		assertThat(finger.signIn(withKey).statusCode()).isEqualTo(201);
		assertThat(here.send("DELETE", "/v1/sessions", null).statusCode()).isEqualTo(204);
	}

}
