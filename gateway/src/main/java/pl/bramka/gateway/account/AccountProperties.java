package pl.bramka.gateway.account;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.Valid;
import org.hibernate.validator.constraints.time.DurationMin;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of accounts.
 *
 * @param cache how long profiles are kept; its room is counted in profiles
 * @param answerAfter registrations and resets are answered this long after they came, or
 * a multiple of it: longer than the provider usually takes
 * @param passwordKinds how many of the four kinds of characters (small and capital
 * letters, digits, others) a new password has at least: not fewer than the portal wants
 */
@Validated
@ConfigurationProperties("bramka.account")
record AccountProperties(@NotNull @Valid Freshness cache, @NotNull @DurationMin(millis = 10) Duration answerAfter,
		@Min(1) @Max(4) int passwordKinds) {
}
