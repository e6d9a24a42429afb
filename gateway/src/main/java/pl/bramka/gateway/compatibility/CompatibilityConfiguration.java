package pl.bramka.gateway.compatibility;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Which apps are served may change while the gateway runs.
 */
@Configuration(proxyBeanMethods = false)
class CompatibilityConfiguration {

	@Bean
	Live<AppSettings> appSettings(LiveSettings settings) {
		return settings.of("bramka.app-compatibility", AppSettings.class);
	}

}
