package pl.bramka.gateway.keys;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changing each kind of key while customers have sessions, PINs and what is sealed for
 * them: a new key in front of the old one, and later the old one gone.
 */
class KeyRotationTest {

	private static final String PIN = "4826";

	private TestGateway gateway;

	@BeforeEach
	void start() {
		this.gateway = TestGateway.start();
	}

	@AfterEach
	void stop() {
		this.gateway.close();
	}

	private Path file() {
		return this.gateway.config().resolveSibling("keys.json");
	}

	private List<JWK> keys() throws IOException, ParseException {
		return JWKSet.load(this.file().toFile()).getKeys();
	}

	private void restartWith(Stream<JWK> keys) throws IOException {
		Files.writeString(file(), new JWKSet(keys.toList()).toString(false));
		this.gateway.restart();
	}

	private void putInFront(JWK key) throws IOException, ParseException {
		restartWith(Stream.concat(Stream.of(key), keys().stream()));
	}

	private void takeAway(String name) throws IOException, ParseException {
		restartWith(keys().stream().filter((key) -> !key.getKeyID().equals(name)));
	}

	private String nameOf(Predicate<JWK> kind) throws IOException, ParseException {
		return keys().stream().filter(kind).findFirst().orElseThrow().getKeyID();
	}

	private static Predicate<JWK> does(KeyOperation operation) {
		return (key) -> key.getKeyOperations() != null && key.getKeyOperations().contains(operation);
	}

	private static JWK secret(KeyOperation operation) throws JOSEException {
		return new OctetSequenceKeyGenerator(256).keyOperations(Set.of(operation))
			.keyID(UUID.randomUUID().toString())
			.generate();
	}

	private static String signer(Phone phone) throws ParseException {
		return SignedJWT.parse(phone.tokens().map(Tokens::accessToken).orElseThrow()).getHeader().getKeyID();
	}

	/** A phone on which anna has set a PIN. */
	private Phone withPin() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		assertThat(phone.send("PUT", "/v1/devices/current/pin", "{\"pin\":\"" + PIN + "\"}").statusCode())
			.isEqualTo(204);
		return phone;
	}

	/** The same phone after a restart, when the gateway listens elsewhere. */
	private HttpResponse<String> signInWithPin(Phone phone) throws IOException {
		String device = phone.tokens().orElseThrow().deviceId();
		return this.gateway.movedHere(phone)
			.send("POST", "/v1/sessions/pin", "{\"deviceId\":\"" + device + "\",\"pin\":\"" + PIN + "\"}");
	}

	@Test
	void ofSigningKeepsTheTokensOfTheOldKeyUntilItIsGone() throws Exception {
		Phone phone = this.gateway.signedIn("anna");
		String old = nameOf((key) -> key.getKeyType().equals(KeyType.RSA));
		assertThat(signer(phone)).isEqualTo(old);
		JWK next = new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE)
			.algorithm(JWSAlgorithm.PS256)
			.keyID(UUID.randomUUID().toString())
			.generate();
		putInFront(next);
		Phone moved = this.gateway.movedHere(phone);
		assertThat(moved.get("/v1/sessions").statusCode()).isEqualTo(200);
		assertThat(moved.get("/.well-known/jwks.json").body()).contains(old, next.getKeyID());
		Tokens before = moved.tokens().orElseThrow();
		assertThat(moved.refresh().statusCode()).isEqualTo(200);
		assertThat(signer(moved)).isEqualTo(next.getKeyID());
		takeAway(old);
		Phone after = this.gateway.movedHere(moved);
		assertThat(after.get("/v1/sessions").statusCode()).isEqualTo(200);
		Problems.assertProblem(after.tokens(before).get("/v1/sessions"), 401, "invalid-token");
	}

	@Test
	void ofSealingMovesWhatIsUsedMeanwhileAndAsksTheOthersForThePassword() throws Exception {
		Phone used = withPin();
		Phone idle = withPin();
		String old = nameOf(does(KeyOperation.ENCRYPT));
		putInFront(secret(KeyOperation.ENCRYPT));
		assertThat(signInWithPin(used).statusCode()).isEqualTo(201);
		takeAway(old);
		assertThat(signInWithPin(used).statusCode()).isEqualTo(201);
		Problems.assertProblem(signInWithPin(idle), 401, "password-required");
		Phone again = this.gateway.movedHere(idle);
		assertThat(again.signIn("anna@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		assertThat(signInWithPin(again).statusCode()).isEqualTo(201);
	}

	@Test
	void ofPeppersMovesThePinsThatAreUsedMeanwhileAndForgetsTheOthers() throws Exception {
		Phone used = withPin();
		Phone idle = withPin();
		String old = nameOf(does(KeyOperation.DERIVE_BITS));
		putInFront(secret(KeyOperation.DERIVE_BITS));
		assertThat(signInWithPin(used).statusCode()).isEqualTo(201);
		takeAway(old);
		assertThat(signInWithPin(used).statusCode()).isEqualTo(201);
		Problems.assertProblem(signInWithPin(idle), 401, "pin-refused");
		Phone again = this.gateway.movedHere(idle);
		HttpResponse<String> signedIn = again.signIn("anna@example.com", "Haslo-123!");
		assertThat(signedIn.statusCode()).isEqualTo(201);
		assertThat(Json.of(signedIn).get("next").asString()).isEqualTo("SET_PIN");
		assertThat(again.send("PUT", "/v1/devices/current/pin", "{\"pin\":\"" + PIN + "\"}").statusCode())
			.isEqualTo(204);
		assertThat(signInWithPin(again).statusCode()).isEqualTo(201);
	}

}
