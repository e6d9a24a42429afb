package pl.bramka.gateway.premises;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.Valid;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of premises.
 *
 * @param cache how long addresses are kept, and how long numbers of points of delivery;
 * the room of each is counted in premises or points
 */
@Validated
@ConfigurationProperties("bramka.premises")
record PremiseProperties(@NotNull @Valid Freshness cache) {
}
