package pl.bramka.gateway.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Proof;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether a device key signed a proof. Asked at sign-in, where nothing else protects the
 * identity provider from strangers.
 */
@ExtendWith(RunningGateway.class)
class ProofSignatureTest {

	/** The order of P-256 (SEC 2, section 2.4.2). */
	private static final BigInteger ORDER = Curve.P_256.toECParameterSpec().getOrder();

	private static final URI ADDRESS = URI.create(TestGateway.PUBLIC_URL + "/v1/sessions");

	private final TestGateway gateway;

	private final DeviceKey key = DeviceKey.generate();

	ProofSignatureTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private Proof proof() {
		return this.key.buildProof("POST", ADDRESS, null);
	}

	private HttpResponse<String> show(String proof) {
		try {
			return this.gateway.phone()
				.send("POST", "/v1/sessions", "{\"email\":\"anna@example.com\",\"password\":\"Haslo-123!\"}", "DPoP",
						proof);
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

	private static byte[] signature(String proof) {
		return Base64.getUrlDecoder().decode(proof.substring(proof.lastIndexOf('.') + 1));
	}

	private static String withSignature(String proof, byte[] signature) {
		return proof.substring(0, proof.lastIndexOf('.') + 1) + Forgery.encode(signature);
	}

	@Test
	void takesAGoodProof() {
		assertThat(show(proof().sign()).statusCode()).isEqualTo(201);
		assertThat(show(proof().header("typ", "dpop+jwt").sign()).statusCode()).isEqualTo(201);
	}

	@Test
	void takesTheOtherGoodSignatureOfTheSameKey() {
		String proof = proof().sign();
		byte[] signature = signature(proof);
		BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
		System.arraycopy(bytes(ORDER.subtract(s)), 0, signature, 32, 32);
		assertThat(show(withSignature(proof, signature)).statusCode()).isEqualTo(201);
	}

	@Test
	void refusesSignaturesThatFitEveryKey() {
		String proof = proof().sign();
		byte[] good = signature(proof);
		byte[] r = Arrays.copyOfRange(good, 0, 32);
		byte[] s = Arrays.copyOfRange(good, 32, 64);
		byte[] zero = new byte[32];
		byte[] order = bytes(ORDER);
		Map<String, String> proofs = new LinkedHashMap<>();
		proofs.put("r and s zero", withSignature(proof, joined(zero, zero)));
		proofs.put("r zero", withSignature(proof, joined(zero, s)));
		proofs.put("s zero", withSignature(proof, joined(r, zero)));
		proofs.put("r and s the order", withSignature(proof, joined(order, order)));
		proofs.put("s the order", withSignature(proof, joined(r, order)));
		proofs.put("r and s one", withSignature(proof, joined(bytes(BigInteger.ONE), bytes(BigInteger.ONE))));
		proofs.put("all bits", withSignature(proof, joined(bytes(ORDER).clone(), filled())));
		proofs.put("r and s exchanged", withSignature(proof, joined(s, r)));
		refusesAll(proofs);
	}

	@Test
	void refusesAnotherFormOfAGoodSignature() throws GeneralSecurityException, JOSEException, ParseException {
		String proof = proof().sign();
		byte[] good = signature(proof);
		Map<String, String> proofs = new LinkedHashMap<>();
		proofs.put("DER", withSignature(proof, der(proof)));
		proofs.put("a byte more", withSignature(proof, Arrays.copyOf(good, 65)));
		proofs.put("a byte less", withSignature(proof, Arrays.copyOf(good, 63)));
		proofs.put("half", withSignature(proof, Arrays.copyOf(good, 32)));
		proofs.put("r and s longer", withSignature(proof,
				joined(new byte[1], Arrays.copyOfRange(good, 0, 32), new byte[1], Arrays.copyOfRange(good, 32, 64))));
		proofs.put("none", proof.substring(0, proof.lastIndexOf('.') + 1));
		proofs.put("no third part", proof.substring(0, proof.lastIndexOf('.')));
		proofs.put("a fourth part", proof + ".e30");
		proofs.put("spelt otherwise", Forgery.respelt(proof));
		proofs.put("padded", proof + "==");
		proofs.put("with a character that is none of base64url", proof + "!");
		proofs.put("with a line break", proof.replaceFirst("\\.", "%0A."));
		proofs.put("in plain base64", proof.replace('-', '+').replace('_', '/') + "=");
		refusesAll(proofs);
	}

	@Test
	void refusesAnotherAlgorithm() throws GeneralSecurityException, JOSEException, ParseException {
		Map<String, String> proofs = new LinkedHashMap<>();
		String good = proof().sign();
		for (String none : List.of("none", "None", "NONE", "nOnE", "noNe")) {
			String unsigned = proof().header("alg", none).sign();
			proofs.put(none + " with a signature", unsigned);
			proofs.put(none, unsigned.substring(0, unsigned.lastIndexOf('.') + 1));
		}
		for (Object name : List.of("es256", "ES384", "ES256K", "HS256", "RS256", "EdDSA", "", 256, List.of("ES256"))) {
			proofs.put("ES256 signature under " + name, proof().header("alg", name).sign());
		}
		proofs.put("no alg", proof().header("alg", null).sign());
		byte[] publicKey = ECKey.parse(this.key.publicJwk()).toECPublicKey().getEncoded();
		proofs.put("HS256 with the public key",
				Forgery.of(good).header("alg", "HS256").sealed(publicKey, "HmacSHA256"));
		RSAKey rsa = new RSAKeyGenerator(2048).generate();
		Forgery ofRsa = Forgery.of(good).header("jwk", rsa.toPublicJWK().toJSONObject());
		proofs.put("RS256", ofRsa.header("alg", "RS256").signed(rsa, "SHA256withRSA"));
		proofs.put("PS256", ofRsa.header("alg", "PS256").signed(rsa));
		proofs.put("RSA key under ES256", ofRsa.signed(rsa, "SHA256withRSA"));
		proofs.put("ES384", onCurve(Curve.P_384, "ES384", "SHA384withECDSAinP1363Format"));
		proofs.put("ES512", onCurve(Curve.P_521, "ES512", "SHA512withECDSAinP1363Format"));
		proofs.put("P-384 under ES256", onCurve(Curve.P_384, "ES256", "SHA256withECDSAinP1363Format"));
		refusesAll(proofs);
	}

	private String onCurve(Curve curve, String algorithm, String name) throws GeneralSecurityException, JOSEException {
		ECKey other = new ECKeyGenerator(curve).generate();
		Forgery forgery = Forgery.of(proof().sign())
			.header("alg", algorithm)
			.header("jwk", other.toPublicJWK().toJSONObject());
		String input = Forgery.input(forgery.headerJson(), forgery.claimsJson());
		return input + '.' + Forgery.encode(signed(input, other.toECPrivateKey(), name));
	}

	private static byte[] signed(String input, PrivateKey key, String algorithm) throws GeneralSecurityException {
		Signature signature = Signature.getInstance(algorithm);
		signature.initSign(key);
		signature.update(input.getBytes(StandardCharsets.US_ASCII));
		return signature.sign();
	}

	private byte[] der(String proof) throws GeneralSecurityException, JOSEException, ParseException {
		return signed(proof.substring(0, proof.lastIndexOf('.')), ECKey.parse(this.key.privateJwk()).toECPrivateKey(),
				"SHA256withECDSA");
	}

	private static byte[] bytes(BigInteger number) {
		byte[] bytes = new byte[32];
		byte[] digits = number.toByteArray();
		int from = Math.max(0, digits.length - 32);
		System.arraycopy(digits, from, bytes, 32 - (digits.length - from), digits.length - from);
		return bytes;
	}

	private static byte[] filled() {
		byte[] bytes = new byte[32];
		Arrays.fill(bytes, (byte) 0xFF);
		return bytes;
	}

	private static byte[] joined(byte[]... parts) {
		byte[] all = new byte[Arrays.stream(parts).mapToInt((part) -> part.length).sum()];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, all, at, part.length);
			at += part.length;
		}
		return all;
	}

}
