package pl.bramka.mocks.phone;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

class DeviceCommandsTest {

	private static final String TOKENS = """
			{"accessToken":"at","tokenType":"DPoP","expiresIn":300,"refreshToken":"rt","sessionId":"s","deviceId":"d-1"}""";

	private final WireMockServer gateway = new WireMockServer(options().dynamicPort());

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path folder;

	@BeforeEach
	void start() {
		this.gateway.start();
		this.gateway.stubFor(any(anyUrl()).willReturn(okJson("{\"items\":[]}")));
		this.gateway.stubFor(post("/v1/sessions").willReturn(okJson(TOKENS).withStatus(201)));
		this.gateway.stubFor(post(Fingerprint.SESSIONS).willReturn(okJson(TOKENS).withStatus(201)));
		this.gateway
			.stubFor(post(Fingerprint.CHALLENGES).willReturn(okJson("{\"challenge\":\"c-1\"}").withStatus(201)));
		this.gateway.stubFor(put(Fingerprint.KEY).willReturn(status(204)));
		this.gateway.stubFor(delete(urlPathMatching("/v1/.*")).willReturn(status(204)));
	}

	@AfterEach
	void stop() {
		this.gateway.stop();
	}

	@Test
	void enrolsAKeyAndSignsInWithItAfterASignOut() throws IOException {
		assertThat(phone("sign-in", "anna")).isZero();
		assertThat(phone("fingerprint", "enrol")).isZero();
		JsonNode enrolment = body();
		String key = Files.readString(this.folder.resolve("anna/biometric-key.json"));
		assertThat(enrolment.at("/publicKey/x").asString()).isEqualTo(DeviceKey.parse(key).publicJwk().get("x"));
		assertThat(enrolment.get("publicKey").propertyNames()).containsExactlyInAnyOrder("kty", "crv", "x", "y");
		assertThat(key).isNotEqualTo(Files.readString(this.folder.resolve("anna/key.json")));
		assertThat(phone("sign-out")).isZero();
		assertThat(phone("fingerprint", "sign-in")).isZero();
		assertThat(last().getUrl()).isEqualTo(Fingerprint.SESSIONS);
		assertThat(last().getHeader("Authorization")).isNull();
		assertThat(body().get("deviceId").asString()).isEqualTo("d-1");
		assertThat(body().get("challenge").asString()).isEqualTo("c-1");
		assertThat(phone("home")).isZero();
	}

	@Test
	void removesTheKeyHereToo() {
		phone("sign-in", "anna");
		phone("fingerprint", "enrol");
		assertThat(phone("fingerprint", "remove")).isZero();
		assertThat(last().getUrl()).isEqualTo(Fingerprint.KEY);
		assertThat(phone("fingerprint", "sign-in")).isEqualTo(2);
		assertThat(this.err.toString()).contains("phone fingerprint enrol");
	}

	@Test
	void keepsNoKeyThatTheGatewayRefuses() {
		phone("sign-in", "anna");
		this.gateway.stubFor(put(Fingerprint.KEY).willReturn(
				unauthorized().withHeader("WWW-Authenticate", "DPoP error=\"insufficient_user_authentication\"")));
		assertThat(phone("fingerprint", "enrol")).isEqualTo(1);
		assertThat(this.folder.resolve("anna/biometric-key.json")).doesNotExist();
		assertThat(phone("fingerprint", "sign-in")).isEqualTo(2);
	}

	@Test
	void listsAndEndsDevicesAndSessions() {
		phone("sign-in", "anna");
		assertThat(phone("devices", "list")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/devices");
		assertThat(phone("devices", "end", "d-2")).isZero();
		assertThat(last().getMethod() + last().getUrl()).isEqualTo("DELETE/v1/devices/d-2");
		assertThat(phone("sessions")).isZero();
		assertThat(last().getMethod() + last().getUrl()).isEqualTo("GET/v1/sessions");
		assertThat(phone("sessions", "end-others")).isZero();
		assertThat(last().getMethod() + last().getUrl()).isEqualTo("DELETE/v1/sessions");
	}

	@Test
	void needsSomebodyWhoSignedInBefore() {
		assertThat(phone("fingerprint", "enrol")).isEqualTo(2);
		assertThat(phone("fingerprint", "sign-in")).isEqualTo(2);
		assertThat(phone("devices", "list")).isEqualTo(2);
		assertThat(phone("fingerprint")).isEqualTo(2);
	}

	private int phone(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--folder", this.folder.toString(), "--gateway", "http://localhost:" + this.gateway.port()));
		CommandLine line = new CommandLine(new PhoneCommand());
		line.setOut(new PrintWriter(new StringWriter()));
		line.setErr(new PrintWriter(this.err));
		return line.execute(all.toArray(String[]::new));
	}

	private LoggedRequest last() {
		return this.gateway.getAllServeEvents().getFirst().getRequest();
	}

	private JsonNode body() {
		return JsonMapper.shared().readTree(last().getBodyAsString());
	}

}
