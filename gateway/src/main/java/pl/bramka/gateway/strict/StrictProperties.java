package pl.bramka.gateway.strict;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How large a request may be and how long it may take to arrive. The sizes of its line
 * and its headers are the server's own settings.
 *
 * @param body the largest body of a call
 * @param notificationBody the largest body of the payment operator's notification
 * @param bodies what all bodies that are held at once may take; beyond it calls with a
 * body are turned away
 * @param time from a request's first byte, and from the opening of a connection, to the
 * request's last byte
 */
@Validated
@ConfigurationProperties("bramka.strict")
record StrictProperties(@NotNull DataSize body, @NotNull DataSize notificationBody, @NotNull DataSize bodies,
		@NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration time) {

	private static final String NOTIFICATIONS = "/v1/operator/notifications";

	/** The largest body that a path takes, in bytes. */
	long largestBody(String path) {
		return (path.equals(NOTIFICATIONS) ? this.notificationBody : this.body).toBytes();
	}

}
