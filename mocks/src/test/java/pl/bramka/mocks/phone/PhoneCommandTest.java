package pl.bramka.mocks.phone;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

class PhoneCommandTest {

	private final WireMockServer gateway = new WireMockServer(options().dynamicPort());

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path folder;

	@BeforeEach
	void start() {
		this.gateway.start();
		this.gateway.stubFor(any(anyUrl()).willReturn(okJson("{\"a\":1}").withHeader("Request-Id", "r-7")));
		this.gateway.stubFor(post("/v1/sessions").willReturn(okJson(tokens("at-1", "rt-1")).withStatus(201)));
		this.gateway.stubFor(post("/v1/sessions/refresh").willReturn(okJson(tokens("at-2", "rt-2"))));
		this.gateway.stubFor(delete("/v1/sessions/current").willReturn(status(204)));
	}

	@AfterEach
	void stop() {
		this.gateway.stop();
	}

	@Test
	void signsInAPersonaAndReadsHome() {
		assertThat(phone("sign-in", "anna")).isZero();
		assertThat(last().getBodyAsString()).contains("anna@example.com", "Haslo-123!");
		assertThat(phone("home", "--language", "en")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/home");
		assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at-1");
		assertThat(last().getHeader("Accept-Language")).isEqualTo("en");
		assertThat(this.out.toString()).endsWith("{%n  \"a\" : 1%n}%n".formatted());
		assertThat(this.err.toString()).contains("HTTP 200", "request-id: r-7");
	}

	@Test
	void keepsOneDeviceKeyPerPersonaReadableByItsOwnerOnly() throws IOException {
		phone("sign-in", "anna");
		String annas = Files.readString(this.folder.resolve("anna/key.json"));
		phone("sign-in", "jan");
		phone("sign-in", "anna");
		assertThat(Files.readString(this.folder.resolve("anna/key.json"))).isEqualTo(annas)
			.isNotEqualTo(Files.readString(this.folder.resolve("jan/key.json")));
		try (Stream<Path> files = Files.walk(this.folder.resolve("anna"))) {
			for (Path file : files.toList()) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as("%s", file)
					.endsWith("------");
			}
		}
	}

	@Test
	void choosesAmongPhonesAndRemembersTheirGateway() {
		phone("sign-in", "anna");
		this.gateway.stubFor(post("/v1/sessions").willReturn(okJson(tokens("at-jan", "rt")).withStatus(201)));
		phone("sign-in", "jan");
		assertThat(run("phone", "contracts", "--folder", this.folder.toString())).isZero();
		assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at-jan");
		assertThat(run("phone", "contracts", "--folder", this.folder.toString(), "--as", "anna")).isZero();
		assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at-1");
	}

	@Test
	void setsAPinAndSignsInWithItAfterSigningOut() {
		phone("sign-in", "anna");
		assertThat(phone("pin", "set", "7391", "--current", "4826")).isZero();
		assertThat(last().getMethod().getName() + " " + last().getUrl()).isEqualTo("PUT /v1/devices/current/pin");
		assertThat(last().getBodyAsString()).contains("\"pin\":\"7391\"", "\"currentPin\":\"4826\"");
		assertThat(phone("sign-out")).isZero();
		this.gateway.stubFor(post("/v1/sessions/pin").willReturn(okJson(tokens("at-3", "rt-3")).withStatus(201)));
		assertThat(phone("pin", "sign-in", "7391")).isZero();
		assertThat(last().getBodyAsString()).contains("\"deviceId\":\"d-1\"", "\"pin\":\"7391\"");
		assertThat(phone("pin", "remove")).isZero();
		assertThat(last().getMethod().getName() + " " + last().getUrl()).isEqualTo("DELETE /v1/devices/current/pin");
		assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at-3");
		assertThat(phone("pin", "sign-in", "7391", "--as", "jan")).isEqualTo(1);
	}

	@Test
	void refreshesAnExpiredAccessTokenOnce() {
		phone("sign-in", "anna");
		this.gateway.stubFor(get("/v1/home").withHeader("Authorization", equalTo("DPoP at-1"))
			.willReturn(unauthorized().withHeader("WWW-Authenticate", "DPoP error=\"invalid_token\"")));
		assertThat(phone("home")).isZero();
		assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at-2");
		this.gateway.stubFor(get("/v1/home").willReturn(unauthorized()));
		int before = this.gateway.getAllServeEvents().size();
		assertThat(phone("home")).isEqualTo(1);
		assertThat(this.gateway.getAllServeEvents()).hasSize(before + 3);
	}

	@Test
	void doesNotRefreshWhereThePasswordIsWanted() {
		phone("sign-in", "anna");
		this.gateway.stubFor(any(urlPathEqualTo("/v1/payments")).willReturn(unauthorized()
			.withHeader("WWW-Authenticate", "DPoP error=\"insufficient_user_authentication\", max_age=300")));
		assertThat(phone("call", "POST", "/v1/payments", "--body", "{}", "--header", "Idempotency-Key=k-1"))
			.isEqualTo(1);
		assertThat(last().getUrl()).isEqualTo("/v1/payments");
		assertThat(last().getHeader("Idempotency-Key")).isEqualTo("k-1");
		assertThat(last().getBodyAsString()).isEqualTo("{}");
	}

	@Test
	void asksForInvoicesOnePageAfterTheOther() {
		phone("sign-in", "tomek");
		this.gateway
			.stubFor(get(urlPathEqualTo("/v1/invoices")).willReturn(okJson("{\"items\":[1],\"nextCursor\":\"c 2\"}")));
		this.gateway.stubFor(get(urlPathEqualTo("/v1/invoices")).withQueryParam("cursor", equalTo("c 2"))
			.willReturn(okJson("{\"items\":[2],\"nextCursor\":null}")));
		assertThat(phone("invoices", "--state", "OPEN", "--limit", "1", "--refresh")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/invoices?state=OPEN&limit=1");
		assertThat(last().getHeader("Cache-Control")).isEqualTo("no-cache");
		assertThat(phone("invoices", "--all")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/invoices?cursor=c+2");
	}

	@Test
	void showsUseAsATable() {
		phone("sign-in", "olga");
		this.gateway.stubFor(get(urlPathEqualTo("/v1/contracts/7/consumption")).willReturn(
				okJson("""
						{"state":"FRESH","asOf":"2026-10-27T05:00:00Z","granularity":"HOUR","from":"2026-10-25","to":"2026-10-25",
						"unit":"kWh","points":[
						{"start":"2026-10-25T02:00:00+02:00","end":"2026-10-25T02:00:00+01:00",
						"use":{"complete":true,"zones":[{"zone":"PEAK","measured":1.100}]},
						"feedIn":{"complete":true,"zones":[{"zone":"TOTAL","measured":0.000}]}},
						{"start":"2026-10-25T02:00:00+01:00","end":"2026-10-25T03:00:00+01:00",
						"use":{"complete":true,"zones":[{"zone":"OFF_PEAK","measured":0.200,"estimated":0.300}]}}],
						"totals":{"use":{"complete":false,"zones":[{"zone":"PEAK","measured":1.100},
						{"zone":"OFF_PEAK","measured":0.200,"estimated":0.300}]},
						"feedIn":{"complete":true,"zones":[{"zone":"TOTAL","measured":0.000}]}}}""")));
		assertThat(phone("consumption", "7", "--from", "2026-10-25", "--to", "2026-10-25", "--granularity", "hour"))
			.isZero();
		assertThat(last().getUrl())
			.isEqualTo("/v1/contracts/7/consumption?from=2026-10-25&to=2026-10-25&granularity=HOUR");
		assertThat(this.out.toString().lines().map((line) -> line.strip().replaceAll(" +", " "))).endsWith(
				"kWh of 2026-10-25 to 2026-10-25, FRESH as of 2026-10-27T05:00:00Z",
				"use PEAK use OFF_PEAK feedIn TOTAL", "2026-10-25T02:00:00+02:00 1.100 - 0.000",
				"2026-10-25T02:00:00+01:00 - 0.500* -", "total 1.100! 0.500*! 0.000");
	}

	@Test
	void showsUseAsItCameAndWhyThereIsNone() {
		phone("sign-in", "jan");
		assertThat(phone("consumption", "7", "--granularity", "month", "--to", "2026-10-31", "--json", "--refresh"))
			.isZero();
		assertThat(last().getUrl())
			.isEqualTo("/v1/contracts/7/consumption?from=2026-10-01&to=2026-10-31&granularity=MONTH");
		assertThat(last().getHeader("Cache-Control")).isEqualTo("no-cache");
		assertThat(this.out.toString()).contains("\"a\" : 1");
		this.gateway.stubFor(get(urlPathEqualTo("/v1/contracts/7/consumption"))
			.willReturn(status(409).withHeader("Content-Type", "application/problem+json")
				.withBody("{\"code\":\"granularity-unavailable\"}")));
		assertThat(phone("consumption", "7")).isEqualTo(1);
		assertThat(this.out.toString()).contains("granularity-unavailable");
		assertThat(phone("consumption", "7", "--from", "yesterday")).isEqualTo(2);
		assertThat(phone("consumption")).isEqualTo(2);
	}

	@Test
	void keepsAPdfInAFile() throws IOException {
		phone("sign-in", "anna");
		byte[] pdf = { '%', 'P', 'D', 'F', (byte) 0xE2 };
		this.gateway.stubFor(get("/v1/invoices/1/pdf")
			.willReturn(status(200).withHeader("Content-Type", "application/pdf").withBody(pdf)));
		Path file = this.folder.resolve("1.pdf");
		assertThat(phone("call", "GET", "/v1/invoices/1/pdf", "--output", file.toString())).isZero();
		assertThat(file).hasBinaryContent(pdf);
	}

	@Test
	void signsOutAndIsSignedOut() {
		phone("sign-in", "anna");
		assertThat(phone("sign-out")).isZero();
		assertThat(phone("home")).isEqualTo(2);
		assertThat(this.err.toString()).contains("nobody is signed in");
	}

	@Test
	void tellsAProblemFromWrongUsage() {
		this.gateway
			.stubFor(post("/v1/sessions").willReturn(status(401).withHeader("Content-Type", "application/problem+json")
				.withBody("{\"code\":\"invalid-credentials\"}")));
		assertThat(phone("sign-in", "ewa")).isEqualTo(1);
		assertThat(this.out.toString()).contains("invalid-credentials");
		assertThat(phone("sign-in", "nobody")).isEqualTo(2);
		assertThat(phone("sign-in", "stranger@example.com")).isEqualTo(2);
		assertThat(phone("sign-in", "anna", "--as", "../anna")).isEqualTo(2);
		assertThat(phone("dance")).isEqualTo(2);
		this.gateway.stop();
		assertThat(phone("sign-in", "anna")).isEqualTo(1);
	}

	@Test
	void switchesFaultsThroughTheControlServer() {
		try (Mocks mocks = Mocks.startOnFreePorts()) {
			String control = mocks.control().toString();
			assertThat(phone("fault", "billing", "slow", "--millis", "50", "--times", "2", "--control", control))
				.isZero();
			assertThat(mocks.faults().active().get(UpstreamName.BILLING))
				.containsExactly(Fault.slow(Duration.ofMillis(50)).times(2));
			assertThat(phone("fault", "billing", "sloow", "--control", control)).isEqualTo(1);
			mocks.faults().set(UpstreamName.CRM, Fault.of(FaultKind.UNAVAILABLE));
			assertThat(phone("fault", "clear", "billing", "--control", control)).isZero();
			assertThat(mocks.faults().active().get(UpstreamName.BILLING)).isEmpty();
			assertThat(mocks.faults().active().get(UpstreamName.CRM)).hasSize(1);
			assertThat(phone("fault", "clear", "--control", control)).isZero();
			assertThat(mocks.faults().active().get(UpstreamName.CRM)).isEmpty();
		}
	}

	@Test
	void saysWhatAppItIs() {
		phone("sign-in", "anna");
		assertThat(phone("home")).isZero();
		assertSaid("android", "3.4.1", "14", "google-play");
		assertThat(phone("home", "--app-version", "2.0")).isZero();
		assertSaid("android", "2.0", "14", "google-play");
		assertThat(phone("home", "--platform", "ios", "--os-version", "10.3.4")).isZero();
		assertSaid("ios", "3.4.1", "10.3.4", "app-store");
		assertThat(phone("home", "--store", "app-gallery")).isZero();
		assertSaid("android", "3.4.1", "14", "app-gallery");
		assertThat(phone("home", "--store", "", "--app-version", "", "--platform", "", "--os-version", "")).isZero();
		assertSaid(null, null, null, null);
	}

	@Test
	void asksWhetherAnAppIsServedBeforeAnybodySignsIn() {
		assertThat(phone("compatibility", "--app-version", "2.0", "--language", "en")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/app/compatibility");
		assertThat(last().getHeader("Accept-Language")).isEqualTo("en");
		assertSaid("android", "2.0", "14", "google-play");
	}

	private void assertSaid(@Nullable String platform, @Nullable String version, @Nullable String os,
			@Nullable String store) {
		assertThat(last().getHeader("App-Platform")).isEqualTo(platform);
		assertThat(last().getHeader("App-Version")).isEqualTo(version);
		assertThat(last().getHeader("App-OS-Version")).isEqualTo(os);
		assertThat(last().getHeader("App-Store")).isEqualTo(store);
	}

	@Test
	void acceptsTheTermsInForce() {
		this.gateway.stubFor(get("/v1/terms/current").willReturn(okJson("{\"version\":\"2026-01\"}")));
		assertThat(phone("terms", "show")).isZero();
		assertThat(this.out.toString()).contains("2026-01");
		assertThat(phone("terms", "accept")).isEqualTo(2);
		phone("sign-in", "anna");
		assertThat(phone("terms", "accept")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/terms/acceptances");
		assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at-1");
		assertThat(last().getBodyAsString()).isEqualTo("{\"version\":\"2026-01\"}");
		assertThat(phone("terms", "accept", "--edition", "2025-01")).isZero();
		assertThat(last().getBodyAsString()).isEqualTo("{\"version\":\"2025-01\"}");
	}

	@Test
	void signsInThroughTheBrowserItPlays() {
		try (Mocks mocks = Mocks.startOnFreePorts()) {
			String portal = mocks.identityProvider().issuer().toString();
			assertThat(phone("sign-in-browser", "anna", "--portal", portal)).isZero();
			assertThat(last().getBodyAsString()).contains("authorizationCode", "codeVerifier", "bramka://signed-in")
				.doesNotContain("Haslo-123!", "anna@");
			assertThat(phone("home")).isZero();
			assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at-1");
			int before = this.gateway.getAllServeEvents().size();
			assertThat(phone("sign-in-browser", "anna", "--portal", portal, "--password", "wrong")).isEqualTo(1);
			assertThat(phone("sign-in-browser", "nowy", "--portal", portal)).isEqualTo(1);
			assertThat(phone("sign-in-browser", "stranger@example.com", "--portal", portal)).isEqualTo(2);
			assertThat(this.gateway.getAllServeEvents()).hasSize(before);
		}
	}

	@Test
	void listsThePersonas() {
		assertThat(phone("personas")).isZero();
		assertThat(this.out.toString()).contains("anna", "nowy@example.com");
	}

	private int phone(String... arguments) {
		List<String> all = new ArrayList<>(List.of("phone"));
		all.addAll(List.of(arguments));
		all.addAll(List.of("--folder", this.folder.toString(), "--gateway",
				"http://localhost:" + (this.gateway.isRunning() ? this.gateway.port() : 1)));
		return run(all.toArray(String[]::new));
	}

	private int run(String... arguments) {
		CommandLine line = new CommandLine(new PhoneCommand());
		line.setOut(new PrintWriter(this.out));
		line.setErr(new PrintWriter(this.err));
		line.setExecutionExceptionHandler((problem, command, parsed) -> 1);
		return line.execute(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
	}

	private LoggedRequest last() {
		return this.gateway.getAllServeEvents().getFirst().getRequest();
	}

	private static String tokens(String access, String refresh) {
		return """
				{"accessToken":"%s","tokenType":"DPoP","expiresIn":300,"refreshToken":"%s","sessionId":"s-1","deviceId":"d-1"}"""
			.formatted(access, refresh);
	}

}
