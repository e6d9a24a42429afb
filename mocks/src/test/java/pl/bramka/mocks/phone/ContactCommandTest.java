package pl.bramka.mocks.phone;

import java.io.PrintWriter;
import java.io.StringWriter;
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

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The phone's commands for contact data and messages, against a server that stands for
 * both the gateway and the control server.
 */
class ContactCommandTest {

	private final WireMockServer server = new WireMockServer(options().dynamicPort());

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path folder;

	@BeforeEach
	void start() {
		this.server.start();
		this.server.stubFor(any(anyUrl()).willReturn(okJson("{\"a\":1}")));
		this.server.stubFor(post("/v1/sessions").willReturn(okJson("""
				{"accessToken":"at-1","tokenType":"DPoP","expiresIn":300,"refreshToken":"r","sessionId":"s"}""")
			.withStatus(201)));
		assertThat(phone("sign-in", "anna")).isZero();
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	private int phone(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		String url = "http://localhost:" + this.server.port();
		all.addAll(List.of("--folder", this.folder.toString(), "--gateway", url, "--control", url));
		return new CommandLine(new PhoneCommand()).setOut(new PrintWriter(new StringWriter()))
			.setErr(new PrintWriter(this.err))
			.execute(all.toArray(String[]::new));
	}

	private LoggedRequest last() {
		return this.server.getAllServeEvents().getFirst().getRequest();
	}

	private String call() {
		return last().getMethod().getName() + " " + last().getUrl();
	}

	@Test
	void showsAndChangesContactData() {
		assertThat(phone("contact", "show")).isZero();
		assertThat(call()).isEqualTo("GET /v1/customer");
		assertThat(phone("contact", "set", "--email", "x@example.com", "--phone", "500 000 099")).isZero();
		assertThat(call()).isEqualTo("PATCH /v1/customer/contact");
		assertThat(last().getBodyAsString()).isEqualTo("{\"email\":\"x@example.com\",\"phone\":\"500 000 099\"}");
		assertThat(phone("contact", "set", "--phone", "500 000 099")).isZero();
		assertThat(last().getBodyAsString()).isEqualTo("{\"phone\":\"500 000 099\"}");
		assertThat(phone("contact", "set")).isEqualTo(2);
	}

	@Test
	void saysThatTheSignInIsTooOld() {
		this.server.stubFor(patch("/v1/customer/contact").willReturn(okJson("{}").withStatus(401)
			.withHeader("WWW-Authenticate", "DPoP error=\"insufficient_user_authentication\"")));
		assertThat(phone("contact", "set", "--phone", "500 000 099")).isEqualTo(1);
		assertThat(this.err.toString()).contains("too old");
	}

	@Test
	void tellsCrmWhenToShowChanges() {
		assertThat(phone("contact", "later")).isZero();
		assertThat(call() + last().getBodyAsString()).isEqualTo("PUT /contact-changes{\"apply\":\"later\"}");
		assertThat(phone("contact", "at-once")).isZero();
		assertThat(last().getBodyAsString()).isEqualTo("{\"apply\":\"at-once\"}");
		assertThat(phone("contact", "apply")).isZero();
		assertThat(call()).isEqualTo("POST /contact-changes/apply");
	}

	@Test
	void sendsMessages() {
		assertThat(phone("message", "account-deletion", "Usuńcie konto", "--key", "k-1")).isZero();
		assertThat(call()).isEqualTo("POST /v1/messages");
		assertThat(last().getHeader("Idempotency-Key")).isEqualTo("k-1");
		assertThat(last().getBodyAsString()).isEqualTo("{\"topic\":\"ACCOUNT_DELETION\",\"text\":\"Usuńcie konto\"}");
		assertThat(phone("message", "METER", "x", "--contract", "0030000421")).isZero();
		assertThat(last().getBodyAsString())
			.isEqualTo("{\"topic\":\"METER\",\"text\":\"x\",\"contractId\":\"0030000421\"}");
		assertThat(last().getHeader("Idempotency-Key")).hasSize(36);
	}

}
