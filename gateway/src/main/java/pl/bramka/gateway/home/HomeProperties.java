package pl.bramka.gateway.home;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the first screen.
 *
 * @param invoices how many of the next due documents it shows, 1 to 20; 3 fit on a small
 * phone
 * @param noticesAhead how long before its beginning the first screen tells of planned
 * work, up to 31 days; 7 days, since who pays bills looks once a week
 */
@Validated
@ConfigurationProperties("bramka.home")
record HomeProperties(@Min(1) @Max(20) int invoices,
		@NotNull @DurationMin @DurationMax(days = 31) Duration noticesAhead) {
}
