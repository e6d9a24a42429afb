package pl.bramka.gateway.session;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long sessions live and how they are opened.
 *
 * @param idle a session that was not refreshed for this long is over
 * @param maxAge a session is over this long after the customer last showed who they are
 * @param refreshGrace how long a used refresh token still brings its successor to the
 * same device: mobile networks lose answers
 * @param confirm how long the provider's yes to an account is good while a session goes
 * on
 * @param passwordSignIn whether the app may hand over e-mail and password; current
 * guidance (RFC 9700) prefers the system browser
 * @param redirectUris where the system browser may return to with an authorization code;
 * none switches that way off
 * @param endedLook how often a node looks into the database for sessions that ended at
 * other nodes; 0 for a node that is alone
 * @param kept how long a session stays in the database after maxAge has ended it at the
 * latest, and the provider's token of a device on which nothing can use it any more
 * @param tidy how often those that are older are looked for
 * @param batch how many sessions one transaction removes, and how many tokens are ended
 * at the provider each time
 */
@Validated
@ConfigurationProperties("bramka.session")
record SessionProperties(@NotNull @DurationMin(seconds = 1) Duration idle,
		@NotNull @DurationMin(seconds = 1) Duration maxAge, @NotNull @DurationMin(seconds = 0) Duration refreshGrace,
		@NotNull @DurationMin(seconds = 1) Duration confirm, boolean passwordSignIn, @NotNull List<URI> redirectUris,
		@NotNull @DurationMin Duration endedLook, @NotNull @DurationMin(hours = 1) Duration kept,
		@NotNull @DurationMin(millis = 10) Duration tidy, @Min(1) @Max(10_000) int batch) {
}
