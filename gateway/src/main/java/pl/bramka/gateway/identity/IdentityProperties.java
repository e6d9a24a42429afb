package pl.bramka.gateway.identity;

import java.net.URI;
import java.time.Duration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway stands with the identity provider.
 *
 * @param client the gateway's client id there: the audience its ID tokens must name
 * @param keyPause the shortest time between two fetches of the provider's keys, whatever
 * key ids arrive
 * @param adminUrl the administration of the realm; if absent it is at
 * {@code /admin/realms/{realm}}, beside the realm's base URL
 */
@Validated
@ConfigurationProperties("bramka.identity")
record IdentityProperties(@NotBlank String client, @NotNull @DurationMin(seconds = 1) Duration keyPause,
		@Nullable URI adminUrl) {
}
