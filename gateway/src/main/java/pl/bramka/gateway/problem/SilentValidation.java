package pl.bramka.gateway.problem;

import java.util.Locale;

import jakarta.validation.MessageInterpolator;

import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Validation without sentences: a problem names the field, and the sentence comes from
 * the catalogue. Building the validator's own would read resource bundles on an event
 * loop, and could quote what was sent.
 */
@Configuration(proxyBeanMethods = false)
class SilentValidation {

	@Bean
	ValidationConfigurationCustomizer silence() {
		return (configuration) -> configuration.messageInterpolator(new Silence());
	}

	private static final class Silence implements MessageInterpolator {

		@Override
		public String interpolate(String template, Context context) {
			return template;
		}

		@Override
		public String interpolate(String template, Context context, Locale locale) {
			return template;
		}

	}

}
