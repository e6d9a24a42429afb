package pl.bramka.gateway.pin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever has the database, with and without the pepper, and what becomes of PINs when
 * the pepper changes. Hashes are cheap here, so that all PINs can be tried.
 */
class PinDumpTest {

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.pin.memory=64KB", "bramka.pin.iterations=1");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static Map<String, Object> row(String deviceId) {
		return gateway.bean(DatabaseClient.class)
			.sql("select * from pin where device_id = :device")
			.bind("device", deviceId)
			.fetch()
			.one()
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
	}

	/** The PINs whose hash it is, if this is what was hashed. */
	private static List<String> cracked(String hash, UnaryOperator<String> mixed) {
		Argon2PasswordEncoder argon = new Argon2PasswordEncoder(16, 32, 1, 64, 1);
		return IntStream.range(0, 10_000)
			.parallel()
			.mapToObj("%04d"::formatted)
			.filter((pin) -> argon.matches(mixed.apply(pin), hash))
			.toList();
	}

	private static Path keyFile() {
		return gateway.config().resolveSibling("keys.json");
	}

	private static List<JWK> keys() throws IOException, ParseException {
		return new ArrayList<>(JWKSet.load(keyFile().toFile()).getKeys());
	}

	private static boolean isPepper(JWK key) {
		return key.getKeyOperations() != null && key.getKeyOperations().contains(KeyOperation.DERIVE_BITS);
	}

	private static void restartWith(List<JWK> keys) throws IOException {
		Files.writeString(keyFile(), new JWKSet(keys).toString(false));
		gateway.restart();
	}

	private static String hmac(OctetSequenceKey pepper, String text) {
		try {
			return new MACSigner(pepper).sign(new JWSHeader(JWSAlgorithm.HS256), text.getBytes(StandardCharsets.UTF_8))
				.toString();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void saysNothingWithoutThePepperAndEverythingWithIt() throws Exception {
		PinPhone phone = PinPhone.of(gateway, "anna");
		Map<String, Object> row = row(phone.deviceId());
		String device = phone.deviceId();
		assertThat(row.values()).filteredOn((value) -> !device.equals(value))
			.allSatisfy((value) -> assertThat(String.valueOf(value))
				.doesNotContainPattern(PinPhone.alone(List.of(PinPhone.PIN))));
		String hash = String.valueOf(row.get("hash"));
		assertThat(hash).startsWith("$argon2id$");
		assertThat(cracked(hash, (pin) -> pin)).isEmpty();
		assertThat(cracked(hash, (pin) -> device + '|' + pin)).isEmpty();
		OctetSequenceKey pepper = keys().stream()
			.filter(PinDumpTest::isPepper)
			.findFirst()
			.orElseThrow()
			.toOctetSequenceKey();
		assertThat(pepper.getKeyID()).isEqualTo(row.get("pepper"));
		assertThat(cracked(hash, (pin) -> hmac(pepper, device + '|' + pin))).containsExactly(PinPhone.PIN);
	}

	@Test
	void isHashedAnewWithTheNewPepperAndWorthNothingWhenItsPepperIsGone() throws Exception {
		PinPhone phone = PinPhone.of(gateway, "jan");
		PinPhone late = PinPhone.of(gateway, "maria");
		Object old = row(phone.deviceId()).get("pepper");
		JWK fresh = new OctetSequenceKeyGenerator(256).keyOperations(Set.of(KeyOperation.DERIVE_BITS))
			.keyID("local-new-pepper")
			.generate();
		List<JWK> both = keys();
		both.addFirst(fresh);
		restartWith(both);
		assertThat(phone.at(gateway).guess(PinPhone.PIN).statusCode()).isEqualTo(201);
		assertThat(row(phone.deviceId()).get("pepper")).isEqualTo("local-new-pepper");
		assertThat(row(late.deviceId()).get("pepper")).isEqualTo(old);
		both.removeIf((key) -> isPepper(key) && !key.equals(fresh));
		restartWith(both);
		assertThat(phone.at(gateway).guess(PinPhone.PIN).statusCode()).isEqualTo(201);
		for (int i = 0; i < 7; i++) {
			Problems.assertProblem(late.at(gateway).guess(PinPhone.PIN), 401, "pin-refused");
		}
		assertThat(row(late.deviceId()).get("tries")).isEqualTo(0);
		PinPhone again = late.at(gateway);
		assertThat(again.phone().signIn("maria@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		assertThat(again.withPin("7391").guess("7391").statusCode()).isEqualTo(201);
	}

}
