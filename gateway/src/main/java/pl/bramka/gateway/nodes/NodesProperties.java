package pl.bramka.gateway.nodes;

import java.time.Duration;

import io.lettuce.core.RedisURI;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How nodes reach what they share.
 *
 * @param redis {@code redis://[[user]:password@]host:port}, or {@code rediss://} over
 * TLS; without it this node believes to be alone
 * @param timeout the longest that a request waits for one answer of Redis
 * @param connectTimeout the longest that opening a connection takes
 * @param trust how long a node that hears no other may take what it holds for fresh
 */
@Validated
@ConfigurationProperties("bramka.nodes")
record NodesProperties(@Nullable String redis, @NotNull @DurationMin(millis = 1) Duration timeout,
		@NotNull @DurationMin(millis = 1) Duration connectTimeout,
		@NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5) Duration trust) {

	/**
	 * Whether there is an address, if any. The violation does not quote it: it may hold a
	 * password.
	 * @return whether it can be read
	 */
	@AssertTrue(message = "redis must be redis://[[user]:password@]host:port, or rediss:// over TLS")
	public boolean isAddress() {
		try {
			return this.redis == null || RedisURI.create(this.redis).getHost() != null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** Never the address: it may hold a password. */
	@Override
	public String toString() {
		return "NodesProperties[" + this.timeout + "]";
	}

}
