package pl.bramka.gateway.upstream;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long a request may take.
 *
 * @param limit from the first gate to the answer: a person looks at a spinner meanwhile
 * @param reserve kept back from upstream calls, so that the answer is written in time
 */
@Validated
@ConfigurationProperties("bramka.deadline")
public record DeadlineProperties(@NotNull @DurationMin(millis = 1) Duration limit,
		@NotNull @DurationMin(millis = 0) Duration reserve) {
}
