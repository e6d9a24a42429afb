package pl.bramka.gateway.ratelimit;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where counts are kept. Of each kind of key this node remembers so many, about 500 bytes
 * each; the kinds do not push each other out, so whoever has many addresses makes nobody
 * forget a customer.
 *
 * @param addresses counts per address
 * @param devices counts per device
 * @param customers counts per customer
 * @param emails counts per e-mail
 * @param longestWait the longest that a request waits for a shared count, at each of the
 * two places where it may have to
 */
@Validated
@ConfigurationProperties("bramka.limit-buckets")
record BucketProperties(@Min(100) @Max(10_000_000) int addresses, @Min(100) @Max(10_000_000) int devices,
		@Min(100) @Max(10_000_000) int customers, @Min(100) @Max(10_000_000) int emails,
		@NotNull @DurationMin(millis = 1) Duration longestWait) {

	int of(LimitKey key) {
		return switch (key) {
			case ADDRESS -> this.addresses;
			case DEVICE -> this.devices;
			case CUSTOMER -> this.customers;
			case EMAIL -> this.emails;
		};
	}

}
