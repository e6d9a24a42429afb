package pl.bramka.gateway.claims;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of claims.
 *
 * @param cache how long a node remembers them; its room is counted in customers
 */
@Validated
@ConfigurationProperties("bramka.claims")
record ClaimProperties(@NotNull @Valid Freshness cache) {
}
