package pl.bramka.gateway.ratelimit;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.TimeMeter;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What limits go by: a file that may change at any moment, and the time.
 */
@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration {

	@Bean
	Live<RateLimitProperties> rateLimits(LiveSettings settings) {
		return settings.of("bramka.rate-limits", RateLimitProperties.class);
	}

	@Bean
	TimeMeter bucketTime(Clock clock) {
		return new TimeMeter() {
			@Override
			public long currentTimeNanos() {
				return TimeUnit.MILLISECONDS.toNanos(clock.millis());
			}

			@Override
			public boolean isWallClockBased() {
				return true;
			}
		};
	}

}
