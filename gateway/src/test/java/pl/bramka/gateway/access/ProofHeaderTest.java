package pl.bramka.gateway.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Proof;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The header of a proof, and the headers that carry proofs and tokens.
 */
@ExtendWith(RunningGateway.class)
class ProofHeaderTest {

	private static final URI ADDRESS = URI.create(TestGateway.PUBLIC_URL + "/v1/sessions");

	private static final String BODY = "{\"email\":\"anna@example.com\",\"password\":\"Haslo-123!\"}";

	private final TestGateway gateway;

	private final DeviceKey key = DeviceKey.generate();

	ProofHeaderTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private Proof proof() {
		return this.key.buildProof("POST", ADDRESS, null);
	}

	private HttpResponse<String> show(String... proofs) {
		Call call = Call.of("POST", this.gateway.url(), "/v1/sessions", BodyPublishers.ofString(BODY))
			.header("Content-Type", "application/json");
		for (String proof : proofs) {
			call.header("DPoP", proof);
		}
		return answer(call);
	}

	private static HttpResponse<String> answer(Call call) {
		try {
			return call.send();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void refusesAll(Map<String, String> proofs) {
		assertThat(proofs).allSatisfy((what, proof) -> {
			HttpResponse<String> answer = show(proof);
			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(Json.code(answer)).isEqualTo("invalid-proof");
		});
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void refusesAnotherType() {
		Map<String, String> proofs = new LinkedHashMap<>();
		for (Object type : List.of("JWT", "at+jwt", "dpop", "application/jwt", "", 1)) {
			proofs.put("typ " + type, proof().header("typ", type).sign());
		}
		proofs.put("no typ", proof().header("typ", null).sign());
		refusesAll(proofs);
	}

	@Test
	void refusesAHeaderThatChoosesAKeyOrARule() {
		Map<String, Object> headers = new LinkedHashMap<>();
		headers.put("kid", "1");
		headers.put("jku", "https://evil.example/jwks.json");
		headers.put("x5u", "https://evil.example/certificate.pem");
		headers.put("x5c", List.of("AAAA"));
		headers.put("x5t", "AAAA");
		headers.put("x5t#S256", "AAAA");
		headers.put("crit", List.of("b64"));
		headers.put("b64", true);
		headers.put("cty", "JWT");
		headers.put("zip", "DEF");
		headers.put("nonce", "1");
		Map<String, String> proofs = new LinkedHashMap<>();
		headers.forEach((name, value) -> proofs.put(name, proof().header(name, value).sign()));
		proofs.put("crit and b64", proof().header("crit", List.of("b64")).header("b64", false).sign());
		refusesAll(proofs);
	}

	@Test
	void refusesAKeyThatIsNotTheSigners() throws ParseException {
		Map<String, Object> good = this.key.publicJwk();
		Map<String, String> proofs = new LinkedHashMap<>();
		proofs.put("of another device", proof().signedBy(DeviceKey.generate()).sign());
		proofs.put("private", proof().header("jwk", ECKey.parse(this.key.privateJwk()).toJSONObject()).sign());
		proofs.put("none", proof().header("jwk", null).sign());
		for (Object other : List.of("key", 1, List.of(good), Map.of(), Map.of("kty", "EC"),
				Map.of("kty", "oct", "k", "AAAA"), Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB"))) {
			proofs.put("jwk " + other, proof().header("jwk", other).sign());
		}
		good.forEach((member, value) -> {
			Map<String, Object> less = new LinkedHashMap<>(good);
			less.remove(member);
			proofs.put("without " + member, proof().header("jwk", less).sign());
			for (Object nonsense : List.of("", "AAAA", "P-384", "secp256k1", 5)) {
				Map<String, Object> other = new LinkedHashMap<>(good);
				other.put(member, nonsense);
				proofs.put(member + " " + nonsense, proof().header("jwk", other).sign());
			}
		});
		refusesAll(proofs);
	}

	@Test
	void refusesAProofThatSaysAnythingTwice() {
		Forgery good = Forgery.of(proof().sign());
		Map<String, String> proofs = new LinkedHashMap<>();
		proofs.put("alg", signed(Forgery.twice(good.headerJson(), "\"alg\":\"ES256\""), good.claimsJson()));
		proofs.put("typ", signed(Forgery.twice(good.headerJson(), "\"typ\":\"dpop+jwt\""), good.claimsJson()));
		proofs.put("jwk.kty", signed(good.headerJson().replace("\"kty\":\"EC\"", "\"kty\":\"EC\",\"kty\":\"EC\""),
				good.claimsJson()));
		proofs.put("htm", signed(good.headerJson(), Forgery.twice(good.claimsJson(), "\"htm\":\"POST\"")));
		proofs.put("jti", signed(good.headerJson(), Forgery.twice(good.claimsJson(), "\"jti\":\"another\"")));
		refusesAll(proofs);
		assertThat(show(signed(good.headerJson(), good.claimsJson())).statusCode()).isEqualTo(201);
	}

	@Test
	void refusesWhatIsNoProofAtAll() {
		Map<String, String> proofs = new LinkedHashMap<>();
		String deep = "[".repeat(700) + "]".repeat(700);
		for (String text : List.of("x", ".", "..", "...", "e30.e30.e30", "null", "a.b.c",
				proof().sign() + ", " + proof().sign(), proof().claim("padding", "x".repeat(2000)).sign(),
				proof().claim("padding", "x".repeat(4000)).sign(),
				signed("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + deep + "}", "{}"), signed("[]", "[]"),
				signed("null", "null"), signed(Forgery.of(proof().sign()).headerJson(), "not json"))) {
			proofs.put((text.length() > 40) ? text.length() + " characters " + proofs.size() : text, text);
		}
		refusesAll(proofs);
	}

	@Test
	void refusesNothingWhereSomethingIsExpected() {
		Map<String, String> proofs = new LinkedHashMap<>();
		Forgery good = Forgery.of(proof().sign());
		for (String member : List.of("typ", "alg", "jwk", "kty", "crv", "x", "y")) {
			proofs.put(member, signed(nothing(good.headerJson(), member), good.claimsJson()));
		}
		for (String member : List.of("jti", "htm", "htu", "iat")) {
			proofs.put(member, signed(good.headerJson(), nothing(good.claimsJson(), member)));
		}
		refusesAll(proofs);
	}

	private static String nothing(String json, String member) {
		return json.replaceFirst('"' + member + "\":(\\{[^}]*}|\"[^\"]*\"|[0-9]+)", '"' + member + "\":null");
	}

	@Test
	void refusesNoProofAndTwoProofs() {
		assertThat(Json.code(show())).isEqualTo("invalid-proof");
		assertThat(Json.code(show(proof().sign(), proof().sign()))).isEqualTo("invalid-proof");
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void takesATokenWithOneHeaderOfTheRightSchemeOnly() {
		Phone phone = this.gateway.signedIn("anna");
		this.gateway.rest();
		String token = phone.tokens().orElseThrow().accessToken();
		assertThat(List.of("Bearer " + token, "Basic " + token, token, "DPoP", "DPoP  ", "DPoP" + token,
				"DPoP\t" + token, "DPoP " + token + " " + token, "DPoP " + token + ", DPoP " + token))
			.allSatisfy((header) -> assertThat(called(phone, header).statusCode()).isEqualTo(401));
		assertThat(called(phone, "DPoP " + token, "DPoP " + token).statusCode()).isEqualTo(401);
		assertThat(called(phone, "Bearer " + token, "DPoP " + token).statusCode()).isEqualTo(401);
		assertThat(called(phone, "DPoP " + token, "Bearer " + token).statusCode()).isEqualTo(401);
		assertThat(called(phone).statusCode()).isEqualTo(401);
		assertThat(this.gateway.asked()).isEmpty();
		assertThat(called(phone, "dpop " + token).statusCode()).isEqualTo(200);
	}

	@Test
	void takesATokenWithOneProofOnly() {
		Phone phone = this.gateway.signedIn("anna");
		this.gateway.rest();
		Call call = invoices().header("Authorization", "DPoP " + phone.tokens().orElseThrow().accessToken());
		assertThat(Json.code(answer(call))).isEqualTo("invalid-proof");
		assertThat(Json.code(answer(call.header("DPoP", proofOf(phone)).header("DPoP", proofOf(phone)))))
			.isEqualTo("invalid-proof");
		assertThat(this.gateway.asked()).isEmpty();
	}

	private Call invoices() {
		return Call.get(this.gateway.url(), "/v1/invoices").header("Cache-Control", "no-cache");
	}

	private HttpResponse<String> called(Phone phone, String... authorizations) {
		Call call = invoices().header("DPoP", proofOf(phone));
		for (String authorization : authorizations) {
			call.header("Authorization", authorization);
		}
		return answer(call);
	}

	private static String proofOf(Phone phone) {
		return phone.key()
			.proof("GET", URI.create(TestGateway.PUBLIC_URL + "/v1/invoices"),
					phone.tokens().orElseThrow().accessToken());
	}

	private String signed(String header, String claims) {
		String input = Forgery.input(header, claims);
		return input + '.' + Forgery.encode(this.key.sign(input.getBytes(StandardCharsets.US_ASCII)));
	}

}
