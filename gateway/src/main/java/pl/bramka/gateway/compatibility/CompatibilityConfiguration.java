package pl.bramka.gateway.compatibility;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.accept.HeaderContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which apps are served may change while the gateway runs; that they are told may not.
 */
@Configuration(proxyBeanMethods = false)
class CompatibilityConfiguration {

	/**
	 * The framework refuses a request whose header {@code Accept} cannot be read. There
	 * is one format of this answer, and an app must get it.
	 */
	@Bean
	static WebFluxConfigurer oneFormat() {
		RequestedContentTypeResolver byHeader = new HeaderContentTypeResolver();
		return new WebFluxConfigurer() {
			@Override
			public void configureContentTypeResolver(RequestedContentTypeResolverBuilder builder) {
				builder.resolver((exchange) -> isForIt(exchange) ? RequestedContentTypeResolver.MEDIA_TYPE_ALL_LIST
						: byHeader.resolveMediaTypes(exchange));
			}
		};
	}

	private static boolean isForIt(ServerWebExchange exchange) {
		return exchange.getRequest().getPath().value().equals(CompatibilityController.PATH);
	}

	@Bean
	Live<AppSettings> appSettings(LiveSettings settings) {
		return settings.of("bramka.app-compatibility", AppSettings.class);
	}

	/** For the features that send a customer there. */
	@Bean
	Live<Contact> contact(Live<AppSettings> settings) {
		return () -> settings.value().contact();
	}

}
