package pl.bramka.gateway.nodes;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How nodes reach what they share.
 *
 * @param redis {@code redis://[:password@]host:port}, or {@code rediss://} over TLS;
 * without it this node believes to be alone
 * @param timeout the longest that a request waits for one answer of Redis
 */
@Validated
@ConfigurationProperties("bramka.nodes")
record NodesProperties(@Nullable String redis, @DurationMin(millis = 1) Duration timeout) {

	/** Never the address: it may hold a password. */
	@Override
	public String toString() {
		return "NodesProperties[" + this.timeout + "]";
	}

}
