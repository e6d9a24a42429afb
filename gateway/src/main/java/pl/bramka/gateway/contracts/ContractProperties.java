package pl.bramka.gateway.contracts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import pl.bramka.gateway.freshness.Freshness;

/**
 * Settings of contracts.
 *
 * @param cache how long contracts are kept; its room is counted in contracts
 */
@Validated
@ConfigurationProperties("bramka.contracts")
record ContractProperties(@NotNull @Valid Freshness cache) {
}
