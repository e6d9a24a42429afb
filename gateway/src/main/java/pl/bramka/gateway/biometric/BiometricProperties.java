package pl.bramka.gateway.biometric;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How challenges for fingerprints are given out.
 *
 * @param challengeLifetime how long a challenge is good
 * @param openChallenges the most that are open for one device; the oldest gives way
 */
@Validated
@ConfigurationProperties("bramka.biometric")
record BiometricProperties(@NotNull @DurationMin(seconds = 1) Duration challengeLifetime,
		@Min(1) @Max(1000) int openChallenges) {
}
