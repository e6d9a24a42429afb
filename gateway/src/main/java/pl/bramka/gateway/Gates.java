package pl.bramka.gateway;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.observability.RequestGate;
import pl.bramka.gateway.upstream.DeadlineGate;
import pl.bramka.gateway.upstream.DeadlineProperties;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/**
 * Every gate that a request passes, in order. Spring Security's chains
 * ({@code access.AccessChains}) stand at -100.
 */
@Configuration(proxyBeanMethods = false)
class Gates {

	/** Its id, its access line, and the writing of whatever fails below. */
	@Bean
	@Order(-1000)
	WebFilter requestGate(MeterRegistry meters, ErrorWebExceptionHandler failures) {
		return new RequestGate(meters, failures);
	}

	/** Its clock: from here on the time left is handed down. */
	@Bean
	@Order(-900)
	WebFilter deadlineGate(Live<DeadlineProperties> settings) {
		return new DeadlineGate(settings);
	}

	/** What time it is, for everything that depends on it. */
	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
