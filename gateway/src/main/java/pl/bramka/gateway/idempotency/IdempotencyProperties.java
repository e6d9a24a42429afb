package pl.bramka.gateway.idempotency;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of requests that must not happen twice.
 *
 * @param kept how long a key stands for its request and its answer
 * @param lease how long whoever works on a request is waited for; one that died is taken
 * over from then on
 * @param tidy how often keys that are older than kept are looked for
 * @param batch how many of them one statement removes
 */
@Validated
@ConfigurationProperties("bramka.idempotency")
record IdempotencyProperties(@NotNull @DurationMin(hours = 1) Duration kept,
		@NotNull @DurationMin(millis = 100) Duration lease, @NotNull @DurationMin(millis = 10) Duration tidy,
		@Min(1) @Max(10_000) int batch) {
}
