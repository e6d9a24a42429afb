package pl.bramka.gateway.terms;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.Settings;

import org.springframework.boot.context.properties.bind.BindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TermsTests {

	private static final String EDITIONS = """
			t:
			  editions:
			    - { version: "2", valid-from: 2027-01-01, link: "https://example.com/2" }
			    - { version: "1", valid-from: 2026-01-01, link: "https://example.com/1" }
			""";

	private static TermsSettings settings(String yaml) {
		return Settings.read(yaml, "t", TermsSettings.class);
	}

	@Test
	void changeAtMidnightInWarsaw() {
		Time time = new Time("2026-12-31T22:59:59Z");
		TermsSettings settings = settings(EDITIONS);
		Terms terms = new Terms(() -> settings, time);
		assertThat(terms.current().version()).isEqualTo("1");
		time.passes(Duration.ofSeconds(1));
		assertThat(terms.current().version()).isEqualTo("2");
	}

	@Test
	void areTheFirstEditionBeforeItsDay() {
		TermsSettings settings = settings(EDITIONS);
		assertThat(new Terms(() -> settings, new Time("2025-06-01T00:00:00Z")).current().version()).isEqualTo("1");
	}

	@Test
	void areSettledByTheirOwnAcceptanceAndThoseOfLaterEditions() {
		TermsSettings settings = settings(EDITIONS + """
				    - { version: "3", valid-from: 2028-01-01, link: "https://example.com/3" }
				""");
		Terms terms = new Terms(() -> settings, new Time("2027-06-01T00:00:00Z"));
		assertThat(terms.settling("1")).containsExactlyInAnyOrder("1", "2", "3");
		assertThat(terms.settling("2")).containsExactlyInAnyOrder("2", "3");
		assertThat(terms.settling("withdrawn")).containsExactlyInAnyOrder("withdrawn", "2", "3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "t: { editions: [] }", "x: 1",
			"t: { editions: [ { version: \"\", valid-from: 2027-01-01, link: \"https://example.com\" } ] }",
			"t: { editions: [ { version: \"1\", valid-from: soon, link: \"https://example.com\" } ] }",
			"t: { editions: [ { version: \"1\", link: \"https://example.com\" } ] }",
			"t: { editions: [ { version: \"1\", valid-from: 2027-01-01 } ] }" })
	void mustBeWritten(String yaml) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> settings(yaml));
	}

	@Test
	void differInVersionAndDay() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> settings(EDITIONS.replace("version: \"2\"", "version: \"1\"")));
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> settings(EDITIONS.replace("2027-01-01", "2026-01-01")));
	}

}
