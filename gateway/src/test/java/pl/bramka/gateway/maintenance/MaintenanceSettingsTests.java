package pl.bramka.gateway.maintenance;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Settings;

import org.springframework.boot.context.properties.bind.BindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MaintenanceSettingsTests {

	private static final String WINDOW = """
			m:
			  windows:
			    - feature: meter-readings
			      from: 2026-11-28T22:00
			      until: 2026-11-29T04:00
			      state: read-only
			      message:
			        pl: Prace
			        en: Work
			""";

	private static MaintenanceSettings settings(String yaml) {
		return Settings.read(yaml, "m", MaintenanceSettings.class);
	}

	private static String window(String feature, String from, String until, String state) {
		return """
				    - feature: %s
				      from: 2026-11-28T%s:00Z
				      until: 2026-11-28T%s:00Z
				      state: %s
				      message: { pl: "%s-%s", en: x }
				""".formatted(feature, from, until, state, from, until);
	}

	@ParameterizedTest
	@ValueSource(strings = { "off", "OFF", "Off", "\"off\"", "'OFF'" })
	void takeOffInEverySpellingThoughYamlCallsItFalse(String off) {
		assertThat(settings(WINDOW.replace("read-only", off)).windows().getFirst().state()).isEqualTo(FeatureState.OFF);
	}

	@ParameterizedTest
	@ValueSource(strings = { "read-only", "READ_ONLY", "readOnly" })
	void takeReadOnly(String state) {
		assertThat(settings(WINDOW.replace("read-only", state)).windows().getFirst().state())
			.isEqualTo(FeatureState.READ_ONLY);
	}

	@Test
	void takeAWindowWithoutStateForOff() {
		assertThat(settings(WINDOW.replace("      state: read-only\n", "")).windows().getFirst().state())
			.isEqualTo(FeatureState.OFF);
	}

	@Test
	void haveNoWindowsUnlessWritten() {
		assertThat(settings("m: { windows: [] }").windows()).isEmpty();
		assertThat(settings("x: 1").windows()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			feature: meter-readings | feature: meters
			feature: meter-readings | features: meter-readings
			from: 2026-11-28T22:00  | from: 28.11.2026
			until: 2026-11-29T04:00 | until: 2026-11-28T22:00
			until: 2026-11-29T04:00 | until: 2026-11-28T21:00Z
			until: 2026-11-29T04:00 | duration: 6h
			state: read-only        | state: on
			state: read-only        | state: broken
			pl: Prace               | pl: ""
			en: Work                | de: Arbeit
			""")
	void refuseAMistake(String right, String wrong) {
		assertThat(WINDOW).contains(right);
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> settings(WINDOW.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			09:59, -,           10:00-14:00
			10:00, 10:00-14:00, 11:00-12:00
			11:00, 11:00-12:00, 11:30-11:45
			11:30, 11:00-12:00, -
			11:59, 11:00-12:00, -
			12:00, 10:00-14:00, -
			14:00, -,           -
			""")
	void letTheStricterThenTheLongerWindowRule(String now, @Nullable String inForce, @Nullable String next) {
		MaintenanceSettings settings = settings("m:\n  windows:\n" + window("invoices", "11:30", "11:45", "off")
				+ window("payments", "09:00", "20:00", "off") + window("invoices", "10:00", "14:00", "read-only")
				+ window("invoices", "11:00", "12:00", "off"));
		Instant at = Instant.parse("2026-11-28T" + now + ":00Z");
		assertThat(settings.inForce(Feature.INVOICES, at).map((window) -> window.message().pl()))
			.isEqualTo(Optional.ofNullable(inForce));
		assertThat(settings.next(Feature.INVOICES, at).map((window) -> window.message().pl()))
			.isEqualTo(Optional.ofNullable(next));
	}

}
