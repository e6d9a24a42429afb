package pl.bramka.gateway.connections;

import java.time.Duration;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The connections of the public port.
 *
 * @param most how many may be open at once; one more is told 503 and closed
 * @param stall how long a caller may leave an answer untaken before it is cut
 * @param pace what it must take in a second, on average over half of {@code stall}
 * @param sendBuffer what the system keeps for a caller that is slow to take it; beyond it
 * the gateway notices
 * @param leave how long a node that is shut down goes on serving after its readiness has
 * turned to 503, so that whoever shares out the load has noticed
 * @param finish how long after that requests that are under way may take
 */
@Validated
@ConfigurationProperties("bramka.connections")
record ConnectionsProperties(@Min(1) int most,
		@NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration stall, @NotNull DataSize pace,
		@NotNull DataSize sendBuffer, @NotNull @DurationMin(millis = 0) @DurationMax(seconds = 30) Duration leave,
		@NotNull @DurationMin(millis = 0) @DurationMax(seconds = 30) Duration finish) {
}
