package pl.bramka.gateway.claims;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of claims.
 *
 * @param kept how long a paid document stays taken after billing booked it; longer than a
 * document that billing told before may be shown
 * @param longestWait how long a read waits for the database at most; then it goes by what
 * is in memory
 * @param tidy how often those that were kept long enough are looked for
 * @param batch how many of them one statement removes
 * @param cache how long a node remembers them; its room is counted in customers
 */
@Validated
@ConfigurationProperties("bramka.claims")
record ClaimProperties(@NotNull @DurationMin(millis = 1) @DurationMax(days = 365) Duration kept,
		@NotNull @DurationMin(millis = 1) Duration longestWait, @NotNull @DurationMin(millis = 10) Duration tidy,
		@Min(1) @Max(10_000) int batch, @NotNull @Valid Freshness cache) {
}
