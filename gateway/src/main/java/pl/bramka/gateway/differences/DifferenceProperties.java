package pl.bramka.gateway.differences;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of what does not fit.
 *
 * @param bookedWithin after that a paid document that billing still shows open is missing
 * there
 * @param settledWithin after that a payment whose time is over and of which nobody knows
 * what became is unsettled
 * @param count how often differences are counted for what is measured
 * @param counted how far back
 */
@Validated
@ConfigurationProperties("bramka.differences")
record DifferenceProperties(@NotNull @DurationMin(minutes = 1) Duration bookedWithin,
		@NotNull @DurationMin(millis = 1) Duration settledWithin, @NotNull @DurationMin(millis = 10) Duration count,
		@NotNull @DurationMin(hours = 1) @DurationMax(days = 366) Duration counted) {
}
