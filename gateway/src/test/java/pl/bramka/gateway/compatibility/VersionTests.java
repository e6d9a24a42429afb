package pl.bramka.gateway.compatibility;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VersionTests {

	@ParameterizedTest
	@CsvSource({ "3.9.9, 3.10.0", "3.4, 3.4.1", "3.4.0.1, 3.4.0.2", "2.999999, 3", "9, 10", "0, 0.0.0.1", "4.4.4, 5",
			"10.3.4, 11", "3.4.0-beta.1, 3.4.1-alpha", "999999.999999.999999.999998, 999999.999999.999999.999999" })
	void areComparedNumberByNumber(String lower, String higher) {
		assertThat(read(lower)).isLessThan(read(higher));
		assertThat(read(higher)).isGreaterThan(read(lower));
	}

	@ParameterizedTest
	@CsvSource({ "3.4, 3.4.0", "3, 3.0.0.0", "03.04, 3.4", "3.4.0-beta.1, 3.4", "3.4.0+2811, 3.4", "3.4-rc.1+7, 3.4" })
	void areTheSame(String one, String other) {
		assertThat(read(one)).isEqualTo(read(other)).isEqualByComparingTo(read(other));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", ".", "..", "3.", ".3", "3..4", "3.4.", "3.4.1.2.5", "1234567", "3.1234567", "-1",
			"+1", "-", "3-", "3.4+", "3.4-ä", "3.4-a b", "3.4-12345678901234567890123456789012X", "3.4_1", "3,4",
			"v3.4", "3.4 ", " 3.4", "3.x", "3.4.1, 3.4.2", "0x3", "1e3", "३.४", "٣.٤", "３.４", "³.⁴", "3\u00004",
			"3.4\u2028", "99999999999999999999999999", "2147483648", "NaN", "${jndi:ldap://x}", "\ud835\udfd1.4" })
	void areNoneIfTheyAreMoreThanNumbersAndDots(String text) {
		assertThat(Version.read(text)).isNull();
	}

	@Test
	void areNoneIfTheyAreLong() {
		for (String part : new String[] { "3", ".", "3.", "9", "-", "3.4-", "٣" }) {
			assertThat(Version.read(part.repeat(4096))).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "3.4.1, 3.4", "3.10, 3.10", "7, 7.0", "3.4.0-beta, 3.4" })
	void haveALine(String version, String line) {
		assertThat(read(version).line()).hasToString(line);
	}

	@Test
	void areWrittenAsReleased() {
		assertThat(read("3.4.0.1")).hasToString("3.4.0.1");
		assertThat(read("3.4.1")).hasToString("3.4.1");
		assertThat(read("3.4.0")).hasToString("3.4");
	}

	@ParameterizedTest
	@CsvSource({ "3.3.0, 3.3.0, true", "3.3.0, 3.3.1, false", "3.3.0 - 3.3.2, 3.3.0, true",
			"3.3.0 - 3.3.2, 3.3.1.7, true", "3.3.0 - 3.3.2, 3.3.2, true", "3.3.0 - 3.3.2, 3.3.2.1, false",
			"3.3.0 - 3.3.2, 3.2.9, false" })
	void lieInRangesWithBothEnds(String range, String version, boolean inside) {
		assertThat(Version.Range.valueOf(range).contains(read(version))).isEqualTo(inside);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3.3.2 - 3.3.0", "3.3 - 3.4 - 3.5", "", " - ", "3.3 - ", "3.3 to 3.4" })
	void lieInNoRangeThatIsNone(String range) {
		assertThatIllegalArgumentException().isThrownBy(() -> Version.Range.valueOf(range));
	}

	private static Version read(String text) {
		return Version.valueOf(text);
	}

}
