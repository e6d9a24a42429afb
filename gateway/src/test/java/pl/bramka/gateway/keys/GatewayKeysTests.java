package pl.bramka.gateway.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Which keys a gateway starts with. */
class GatewayKeysTests {

	@TempDir
	private Path folder;

	private Path file;

	@BeforeEach
	void choose() {
		this.file = this.folder.resolve("new/keys.json");
	}

	private static GatewayKeys of(JWKSet set, boolean acceptLocal) {
		return new GatewayKeys(new KeysProperties(null, set.toString(false), false, acceptLocal));
	}

	private JWKSet made() throws Exception {
		KeyFile.make(this.file);
		return JWKSet.load(this.file.toFile());
	}

	private static JWKSet without(JWKSet set, JWK key) {
		return new JWKSet(set.getKeys().stream().filter((each) -> !each.equals(key)).toList());
	}

	private static JWKSet with(JWKSet set, JWK key) {
		return new JWKSet(Stream.concat(Stream.of(key), set.getKeys().stream()).toList());
	}

	private static JWK secret(int bits, String name, KeyOperation operation) throws JOSEException {
		return new OctetSequenceKeyGenerator(bits).keyID(name).keyOperations(Set.of(operation)).generate();
	}

	@Test
	void areMadeForOneOwnerOnlyAndNeverOverOthers() throws Exception {
		KeyFile.make(this.file);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-------");
		String before = Files.readString(this.file);
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> KeyFile.make(this.file));
		assertThat(Files.readString(this.file)).isEqualTo(before);
	}

	@Test
	void comeFromAFileOrFromTheEnvironmentAlike() throws Exception {
		JWKSet set = made();
		GatewayKeys fromFile = new GatewayKeys(new KeysProperties(this.file, null, false, false));
		assertThat(fromFile.signingKey()).isEqualTo(of(set, false).signingKey());
		assertThat(fromFile.peppers()).isEqualTo(of(set, false).peppers());
		assertThat(fromFile.verificationKeys()).noneMatch(RSAKey::isPrivate);
	}

	@Test
	void thatAGatewayMadeForItselfStartNoOtherEnvironment() {
		GatewayKeys local = new GatewayKeys(new KeysProperties(this.file, null, true, true));
		assertThat(local.signingKey().getKeyID()).startsWith("local-");
		assertThatIllegalStateException()
			.isThrownBy(() -> new GatewayKeys(new KeysProperties(this.file, null, false, false)))
			.withMessageContaining(local.signingKey().getKeyID())
			.withMessageNotContaining(local.peppers().getFirst().getKeyValue().toString());
	}

	@Test
	void areNotMadeUnlessToldSo() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> new GatewayKeys(new KeysProperties(this.file, null, false, true)));
		assertThat(this.file).doesNotExist();
	}

	@Test
	void areThereOfEachKind() throws Exception {
		JWKSet set = made();
		for (JWK key : set.getKeys()) {
			assertThatIllegalStateException().as(key.getKeyID()).isThrownBy(() -> of(without(set, key), false));
		}
	}

	@Test
	void ofOneNameAreRefused() throws Exception {
		JWKSet set = made();
		JWK again = secret(256, set.getKeys().getFirst().getKeyID(), KeyOperation.ENCRYPT);
		assertThatIllegalStateException().isThrownBy(() -> of(with(set, again), false)).withMessageContaining("kid");
	}

	@Test
	void thatAreShortAreNone() throws Exception {
		JWKSet set = made();
		GatewayKeys keys = of(with(set, secret(128, "short", KeyOperation.ENCRYPT)), false);
		assertThat(keys.sealingKeys()).extracting(OctetSequenceKey::getKeyID).hasSize(1).doesNotContain("short");
	}

	@Test
	void forPseudonymsAreOne() throws Exception {
		JWKSet set = made();
		JWK second = secret(256, "second", KeyOperation.SIGN);
		assertThatIllegalStateException().isThrownBy(() -> of(with(set, second), false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret-in-the-text", "{", "[]", "{\"keys\":[{\"kty\":\"oct\",\"k\":1}]}" })
	void thatCannotBeReadAreNotQuoted(String text) throws IOException {
		Path bad = Files.writeString(this.folder.resolve("bad.json"), text);
		List<KeysProperties> ways = List.of(new KeysProperties(bad, null, false, false),
				new KeysProperties(null, text, false, false));
		for (KeysProperties way : ways) {
			assertThatIllegalStateException().isThrownBy(() -> new GatewayKeys(way))
				.withMessage("bramka.keys is no JWK Set")
				.withNoCause();
			assertThat(way.toString()).doesNotContain(text);
		}
	}

	@Test
	void areAtOnePlace() {
		assertThat(new KeysProperties(null, null, false, false).isOnePlace()).isFalse();
		assertThat(new KeysProperties(this.file, "{}", false, false).isOnePlace()).isFalse();
		assertThat(new KeysProperties(this.file, null, false, false).isOnePlace()).isTrue();
		assertThat(new KeysProperties(null, "{}", false, false).isOnePlace()).isTrue();
	}

	@Test
	void mixedWithATextGiveTheSameAlwaysAndOthersOthers() throws Exception {
		JWKSet set = made();
		Peppers before = new Peppers(of(set, false));
		String name = before.current();
		String mixed = before.mix(name, "a").orElseThrow();
		assertThat(before.mix(name, "a")).contains(mixed);
		assertThat(before.mix(name, "b").orElseThrow()).isNotEqualTo(mixed);
		Peppers after = new Peppers(of(with(set, secret(256, "next", KeyOperation.DERIVE_BITS)), false));
		assertThat(after.current()).isEqualTo("next");
		assertThat(after.mix(name, "a")).contains(mixed);
		assertThat(after.mix("next", "a").orElseThrow()).isNotEqualTo(mixed);
		assertThat(after.mix("gone", "a")).isEmpty();
	}

}
