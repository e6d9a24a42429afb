package pl.bramka.gateway.upstream;

import java.time.Instant;
import java.time.LocalDate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ODataDateTests {

	/** Warsaw changes its clocks on the first and the last of these, in 2026. */
	@ParameterizedTest
	@ValueSource(strings = { "2026-03-29", "2026-03-28", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26",
			"2026-01-01", "2026-12-31", "2024-02-29", "1969-12-31" })
	void readsTheSameCalendarDay(LocalDate day) {
		long midnight = day.toEpochDay() * 86_400_000;
		assertThat(ODataDate.date("/Date(" + midnight + ")/")).isEqualTo(day);
	}

	@Test
	void readsAPointInTime() {
		assertThat(ODataDate.instant("/Date(1792022400123)/")).isEqualTo(Instant.ofEpochMilli(1_792_022_400_123L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/Date()/", "/Date(", "2026-03-29", "/Date(12a)/", "/Date(1.5)/", "Date(1)",
			"/Date(99999999999999999999)/" })
	void refusesWhatIsNotADate(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ODataDate.date(text));
	}

}
