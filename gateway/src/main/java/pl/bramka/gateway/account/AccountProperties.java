package pl.bramka.gateway.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.Valid;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of accounts.
 *
 * @param cache how long profiles are kept; its room is counted in profiles
 */
@Validated
@ConfigurationProperties("bramka.account")
record AccountProperties(@NotNull @Valid Freshness cache) {
}
