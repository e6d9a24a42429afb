package pl.bramka.gateway.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.stepup.RecentSignIns;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * What the library that reads the controllers has to be told.
 */
@Configuration(proxyBeanMethods = false)
class DocsConfiguration {

	/**
	 * The version of the contract, not of the gateway: the first number changes with a
	 * change that breaks an app, the second with every release that adds something.
	 */
	static final String VERSION = "1.0.0";

	/** The access token, as a scheme of the header {@code Authorization}. */
	static final String TOKEN = "accessToken";

	/** The device's proof. */
	static final String PROOF = "proof";

	static {
		SpringDocUtils.getConfig()
			.addResponseWrapperToIgnore(Rendition.class)
			.addAnnotationsToIgnore(AuthenticationPrincipal.class);
		// One type in the app's language for each list of words.
		ModelResolver.enumsAsRef = true;
	}

	@Bean
	OpenAPI apiDescription() throws IOException {
		return new OpenAPI()
			.info(new Info().title("Bramka mobile API")
				.version(VERSION)
				.description(
						new ClassPathResource("docs/description.md").getContentAsString(StandardCharsets.UTF_8).strip())
				.license(new License().name("Apache License 2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
			.addServersItem(new Server().url("/").description("The gateway that serves this document."))
			.components(new Components()
				.addSecuritySchemes(TOKEN,
						new SecurityScheme().type(SecurityScheme.Type.HTTP)
							.scheme("DPoP")
							.description("`Authorization: DPoP <access token>` (RFC 9449, section 7.1)."))
				.addSecuritySchemes(PROOF,
						new SecurityScheme().type(SecurityScheme.Type.APIKEY)
							.in(SecurityScheme.In.HEADER)
							.name("DPoP")
							.description("A proof made with the device's key for this call (RFC 9449, section 4): "
									+ "`typ` dpop+jwt, `alg` ES256, `htm`, `htu`, `iat`, `jti`, and with an "
									+ "access token `ath`. Good once, for a minute.")));
	}

	/**
	 * After springdoc's own customizers: the parts of every operation, names and order.
	 */
	@Bean
	GlobalOpenApiCustomizer apiDetails(
			@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings,
			RecentSignIns recentSignIns) {
		return (document) -> new Operations(document, recentSignIns).describe(mappings.getObject().getHandlerMethods());
	}

}
