package pl.bramka.gateway.biometric;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which keys may be enrolled, and by whom.
 */
@ExtendWith(RunningGateway.class)
class EnrolmentTest {

	private final TestGateway gateway;

	private Phone phone;

	private final Fingerprint finger = new Fingerprint(DeviceKey.generate());

	EnrolmentTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@BeforeEach
	void signIn() {
		this.phone = this.gateway.signedIn("maria");
	}

	private String challenge() throws IOException {
		return Fingerprint.value(Fingerprint.challenge(this.phone, "ENROLMENT"));
	}

	private String id() {
		return this.phone.deviceId().orElseThrow();
	}

	private HttpResponse<String> enrol(Map<String, Object> key, String challenge, String signature) throws IOException {
		return this.phone.send("PUT", Fingerprint.KEY,
				Json.text(Map.of("publicKey", key, "challenge", challenge, "signature", signature)));
	}

	private boolean hasKey() throws IOException {
		return Json.of(this.phone.get("/v1/devices"))
			.get("items")
			.valueStream()
			.filter((device) -> device.get("id").asString().equals(id()))
			.anyMatch((device) -> device.get("hasBiometricKey").asBoolean());
	}

	@Test
	void takesAKeyThatThePhoneShowsToHold() throws IOException {
		assertThat(hasKey()).isFalse();
		HttpResponse<String> answer = this.finger.enrol(this.phone);
		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(hasKey()).isTrue();
	}

	@Test
	void takesANewKeyInThePlaceOfTheOneBefore() throws IOException {
		assertThat(this.finger.enrol(this.phone).statusCode()).isEqualTo(204);
		Fingerprint next = new Fingerprint(DeviceKey.generate());
		assertThat(next.enrol(this.phone).statusCode()).isEqualTo(204);
		assertThat(Json.code(this.finger.signIn(this.phone))).isEqualTo("biometric-refused");
		assertThat(next.signIn(this.phone).statusCode()).isEqualTo(201);
	}

	@Test
	void takesNoOtherKey() throws IOException, JOSEException {
		Map<String, Object> good = this.finger.key().publicJwk();
		JsonNode whole = Json.of(this.finger.key().privateJwk());
		Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
		keys.put("with its private part", with(good, "d", whole.get("d").asString()));
		keys.put("with a name", with(good, "kid", "x"));
		keys.put("with an algorithm", with(good, "alg", "ES256"));
		keys.put("of another kind", with(good, "kty", "RSA"));
		keys.put("under another curve", with(good, "crv", "P-384"));
		keys.put("under a curve of coins", with(good, "crv", "secp256k1"));
		keys.put("under a lower-case curve", with(good, "crv", "p-256"));
		keys.put("on another curve", new ECKeyGenerator(Curve.P_384).generate().toPublicJWK().toJSONObject());
		keys.put("on the curve of coins",
				new ECKeyGenerator(Curve.SECP256K1).provider(new BouncyCastleProvider())
					.generate()
					.toPublicJWK()
					.toJSONObject());
		keys.put("not on its curve", with(good, "y", String.valueOf(good.get("x"))));
		keys.put("nowhere", with(with(good, "x", base64(new byte[32])), "y", base64(new byte[32])));
		keys.put("spelt longer", with(good, "x", "AA" + good.get("x")));
		keys.put("padded", with(good, "x", good.get("x") + "="));
		for (String member : List.of("kty", "crv", "x", "y")) {
			keys.put("without " + member, with(good, member, null));
		}
		keys.put("the device's own", this.phone.key().publicJwk());
		for (Map.Entry<String, Map<String, Object>> key : keys.entrySet()) {
			String challenge = challenge();
			Fingerprint signer = key.getKey().equals("the device's own") ? new Fingerprint(this.phone.key())
					: this.finger;
			HttpResponse<String> answer = enrol(key.getValue(), challenge,
					signer.signature("ENROLMENT", id(), challenge));
			assertThat(answer.statusCode()).as(key.getKey()).isEqualTo(400);
			assertThat(answer.body()).doesNotContain(whole.get("d").asString());
		}
		assertThat(hasKey()).isFalse();
	}

	@Test
	void takesNoKeyWithoutItsOwnSignatureOverAnOpenChallenge() throws IOException {
		Map<String, Object> key = this.finger.key().publicJwk();
		List<HttpResponse<String>> answers = new ArrayList<>();
		String of = base64(new byte[32]);
		answers.add(enrol(key, of, this.finger.signature("ENROLMENT", id(), of)));
		of = Fingerprint.value(Fingerprint.challenge(this.gateway.signedIn("maria"), "ENROLMENT"));
		answers.add(enrol(key, of, this.finger.signature("ENROLMENT", id(), of)));
		of = challenge();
		answers.add(enrol(key, of, new Fingerprint(this.phone.key()).signature("ENROLMENT", id(), of)));
		// The wrong signature has used it up.
		answers.add(enrol(key, of, this.finger.signature("ENROLMENT", id(), of)));
		of = challenge();
		answers.add(enrol(key, of, this.finger.signature("SIGN_IN", id(), of)));
		of = challenge();
		answers.add(enrol(key, of, this.finger.signature("ENROLMENT", "x", of)));
		of = challenge();
		answers.add(enrol(key, of, base64(new byte[64])));
		of = challenge();
		answers.add(enrol(key, of, base64(
				FingerprintTest.der(Base64.getUrlDecoder().decode(this.finger.signature("ENROLMENT", id(), of))))));
		assertThat(answers).allSatisfy((answer) -> Problems.assertProblem(answer, 400, "invalid-request"));
		assertThat(answers).extracting((answer) -> Json.of(answer).at("/errors/0/field").asString())
			.containsExactly("challenge", "challenge", "signature", "challenge", "signature", "signature", "signature",
					"signature");
		assertThat(hasKey()).isFalse();
		of = challenge();
		assertThat(enrol(key, of, this.finger.signature("ENROLMENT", id(), of)).statusCode()).isEqualTo(204);
		of = Fingerprint.value(Fingerprint.challenge(this.phone, "SIGN_IN"));
		Problems.assertProblem(enrol(key, of, this.finger.signature("ENROLMENT", id(), of)), 400, "invalid-request");
	}

	@Test
	void takesNoKeyWithoutASession() throws IOException {
		String challenge = challenge();
		String body = this.finger.enrolment(id(), challenge);
		this.phone.tokens(null);
		assertThat(Json.code(this.phone.send("PUT", Fingerprint.KEY, body))).isEqualTo("unauthenticated");
		assertThat(Json.code(this.phone.send("DELETE", Fingerprint.KEY, null))).isEqualTo("unauthenticated");
	}

	private static Map<String, Object> with(Map<String, Object> key, String member, @Nullable Object value) {
		Map<String, Object> changed = new LinkedHashMap<>(key);
		if (value != null) {
			changed.put(member, value);
		}
		else {
			changed.remove(member);
		}
		return changed;
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
