package pl.bramka.gateway.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Proof;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a proof says, and for which call: all of these are signed as they should be.
 */
@ExtendWith(RunningGateway.class)
class DeviceProofTest {

	private static final String PATH = "/v1/invoices";

	private final TestGateway gateway;

	private final Phone phone;

	private final String token;

	DeviceProofTest(TestGateway gateway) {
		this.gateway = gateway;
		this.phone = gateway.signedIn("anna");
		this.token = this.phone.tokens().orElseThrow().accessToken();
	}

	private Proof proof() {
		return this.phone.key().buildProof("GET", URI.create(TestGateway.PUBLIC_URL + PATH), this.token);
	}

	private HttpResponse<String> show(String proof) {
		try {
			return this.phone.get(PATH, "DPoP", proof, "Cache-Control", "no-cache");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void refusesAll(Map<String, Proof> proofs) {
		assertThat(proofs).allSatisfy((what, proof) -> {
			HttpResponse<String> answer = show(proof.sign());
			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(Json.code(answer)).isEqualTo("invalid-proof");
			assertThat(answer.headers().firstValue("WWW-Authenticate"))
				.contains("DPoP error=\"invalid_dpop_proof\", algs=\"ES256\"");
		});
		assertThat(this.gateway.asked()).isEmpty();
	}

	private Map<String, Proof> without(String claim, @Nullable Object... others) {
		Map<String, Proof> proofs = new LinkedHashMap<>();
		proofs.put("no " + claim, proof().claim(claim, null));
		for (Object other : others) {
			String text = String.valueOf(other);
			proofs.put(claim + " " + text.substring(0, Math.min(40, text.length())), proof().claim(claim, other));
		}
		return proofs;
	}

	@Test
	void refusesAProofOfAnotherTime() {
		long now = Instant.now().getEpochSecond();
		Map<String, Proof> proofs = without("iat", now - 65, now + 65, now - 86_400, 0, -1, Long.MAX_VALUE,
				Long.MIN_VALUE, 1e300, String.valueOf(now), Instant.now().toString(), true, List.of(now), Map.of());
		refusesAll(proofs);
		assertThat(show(proof().issuedAt(Instant.now().minusSeconds(50)).sign()).statusCode()).isEqualTo(200);
		assertThat(show(proof().issuedAt(Instant.now().plusSeconds(50)).sign()).statusCode()).isEqualTo(200);
	}

	@Test
	void refusesAProofThatCannotBeRecognised() {
		refusesAll(without("jti", "", " ", "\t\n", 17, List.of("a"), "x".repeat(129), "x".repeat(1200)));
	}

	@Test
	void refusesAProofOfAnotherMethod() {
		refusesAll(without("htm", "POST", "get", "GET ", "", 1, List.of("GET")));
	}

	@Test
	void refusesAProofOfAnotherAddress() {
		refusesAll(without("htu", "https://api.bramka.test/v1/home", "https://api.bramka.test/v1/invoices/",
				"https://api.bramka.test", "https://api.bramka.test/", "https://evil.example/v1/invoices",
				"https://evil.example/https://api.bramka.test/v1/invoices",
				"https://api.bramka.test.evil.example" + PATH, "https://api.bramka.test@evil.example" + PATH,
				"https://anna@api.bramka.test" + PATH, "https://anna:x@api.bramka.test" + PATH,
				"https://@api.bramka.test" + PATH, "http://api.bramka.test" + PATH, "wss://api.bramka.test" + PATH,
				"https://api.bramka.test:8443" + PATH, "https://api.bramka.test:80" + PATH,
				"http://api.bramka.test:443" + PATH, "//api.bramka.test" + PATH, PATH, "v1/invoices", "https:" + PATH,
				"https:///v1/invoices", "https://api.bramka.test./v1/invoices", "https://api.bramka.test/v1/./invoices",
				"https://api.bramka.test/v1/x/../invoices", "https://api.bramka.test//v1/invoices",
				"https://api.bramka.test/v1/%69nvoices", "https://api.bramka.test/v1%2Finvoices",
				"https://api.bramka.test/V1/invoices", "https://api.bramka.test/v1/invoices;a=b",
				"https://api.bramka.test/v1/invoices%20", "https://api.bramka.test\\@evil.example" + PATH,
				"https://api.bramka.test/v1/in voices", " ", "", "%%%", "https://[::1" + PATH,
				this.gateway.url() + PATH, 5, List.of("https://api.bramka.test" + PATH)));
	}

	@Test
	void takesAnAddressSpeltOtherwise() {
		assertThat(List.of("https://api.bramka.test" + PATH + "?a=b", "https://api.bramka.test" + PATH + "#part",
				"HTTPS://API.Bramka.TEST" + PATH, "https://api.bramka.test:443" + PATH))
			.allSatisfy(
					(address) -> assertThat(show(proof().claim("htu", address).sign()).statusCode()).isEqualTo(200));
	}

	@Test
	void ignoresTheQueryOfTheCall() throws IOException {
		assertThat(this.phone.get(PATH + "?limit=5", "DPoP", proof().sign()).statusCode()).isEqualTo(200);
	}

	@Test
	void believesNoHeaderAboutItsOwnAddress() throws IOException {
		String elsewhere = proof().claim("htu", "https://evil.example" + PATH).sign();
		HttpResponse<String> answer = this.phone.get(PATH, "DPoP", elsewhere, "X-Forwarded-Host", "evil.example",
				"X-Forwarded-Proto", "https", "Forwarded", "host=evil.example;proto=https");
		assertThat(Json.code(answer)).isEqualTo("invalid-proof");
		assertThat(this.phone
			.get(PATH, "DPoP", proof().sign(), "X-Forwarded-Host", "evil.example", "X-Forwarded-Prefix", "/x")
			.statusCode()).isEqualTo(200);
	}

	@Test
	void refusesAProofOfAnotherToken() {
		refusesAll(without("ath", "", Proof.hash("other"), Proof.hash(this.token).toLowerCase(Locale.ROOT), this.token,
				Proof.hash(this.token) + "=", 1));
	}

	@Test
	void takesAProofOnce() {
		String proof = proof().sign();
		assertThat(show(proof).statusCode()).isEqualTo(200);
		this.gateway.rest();
		assertThat(Json.code(show(proof))).isEqualTo("invalid-proof");
		assertThat(this.gateway.asked()).isEmpty();
	}

	/** What billing was asked since the last reset. */
	private int asked() {
		return this.gateway.mocks().journal(UpstreamName.BILLING).size();
	}

	@Test
	void takesOneOfFiftyThatComeTogether() throws Exception {
		// What else an answer is made of is in memory from here on.
		assertThat(show(proof().sign()).statusCode()).isEqualTo(200);
		this.gateway.rest();
		assertThat(show(proof().sign()).statusCode()).isEqualTo(200);
		int once = asked();
		this.gateway.rest();
		String proof = proof().sign();
		List<HttpResponse<String>> answers = Call.together(50, () -> show(proof));
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 200).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.statusCode() != 200)
			.allSatisfy((answer) -> assertThat(Json.code(answer)).isEqualTo("invalid-proof"));
		assertThat(asked()).isLessThanOrEqualTo(once);
	}

	@Test
	void takesTheIdOfAProofOnceForEachDevice() {
		String id = UUID.randomUUID().toString();
		assertThat(show(proof().claim("jti", id).sign()).statusCode()).isEqualTo(200);
		assertThat(Json.code(show(proof().claim("jti", id).issuedAt(Instant.now().minusSeconds(3)).sign())))
			.isEqualTo("invalid-proof");
		Phone other = this.gateway.signedIn("piotr");
		String hers = other.key()
			.buildProof("GET", URI.create(TestGateway.PUBLIC_URL + PATH), other.tokens().orElseThrow().accessToken())
			.claim("jti", id)
			.sign();
		assertThat(statusOf(other, hers)).isEqualTo(200);
	}

	@Test
	void remembersNoProofThatItRefused() {
		String id = UUID.randomUUID().toString();
		assertThat(Json.code(show(proof().claim("jti", id).signedBy(DeviceKey.generate()).sign())))
			.isEqualTo("invalid-proof");
		assertThat(show(proof().claim("jti", id).sign()).statusCode()).isEqualTo(200);
	}

	@Test
	void opensNoSessionWithAProofUsedBefore() throws IOException {
		String proof = this.phone.key()
			.buildProof("POST", URI.create(TestGateway.PUBLIC_URL + "/v1/sessions"), null)
			.sign();
		String body = "{\"email\":\"anna@example.com\",\"password\":\"Haslo-123!\"}";
		assertThat(this.phone.send("POST", "/v1/sessions", body, "DPoP", proof).statusCode()).isEqualTo(201);
		this.gateway.rest();
		assertThat(Json.code(this.phone.send("POST", "/v1/sessions", body, "DPoP", proof))).isEqualTo("invalid-proof");
		assertThat(this.gateway.asked()).isEmpty();
	}

	private static int statusOf(Phone phone, String proof) {
		try {
			return phone.get(PATH, "DPoP", proof).statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
