package pl.bramka.gateway.quotes;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of quotes.
 *
 * @param valid how long a payment can be started with a quote
 */
@Validated
@ConfigurationProperties("bramka.quotes")
record QuoteProperties(@NotNull @DurationMin(seconds = 1) @DurationMax(hours = 24) Duration valid) {
}
