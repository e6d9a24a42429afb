package pl.bramka.gateway.keys;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SealTests {

	@TempDir
	private Path folder;

	private Seal seal;

	@BeforeEach
	void makeKeys() throws Exception {
		Path file = this.folder.resolve("keys.json");
		KeyFile.make(file);
		this.seal = new Seal(new GatewayKeys(new KeysProperties(file, null, false, false)));
	}

	@Test
	void opensWhatItClosedForTheSamePurposeOnly() {
		String stored = this.seal.close("secret");
		String quote = this.seal.closeAs("quote", "secret");
		String link = this.seal.closeAs("link", "secret");
		assertThat(this.seal.open(stored)).isEqualTo("secret");
		assertThat(this.seal.openAs("quote", quote)).isEqualTo("secret");
		assertThat(quote).isNotEqualTo(this.seal.closeAs("quote", "secret"));
		for (String other : new String[] { stored, link }) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.seal.openAs("quote", other));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.seal.open(quote));
	}

	@Test
	void opensNothingWhosePurposeWasWrittenOver() {
		String stored = this.seal.close("secret");
		String quote = this.seal.closeAs("quote", "secret");
		String header = quote.substring(0, quote.indexOf('.'));
		String forged = header + stored.substring(stored.indexOf('.'));
		assertThatIllegalArgumentException().isThrownBy(() -> this.seal.openAs("quote", forged));
	}

	/** Also where a letter has bits that say nothing: at the end of each part. */
	@Test
	void opensNothingOfWhichALetterIsAnother() {
		for (String secret : new String[] { "secret", "secret1", "secret12" }) {
			String sealed = this.seal.close(secret);
			for (int i = 0; i < sealed.length(); i++) {
				for (char other : new char[] { 'A', 'B', 'Q', 'g', 'w', '_' }) {
					if (sealed.charAt(i) != other) {
						String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
						assertThatIllegalArgumentException().as(changed).isThrownBy(() -> this.seal.open(changed));
					}
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "....", "e30....", "eyJhbGciOiJkaXIifQ....", "eyJhbGciOiJub25lIn0....",
			"eyJhbGciOiJub25lIn0.e30.", "bnVsbA....", "null", "{}" })
	void refusesWhatIsNotSealed(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.seal.open(text));
		assertThatIllegalArgumentException().isThrownBy(() -> this.seal.openAs("quote", text));
		assertThatIllegalArgumentException().isThrownBy(() -> Seal.openFor(text, new byte[32]));
	}

}
