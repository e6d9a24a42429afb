package pl.bramka.gateway.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Access tokens that the gateway did not make, or not for this call. Most are signed with
 * its own key, so that nothing but the one thing that is wrong can keep them out.
 */
@ExtendWith(RunningGateway.class)
class AccessTokenTest {

	private final TestGateway gateway;

	private final Phone phone;

	private final RSAKey key;

	private final String token;

	private final Forgery real;

	AccessTokenTest(TestGateway gateway) {
		this.gateway = gateway;
		this.phone = gateway.signedIn("anna");
		this.key = gateway.signingKey();
		this.token = this.phone.tokens().orElseThrow().accessToken();
		this.real = Forgery.of(this.token);
	}

	private HttpResponse<String> show(DeviceKey device, String token) {
		try {
			return new Phone(this.gateway.url(), TestGateway.PUBLIC_URL, device)
				.tokens(new Tokens(token, 300, "none", "none"))
				.get("/v1/invoices", "Cache-Control", "no-cache");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void refusesAll(Map<String, String> tokens) {
		assertThat(tokens).allSatisfy((what, forged) -> {
			// A second time too: a token that was refused must not be remembered as good.
			for (int i = 0; i < 2; i++) {
				HttpResponse<String> answer = show(this.phone.key(), forged);
				assertThat(answer.statusCode()).isEqualTo(401);
				assertThat(Json.code(answer)).isEqualTo("invalid-token");
				assertThat(answer.headers().firstValue("WWW-Authenticate"))
					.contains("DPoP error=\"invalid_token\", algs=\"ES256\"");
			}
		});
		assertThat(this.gateway.asked()).isEmpty();
	}

	private Map<String, String> without(String claim, @Nullable Object... others) {
		Map<String, String> tokens = new LinkedHashMap<>();
		tokens.put("no " + claim, this.real.claim(claim, null).signed(this.key));
		for (Object other : others) {
			tokens.put(claim + " " + other, this.real.claim(claim, other).signed(this.key));
		}
		return tokens;
	}

	@Test
	void takesATokenMadeByHandIfItIsRight() {
		assertThat(show(this.phone.key(), this.real.signed(this.key)).statusCode()).isEqualTo(200);
		assertThat(this.gateway.asked()).isNotEmpty();
	}

	@Test
	void refusesATokenWithoutSignature() {
		Map<String, String> tokens = new LinkedHashMap<>();
		String signature = this.token.substring(this.token.lastIndexOf('.') + 1);
		for (int letters = 0; letters < 16; letters++) {
			StringBuilder none = new StringBuilder();
			for (int i = 0; i < 4; i++) {
				none.append(((letters >> i) & 1) == 1 ? "NONE".charAt(i) : "none".charAt(i));
			}
			String unsigned = this.real.header("alg", none.toString()).unsigned();
			tokens.put("alg " + none, unsigned);
			tokens.put("alg " + none + " with a signature", unsigned + signature);
		}
		tokens.put("signature left out", this.real.unsigned());
		tokens.put("no alg", this.real.header("alg", null).signed(this.key));
		refusesAll(tokens);
	}

	@Test
	void refusesAnotherAlgorithmWhoeverSigned() throws JOSEException {
		Map<String, String> tokens = new LinkedHashMap<>();
		byte[] der = this.key.toRSAPublicKey().getEncoded();
		String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der)
				+ "\n-----END PUBLIC KEY-----\n";
		Map<String, byte[]> secrets = Map.of("DER", der, "PEM", pem.getBytes(StandardCharsets.US_ASCII), "modulus",
				this.key.getModulus().decode(), "JWK",
				this.key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
		for (int bits : List.of(256, 384, 512)) {
			Forgery sealed = this.real.header("alg", "HS" + bits);
			secrets.forEach((form, secret) -> tokens.put("HS" + bits + " with the public key as " + form,
					sealed.sealed(secret, "HmacSHA" + bits)));
			tokens.put("RS" + bits, this.real.header("alg", "RS" + bits).signed(this.key, "SHA" + bits + "withRSA"));
		}
		tokens.put("RS256 signature under PS256", this.real.signed(this.key, "SHA256withRSA"));
		for (Object algorithm : List.of("RS256", "PS384", "PS512", "ps256", "ES256", "EdDSA", "", 256,
				List.of("PS256"))) {
			tokens.put("PS256 signature under " + algorithm, this.real.header("alg", algorithm).signed(this.key));
		}
		refusesAll(tokens);
	}

	@Test
	void refusesAnotherKeyWhateverTheHeaderSaysOfIt() throws JOSEException {
		RSAKey other = new RSAKeyGenerator(2048).keyID(this.key.getKeyID()).generate();
		Map<String, String> tokens = new LinkedHashMap<>();
		tokens.put("the gateway's kid", this.real.signed(other));
		bringing(other.toPublicJWK()).forEach((name, value) -> {
			tokens.put("brings " + name, this.real.header(name, value).signed(other));
			tokens.put("brings " + name + " and no kid",
					this.real.header("kid", null).header(name, value).signed(other));
		});
		refusesAll(tokens);
	}

	@Test
	void refusesAHeaderThatIsNotOurs() {
		Map<String, String> tokens = new LinkedHashMap<>();
		bringing(this.key.toPublicJWK())
			.forEach((name, value) -> tokens.put("brings " + name, this.real.header(name, value).signed(this.key)));
		for (Object kid : List.of("unknown", "", "../../keys.json", "' or 1=1 --", 5)) {
			tokens.put("kid " + kid, this.real.header("kid", kid).signed(this.key));
		}
		tokens.put("no kid", this.real.header("kid", null).signed(this.key));
		for (Object type : List.of("JWT", "dpop+jwt", "", "at jwt", 1)) {
			tokens.put("typ " + type, this.real.header("typ", type).signed(this.key));
		}
		tokens.put("no typ", this.real.header("typ", null).signed(this.key));
		refusesAll(tokens);
	}

	/** Headers that would choose a key or a rule for the gateway. */
	private static Map<String, Object> bringing(RSAKey key) {
		Map<String, Object> headers = new LinkedHashMap<>();
		headers.put("jwk", key.toJSONObject());
		headers.put("jku", "https://evil.example/jwks.json");
		headers.put("x5u", "https://evil.example/certificate.pem");
		headers.put("x5c", List.of(Base64.getEncoder().encodeToString(new byte[300])));
		headers.put("x5t#S256", "x".repeat(43));
		headers.put("crit", List.of("exp"));
		headers.put("b64", false);
		headers.put("cty", "JWT");
		headers.put("zip", "DEF");
		return headers;
	}

	@Test
	void refusesATokenForOthers() {
		Map<String, String> tokens = without("iss", "https://evil.example", "https://api.bramka.test/", 1, "");
		tokens.putAll(without("aud", "other", List.of(), List.of("other"), "Bramka", ""));
		tokens.putAll(without("client_id", "other", "", List.of("bramka-app")));
		refusesAll(tokens);
	}

	@Test
	void refusesATokenOfAnotherTime() {
		long now = Instant.now().getEpochSecond();
		// Within the minute that clocks of two systems may differ: ours is one system.
		Map<String, String> tokens = without("exp", now - 3600, now - 5, now, "tomorrow", 0, -1, false);
		for (Object notBefore : List.of(now + 3600, now + 30, "tomorrow")) {
			tokens.put("nbf " + notBefore, this.real.claim("nbf", notBefore).signed(this.key));
		}
		tokens.putAll(without("iat", "yesterday"));
		refusesAll(tokens);
	}

	@Test
	void refusesATokenThatDoesNotSayWhose() {
		Map<String, String> tokens = without("cnf", "none", Map.of(), Map.of("jkt", 5), Map.of("jkt", ""), List.of());
		tokens.putAll(without("sid", "", " ", 7, List.of("x")));
		tokens.putAll(without("customer", "", " ", Map.of()));
		tokens.putAll(without("acr", "", "PWD", "sms", 1));
		tokens.putAll(without("auth_time", "now", "", List.of(), true));
		for (Object terms : List.of("", " ", 5, List.of("2026-01"), Map.of(), true)) {
			tokens.put("terms " + terms, this.real.claim("terms", terms).signed(this.key));
		}
		tokens.putAll(without("jti"));
		tokens.putAll(without("sub"));
		refusesAll(tokens);
	}

	@Test
	void refusesATokenThatSaysAnythingTwice() {
		String header = this.real.headerJson();
		String claims = this.real.claimsJson();
		Map<String, String> tokens = new LinkedHashMap<>();
		tokens.put("alg", Forgery.signed(Forgery.twice(header, "\"alg\":\"PS256\""), claims, this.key));
		tokens.put("kid",
				Forgery.signed(Forgery.twice(header, "\"kid\":\"" + this.key.getKeyID() + "\""), claims, this.key));
		tokens.put("customer", Forgery.signed(header, Forgery.twice(claims, "\"customer\":\"1000000045\""), this.key));
		tokens.put("exp", Forgery.signed(header, Forgery.twice(claims, "\"exp\":9999999999"), this.key));
		String jkt = "\"jkt\":\"" + this.phone.key().thumbprint() + "\"";
		tokens.put("cnf.jkt", Forgery.signed(header, claims.replace(jkt, "\"jkt\":\"other\"," + jkt), this.key));
		refusesAll(tokens);
	}

	@Test
	void refusesATokenOfWhichAnythingIsChanged() {
		Map<String, String> tokens = new LinkedHashMap<>();
		int length = this.token.length();
		for (int at = 0; at < length; at += (at < length - 4) ? 37 : 1) {
			char other = (this.token.charAt(at) == 'A') ? 'B' : 'A';
			tokens.put("changed at " + at, this.token.substring(0, at) + other + this.token.substring(at + 1));
			tokens.put("cut at " + at, this.token.substring(0, Math.max(1, at)));
		}
		tokens.put("signature spelt otherwise", Forgery.respelt(this.token));
		tokens.put("padded", this.token + "==");
		tokens.put("a character more", this.token + "A");
		tokens.put("a character that is none of base64url", this.token + "!");
		refusesAll(tokens);
	}

	@Test
	void refusesWhatIsNoTokenAtAll() {
		Map<String, String> tokens = new LinkedHashMap<>();
		for (String text : List.of(".", "..", "...", "a.b.c", "null", "{}", "e30.e30.e30", "e30.e30.",
				this.token + ".x", "e30.e30.e30.e30.e30", "x".repeat(4096), "x".repeat(4097), "x".repeat(6000),
				"W10.W10.W10", Forgery.encode("{".repeat(2000).getBytes(StandardCharsets.US_ASCII)) + ".e30.e30",
				"e30." + "A".repeat(4000) + ".e30")) {
			tokens.put((text.length() > 30) ? text.length() + " characters" : text, text);
		}
		refusesAll(tokens);
	}

	@Test
	void refusesATokenOfAnotherDevice() throws IOException {
		HttpResponse<String> answer = show(DeviceKey.generate(), this.token);
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(Json.code(answer)).isEqualTo("invalid-proof");
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void doesNotShowACustomerToTheDeviceOfAnother() {
		Phone piotr = this.gateway.signedIn("piotr");
		this.gateway.rest();
		String his = Objects.requireNonNull(piotr.tokens().orElseThrow().accessToken());
		assertThat(Json.code(show(this.phone.key(), his))).isEqualTo("invalid-proof");
		assertThat(Json.code(show(piotr.key(), this.token))).isEqualTo("invalid-proof");
		assertThat(this.gateway.asked()).isEmpty();
	}

}
