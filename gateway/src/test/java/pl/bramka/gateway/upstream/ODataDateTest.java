package pl.bramka.gateway.upstream;

import java.time.Instant;
import java.time.LocalDate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ODataDateTest {

	@ParameterizedTest
	@CsvSource({ "/Date(1792022400000)/, 2026-10-15", "/Date(0)/, 1970-01-01", "/Date(-86400000)/, 1969-12-31",
			"/Date(253402214400000)/, 9999-12-31" })
	void isTheCalendarDateInUtc(String text, LocalDate date) {
		assertThat(ODataDate.date(text)).isEqualTo(date);
	}

	@Test
	void isAPointInTimeToTheMillisecond() {
		assertThat(ODataDate.instant("/Date(1792022400001)/")).isEqualTo(Instant.parse("2026-10-15T00:00:00.001Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/Date()/", "/Date(x)/", "/Date(1)", "1792022400000", "2026-10-15",
			"/Date(99999999999999999999)/" })
	void isNothingElse(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ODataDate.instant(text));
	}

}
