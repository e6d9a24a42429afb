package pl.bramka.gateway.home;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the first screen.
 *
 * @param invoices how many of the next due documents it shows, 1 to 20; 3 fit on a small
 * phone
 */
@Validated
@ConfigurationProperties("bramka.home")
record HomeProperties(@Min(1) @Max(20) int invoices) {
}
