package pl.bramka.gateway.stepup;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What counts as just now.
 *
 * @param recentSignIn how long after a password, PIN or fingerprint a customer may do
 * what needs a recent sign-in
 */
@Validated
@ConfigurationProperties("bramka.access")
record StepUpProperties(@NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration recentSignIn) {
}
