package pl.bramka.gateway.paylinks;

import java.net.URI;
import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of links that pay one document.
 *
 * @param valid how long a link opens anything
 * @param address where browsers reach the gateway: scheme, host and port without a path
 */
@Validated
@ConfigurationProperties("bramka.pay-links")
record PayLinkProperties(@NotNull @DurationMin(minutes = 1) @DurationMax(days = 90) Duration valid,
		@NotNull URI address) {
}
