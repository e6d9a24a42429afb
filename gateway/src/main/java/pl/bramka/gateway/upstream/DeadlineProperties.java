package pl.bramka.gateway.upstream;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How long a request may take. May change while the gateway runs; a request that is under
 * way keeps the deadline it began with.
 *
 * @param limit from the first gate to the answer: a person looks at a spinner meanwhile
 * @param reserve kept back from upstream calls, so that the answer is written in time
 */
public record DeadlineProperties(@NotNull @DurationMin(millis = 1) Duration limit,
		@NotNull @DurationMin(millis = 0) Duration reserve) {
}
