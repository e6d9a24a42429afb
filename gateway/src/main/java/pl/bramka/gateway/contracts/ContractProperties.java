package pl.bramka.gateway.contracts;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.Valid;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of contracts.
 *
 * @param cache how long contracts are kept; its room is counted in contracts
 */
@Validated
@ConfigurationProperties("bramka.contracts")
record ContractProperties(@NotNull @Valid Freshness cache) {
}
