package pl.bramka.gateway.meters;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of meters.
 *
 * @param cache how long meters are kept; its room is counted in meters, registers and
 * readings
 */
@Validated
@ConfigurationProperties("bramka.meters")
record MeterProperties(@NotNull @Valid Freshness cache) {
}
