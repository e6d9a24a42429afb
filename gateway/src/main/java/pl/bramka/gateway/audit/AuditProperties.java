package pl.bramka.gateway.audit;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the audit trail.
 *
 * @param keep how long records are kept in the database
 * @param tidy how often those that are older are looked for
 * @param batch how many of them one statement removes
 * @param limit how long a request waits at most until its record is in the database
 * @param to where the log's records go: {@code console}, or {@code file}
 * @param file that file; each day it is put aside, 90 of them
 */
@Validated
@ConfigurationProperties("bramka.audit")
record AuditProperties(@NotNull @DurationMin(days = 1) Duration keep, @NotNull @DurationMin(millis = 10) Duration tidy,
		@Min(1) @Max(10_000) int batch, @NotNull @DurationMin(millis = 1) Duration limit,
		@NotNull @Pattern(regexp = "console|file") String to, @NotBlank String file) {
}
