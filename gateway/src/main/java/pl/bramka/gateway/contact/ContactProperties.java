package pl.bramka.gateway.contact;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of contact data.
 *
 * @param cache how long they are kept; its room is counted in customers
 * @param longestWait how long a read waits for the database to say what is pending
 * @param pending how long a change that CRM took and does not show is shown as pending;
 * then it is dropped, and what CRM shows holds
 * @param doubt how long after a change was sent whose outcome is not known it may still
 * arrive: nothing else is sent meanwhile
 * @param lease how long whoever works on a change is waited for
 * @param look how often each node looks for changes that are not over
 * @param lookAgain when CRM is asked again whether it shows a change
 * @param batch how many changes one look takes
 */
@Validated
@ConfigurationProperties("bramka.contact")
record ContactProperties(@NotNull @Valid Freshness cache, @NotNull @DurationMin(millis = 1) Duration longestWait,
		@NotNull @DurationMin(millis = 1) @DurationMax(days = 31) Duration pending,
		@NotNull @DurationMin(millis = 1) Duration doubt, @NotNull @DurationMin(millis = 100) Duration lease,
		@NotNull @DurationMin(millis = 10) Duration look, @NotNull @DurationMin(millis = 1) Duration lookAgain,
		@Min(1) @Max(10_000) int batch) {
}
