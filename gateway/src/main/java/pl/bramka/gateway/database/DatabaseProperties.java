package pl.bramka.gateway.database;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The gateway's own database.
 *
 * @param limit the longest that one step may take: a frozen database is like none
 */
@Validated
@ConfigurationProperties("bramka.database")
record DatabaseProperties(@NotNull @DurationMin(millis = 1) Duration limit) {
}
