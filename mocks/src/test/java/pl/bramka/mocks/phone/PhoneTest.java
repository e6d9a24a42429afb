package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PhoneTest {

	private final WireMockServer gateway = new WireMockServer(options().dynamicPort());

	private Phone phone;

	@BeforeEach
	void start() {
		this.gateway.start();
		this.phone = new Phone(URI.create(this.gateway.baseUrl() + "/"), URI.create("https://api.example"),
				DeviceKey.generate());
		this.gateway.stubFor(any(anyUrl()).willReturn(okJson("{}")));
		this.gateway.stubFor(post("/v1/sessions").willReturn(okJson(tokens("at-1", "rt-1")).withStatus(201)));
		this.gateway.stubFor(post("/v1/sessions/refresh").willReturn(okJson(tokens("at-2", "rt-2"))));
		this.gateway.stubFor(delete("/v1/sessions/current").willReturn(status(204)));
	}

	@AfterEach
	void stop() {
		this.gateway.stop();
	}

	@Test
	void signsInWithAProofThatNamesThePublicUrlAndNoToken() throws Exception {
		assertThat(this.phone.signIn("anna@example.com", "secret").statusCode()).isEqualTo(201);
		assertThat(last().getBodyAsString()).contains("\"email\":\"anna@example.com\"", "\"password\":\"secret\"");
		SignedJWT proof = SignedJWT.parse(last().getHeader("DPoP"));
		assertThat(proof.getJWTClaimsSet().getClaims()).containsEntry("htu", "https://api.example/v1/sessions")
			.containsEntry("htm", "POST")
			.doesNotContainKey("ath");
		assertThat(last().containsHeader("Authorization")).isFalse();
		assertThat(this.phone.tokens().orElseThrow().sessionId()).isEqualTo("s-1");
	}

	@Test
	void sendsTokenProofAndAppHeadersOnceSignedIn() throws Exception {
		this.phone.signIn("anna@example.com", "secret");
		this.phone.header("Accept-Language", "en").get("/v1/invoices?limit=2", "Cache-Control", "no-cache");
		LoggedRequest sent = last();
		assertThat(sent.getUrl()).isEqualTo("/v1/invoices?limit=2");
		assertThat(sent.getHeader("Authorization")).isEqualTo("DPoP at-1");
		assertThat(SignedJWT.parse(sent.getHeader("DPoP")).getJWTClaimsSet().getClaims())
			.containsEntry("ath", Proof.hash("at-1"))
			.containsEntry("htu", "https://api.example/v1/invoices");
		assertThat(List.of(sent.getHeader("App-Platform"), sent.getHeader("App-Version"),
				sent.getHeader("App-OS-Version"), sent.getHeader("App-Store"), sent.getHeader("Accept-Language"),
				sent.getHeader("Cache-Control")))
			.containsExactly("android", "3.4.1", "14", "google-play", "en", "no-cache");
	}

	@Test
	void rotatesItsTokens() throws IOException {
		this.phone.signIn("anna@example.com", "secret");
		this.phone.refresh();
		assertThat(last().getBodyAsString()).isEqualTo("{\"refreshToken\":\"rt-1\"}");
		assertThat(this.phone.tokens().orElseThrow().accessToken()).isEqualTo("at-2");
	}

	@Test
	void forgetsItsTokensAtSignOut() throws IOException {
		this.phone.signIn("anna@example.com", "secret");
		this.phone.signOut();
		assertThat(this.phone.tokens()).isEmpty();
		assertThatIllegalStateException().isThrownBy(this.phone::refresh);
	}

	@Test
	void keepsTheTokensItHasWhenARefreshIsRefused() throws IOException {
		this.phone.signIn("anna@example.com", "secret");
		this.gateway.stubFor(post("/v1/sessions/refresh").willReturn(unauthorized()));
		assertThat(this.phone.refresh().statusCode()).isEqualTo(401);
		assertThat(this.phone.tokens().orElseThrow().refreshToken()).isEqualTo("rt-1");
	}

	@Test
	void repeatsARequestWithTheNonceThatTheServerAskedFor() throws Exception {
		this.gateway.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)
			.withHeader("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
			.withHeader("DPoP-Nonce", "n-1")));
		this.phone.get("/v1/home");
		assertThat(this.gateway.findAll(anyRequestedFor(anyUrl()))).hasSize(2);
		assertThat(SignedJWT.parse(last().getHeader("DPoP")).getJWTClaimsSet().getStringClaim("nonce"))
			.isEqualTo("n-1");
	}

	@Test
	void letsATestSendItsOwnProof() throws IOException {
		this.phone.get("/v1/home", "DPoP", "spoiled", "App-Platform", "ios");
		assertThat(last().header("DPoP").values()).containsExactly("spoiled");
		assertThat(last().header("App-Platform").values()).containsExactly("ios");
	}

	@Test
	void saysWhereNobodyListens() {
		this.gateway.stop();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> this.phone.get("/v1/home"))
			.withMessageContaining("/v1/home");
	}

	private LoggedRequest last() {
		return this.gateway.getAllServeEvents().getFirst().getRequest();
	}

	private static String tokens(String access, String refresh) {
		return """
				{"accessToken":"%s","tokenType":"DPoP","expiresIn":300,"refreshToken":"%s","sessionId":"s-1","next":[]}"""
			.formatted(access, refresh);
	}

}
