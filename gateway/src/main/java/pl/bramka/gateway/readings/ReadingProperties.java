package pl.bramka.gateway.readings;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of readings.
 *
 * @param sendLimit the longest that billing may take over one reading
 * @param lease how long whoever sends a reading is waited for; one that died is taken
 * over from then on. Longer than a reading on its way can take to be seen by billing
 * @param look how often each node looks for readings that wait
 * @param pause how long a reading waits after billing could not take it
 * @param together how many a node sends at once, each for another meter
 * @param batch how many a node reads at once
 * @param kept how long a reading is remembered after it was settled
 * @param tidy how often older ones are looked for
 */
@Validated
@ConfigurationProperties("bramka.readings")
record ReadingProperties(@NotNull @DurationMin(millis = 100) Duration sendLimit,
		@NotNull @DurationMin(millis = 200) Duration lease, @NotNull @DurationMin(millis = 10) Duration look,
		@NotNull @DurationMin(millis = 10) Duration pause, @Min(1) @Max(64) int together, @Min(1) @Max(1000) int batch,
		@NotNull @DurationMin(days = 1) Duration kept, @NotNull @DurationMin(millis = 10) Duration tidy) {
}
