package pl.bramka.gateway.payments;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of payments.
 *
 * @param validity how long the customer may begin to pay, and retry
 * @param grace how long after that the operator is still waited for; then what was not
 * paid is over, and its documents are free
 * @param startLimit the longest that starting a payment can take: an order that the
 * operator does not know after that was never there. The start itself gets half of it
 * @param askAfter when the operator is asked about a payment of which it told nothing
 * @param askAgain how often from then on
 * @param askSoon how often while the operator does not know an order that was begun, or
 * cannot be asked
 * @param look how often a node looks whom to ask about
 * @param together about how many payments a node asks at once
 * @param batch how many payments a node reads at once
 */
@Validated
@ConfigurationProperties("bramka.payments")
record PaymentProperties(@NotNull @DurationMin(seconds = 1) Duration validity,
		@NotNull @DurationMin(millis = 1) Duration grace, @NotNull @DurationMin(millis = 100) Duration startLimit,
		@NotNull @DurationMin(millis = 10) Duration askAfter, @NotNull @DurationMin(millis = 10) Duration askAgain,
		@NotNull @DurationMin(millis = 10) Duration askSoon, @NotNull @DurationMin(millis = 10) Duration look,
		@Min(1) @Max(64) int together, @Min(1) @Max(1000) int batch) {
}
