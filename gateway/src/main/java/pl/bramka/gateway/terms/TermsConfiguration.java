package pl.bramka.gateway.terms;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A new edition may be announced while the gateway runs.
 */
@Configuration(proxyBeanMethods = false)
class TermsConfiguration {

	@Bean
	Live<TermsSettings> termsSettings(LiveSettings settings) {
		return settings.of("bramka.terms", TermsSettings.class);
	}

}
