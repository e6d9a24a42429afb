package pl.bramka.gateway.pin;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.pin.PinRules.Weakness;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PinRulesTests {

	private static PinRules rules(int shortest, int longest) {
		return new PinRules(Settings.read("""
				bramka.pin: { shortest: %d, longest: %d, tries: 5, tries-a-day: 20, longest-wait: 1s, abandoned: 30s,
					memory: 1MB, iterations: 1, threads: 1, places: 1 }
				""".formatted(shortest, longest).replace("\t", " "), "bramka.pin", PinProperties.class));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			0000,   REPEATED
			7777,   REPEATED
			88888,  REPEATED
			999999, REPEATED
			1234,   SEQUENCE
			0123,   SEQUENCE
			6789,   SEQUENCE
			7890,   SEQUENCE
			8901,   SEQUENCE
			9012,   SEQUENCE
			9876,   SEQUENCE
			3210,   SEQUENCE
			2109,   SEQUENCE
			1098,   SEQUENCE
			0987,   SEQUENCE
			12345,  SEQUENCE
			789012, SEQUENCE
			654321, SEQUENCE
			1939,   -
			1940,   YEAR
			1987,   YEAR
			2000,   YEAR
			2030,   YEAR
			2031,   -
			01987,  YEAR
			19870,  YEAR
			198705, YEAR
			051987, YEAR
			619875, YEAR
			2580,   COMMON
			2468,   COMMON
			0007,   COMMON
			1102,   COMMON
			4826,   -
			7391,   -
			1235,   COMMON
			9875,   -
			1243,   -
			11112,  COMMON
			21111,  COMMON
			000700, COMMON
			25800,  COMMON
			12121,  REPEATED
			121212, REPEATED
			10101,  REPEATED
			123123, REPEATED
			482482, REPEATED
			13579,  SEQUENCE
			24680,  SEQUENCE
			864208, SEQUENCE
			123789, SEQUENCE
			456321, SEQUENCE
			111222, SEQUENCE
			12321,  COMMON
			482284, COMMON
			112233, YEAR
			773388, COMMON
			449955, COMMON
			44995,  COMMON
			240587, YEAR
			052487, YEAR
			870524, YEAR
			052524, YEAR
			310299, YEAR
			159753, COMMON
			789456, SEQUENCE
			147258, COMMON
			48261,  -
			482617, -
			739164, -
			73918,  -
			326487, -
			""")
	void tellWhyAPinIsWeak(String pin, @Nullable Weakness weakness) {
		assertThat(rules(4, 6).weakness(pin)).isEqualTo(weakness);
	}

	@Test
	void leaveMostPinsAllowed() {
		PinRules rules = rules(4, 4);
		List<Weakness> weak = IntStream.range(0, 10_000)
			.mapToObj("%04d"::formatted)
			.map(rules::weakness)
			.filter((weakness) -> weakness != null)
			.toList();
		// 10 repeated; runs from each of ten digits, up and down; 91 years; the rest of
		// the list of 201.
		assertThat(weak).hasSizeBetween(200, 300);
		assertThat(weak.stream().filter((weakness) -> weakness == Weakness.REPEATED)).hasSize(10);
		assertThat(weak.stream().filter((weakness) -> weakness == Weakness.SEQUENCE)).hasSize(20);
		assertThat(weak.stream().filter((weakness) -> weakness == Weakness.YEAR)).hasSize(91);
	}

	@ParameterizedTest
	@CsvSource({ "5, 0.90", "6, 0.80" })
	void leaveMostLongPinsAllowed(int digits, double share) {
		PinRules rules = rules(4, 6);
		int all = (int) Math.pow(10, digits);
		long allowed = IntStream.range(0, all)
			.mapToObj((number) -> String.format("%0" + digits + "d", number))
			.filter((pin) -> rules.weakness(pin) == null)
			.count();
		assertThat((double) allowed / all).isBetween(share, 0.99);
	}

	@ParameterizedTest
	@CsvSource({ "4, 4, 4826, true", "4, 4, 48261, false", "4, 4, 482617, false", "5, 6, 4826, false",
			"5, 6, 48261, true", "4, 6, 482617, true" })
	void takeTheLengthsOfTheSettings(int shortest, int longest, String pin, boolean allowed) {
		if (allowed) {
			assertThatCode(() -> rules(shortest, longest).check(pin)).doesNotThrowAnyException();
		}
		else {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> rules(shortest, longest).check(pin))
				.withMessage("invalid-request");
		}
	}

	@ParameterizedTest
	@CsvSource({ "3, 4", "4, 7", "6, 5" })
	void refuseSettingsThatAreNoLengths(int shortest, int longest) {
		assertThatException().isThrownBy(() -> rules(shortest, longest));
	}

}
