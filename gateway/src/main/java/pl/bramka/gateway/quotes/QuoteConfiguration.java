package pl.bramka.gateway.quotes;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What quotes go by.
 */
@Configuration(proxyBeanMethods = false)
class QuoteConfiguration {

	/** Has no default: a price that nobody wrote down must not be shown to anybody. */
	@Bean
	Live<PriceList> priceList(LiveSettings settings) {
		return settings.of("bramka.fees", PriceList.class);
	}

}
