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
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The phone's commands for accounts, against a server that stands for both the gateway
 * and the control server.
 */
class AccountCommandTest {

	private final WireMockServer server = new WireMockServer(options().dynamicPort());

	private final StringWriter out = new StringWriter();

	@TempDir
	private Path folder;

	@BeforeEach
	void start() {
		this.server.start();
		this.server.stubFor(any(anyUrl()).willReturn(okJson("{\"a\":1}")));
		this.server.stubFor(get("/v1/app/compatibility").willReturn(okJson("{\"termsVersion\":\"2026-01\"}")));
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	private int account(String... arguments) {
		List<String> all = new ArrayList<>(List.of("account"));
		all.addAll(List.of(arguments));
		String url = "http://localhost:" + this.server.port();
		all.addAll(List.of("--folder", this.folder.toString(), "--gateway", url, "--control", url));
		return new CommandLine(new PhoneCommand()).setOut(new PrintWriter(this.out))
			.execute(all.toArray(String[]::new));
	}

	private LoggedRequest last() {
		return this.server.getAllServeEvents().getFirst().getRequest();
	}

	@Test
	void registersWithTheTermsInForce() {
		assertThat(account("register", "x@example.com", "--password", "Tajne-12345")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/accounts");
		assertThat(last().getBodyAsString()).contains("\"x@example.com\"", "\"Tajne-12345\"", "\"2026-01\"");
		assertThat(last().getHeader("DPoP")).isNotEmpty();
		assertThat(account("register", "x@example.com", "--terms", "2025-01")).isZero();
		assertThat(last().getBodyAsString()).contains("\"2025-01\"");
	}

	@Test
	void resetsAPassword() {
		assertThat(account("reset-password", "anna@example.com")).isZero();
		assertThat(last().getUrl()).isEqualTo("/v1/accounts/password-reset");
		assertThat(last().getBodyAsString()).isEqualTo("{\"email\":\"anna@example.com\"}");
	}

	@Test
	void asksForTheDeletionOfWhoeverIsSignedIn() {
		assertThat(account("delete")).as("nobody is signed in").isEqualTo(2);
		this.server.stubFor(post("/v1/sessions").willReturn(okJson("""
				{"accessToken":"at-1","tokenType":"DPoP","expiresIn":300,"refreshToken":"r","sessionId":"s"}""")
			.withStatus(201)));
		new CommandLine(new PhoneCommand()).execute("sign-in", "anna", "--folder", this.folder.toString(), "--gateway",
				"http://localhost:" + this.server.port());
		assertThat(account("delete")).isZero();
		assertThat(last().getMethod().getName() + last().getUrl()).isEqualTo("DELETE/v1/accounts/current");
		assertThat(last().getHeader("Authorization")).isEqualTo("DPoP at-1");
	}

	@Test
	void readsMailsAndFollowsThem() {
		this.server.stubFor(get("/mails").willReturn(okJson("[\"mail\"]")));
		this.server.stubFor(get("/accounts").willReturn(okJson("[\"account\"]")));
		assertThat(account("mails")).isZero();
		assertThat(this.out.toString()).contains("mail", "account");
		assertThat(account("follow-mail", "x@example.com")).isZero();
		assertThat(last().getUrl()).isEqualTo("/mails/follow");
		assertThat(last().getBodyAsString()).isEqualTo("{\"email\":\"x@example.com\"}");
		assertThat(account("follow-mail", "x@example.com", "--password", "Nowe-12345")).isZero();
		assertThat(last().getBodyAsString()).contains("\"Nowe-12345\"");
		assertThat(account("connect", "x@example.com", "1000000042")).isZero();
		assertThat(last().getUrl()).isEqualTo("/accounts/connect");
	}

}
