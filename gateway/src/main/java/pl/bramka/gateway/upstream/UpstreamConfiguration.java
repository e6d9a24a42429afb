package pl.bramka.gateway.upstream;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What calls to other systems go by and what may change while the gateway runs.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	@Bean
	Live<DeadlineProperties> deadline(LiveSettings settings) {
		return settings.of("bramka.deadline", DeadlineProperties.class);
	}

}
