package pl.bramka.gateway.device;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What a device is trusted with.
 *
 * @param passwordAgain how long after the password a PIN or a fingerprint still opens a
 * session
 * @param consentWait the longest that a sign-in waits while another one on the same
 * device asks the identity provider
 * @param consentLease when such an asking counts as abandoned: longer than one can take,
 * since a provider that sees a token twice ends all sessions of the account
 */
@Validated
@ConfigurationProperties("bramka.device")
record DeviceProperties(@NotNull @DurationMin(seconds = 1) Duration passwordAgain,
		@NotNull @DurationMin(millis = 100) Duration consentWait,
		@NotNull @DurationMin(millis = 100) Duration consentLease) {
}
