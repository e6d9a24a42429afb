package pl.bramka.gateway.maintenance;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PlannedTimeTests {

	@ParameterizedTest
	@CsvSource({ "2026-11-28T22:00, 2026-11-28T21:00:00Z", "2026-11-28 22:00, 2026-11-28T21:00:00Z",
			"2026-11-28T22:00:30, 2026-11-28T21:00:30Z", "2026-07-01T00:00, 2026-06-30T22:00:00Z",
			"2026-07-01, 2026-06-30T22:00:00Z", "2026-11-28T22:00Z, 2026-11-28T22:00:00Z",
			"2026-11-28T22:00+01:00, 2026-11-28T21:00:00Z", "2026-11-28T22:00:00-05:00, 2026-11-29T03:00:00Z",
			"2026-10-25T01:59, 2026-10-24T23:59:00Z", "2026-10-25T02:30+01:00, 2026-10-25T01:30:00Z",
			"2026-10-25T03:00, 2026-10-25T02:00:00Z", "2026-03-29T03:00, 2026-03-29T01:00:00Z" })
	void isInWarsawIfNothingElseIsSaid(String text, Instant instant) {
		assertThat(PlannedTime.valueOf(text).instant()).isEqualTo(instant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-29T02:30", "2026-10-25T02:00", "2026-10-25 02:59:59" })
	void mustSayItsOffsetWhereClocksAreChanged(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> PlannedTime.valueOf(text))
			.withMessageContaining("offset");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "T", "tomorrow", "22:00", "2026-13-01", "2026-02-29", "2026-11-28T25:00",
			"2026-11-28T22", "28.11.2026 22:00", "2026-11-28T22:00 CET", "1795903200" })
	void isATime(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> PlannedTime.valueOf(text));
	}

}
