package pl.bramka.gateway.maintenance;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Planned work may be written down, moved and called off while the gateway runs.
 */
@Configuration(proxyBeanMethods = false)
class MaintenanceConfiguration {

	@Bean
	Live<MaintenanceSettings> maintenanceSettings(LiveSettings settings) {
		return settings.of("bramka.maintenance", MaintenanceSettings.class);
	}

}
