package pl.bramka.gateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.freshness.Rendition;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Makes the API's description of the controllers of a gateway that runs. A gateway in
 * earnest serves what was recorded of this, and has nothing of what it takes to make it.
 */
public final class Description {

	/**
	 * The version of the contract, not of the gateway: the first number changes with a
	 * change that breaks an app, the second with every release that adds something.
	 */
	static final String VERSION = "1.0.0";

	/** The access token, as a scheme of the header {@code Authorization}. */
	static final String TOKEN = "accessToken";

	/** The device's proof. */
	static final String PROOF = "proof";

	/**
	 * OpenAPI 3.0 is what app generators and the comparison with the released document
	 * read best. Javadoc is read here, not by the library.
	 */
	private static final String[] SETTINGS = { "springdoc.api-docs.enabled=true",
			"springdoc.enable-default-api-docs=false", "springdoc.api-docs.version=openapi_3_0",
			"springdoc.writer-with-default-pretty-printer=true", "springdoc.override-with-generic-response=false",
			"springdoc.default-produces-media-type=application/json", "springdoc.enable-javadoc=false" };

	static {
		SpringDocUtils.getConfig()
			.addResponseWrapperToIgnore(Rendition.class)
			.addAnnotationsToIgnore(AuthenticationPrincipal.class);
		// One type in the app's language for each list of words.
		ModelResolver.enumsAsRef = true;
	}

	private Description() {
	}

	/**
	 * Starts a gateway that can be described.
	 * @param parts registers what else it has than in earnest
	 * @param settings more settings, {@code name=value}
	 */
	public static TestGateway start(Consumer<GenericApplicationContext> parts, String... settings) {
		return TestGateway.startWith((context) -> {
			context.registerBean(ApiDocument.class);
			context.registerBean(OpenAPI.class, Description::beginning);
			context.registerBean(GlobalOpenApiCustomizer.class, () -> details(context));
			parts.accept(context);
		}, Stream.of(SETTINGS, settings).flatMap(Stream::of).toArray(String[]::new));
	}

	/**
	 * What the code of a gateway says of itself.
	 * @param gateway one that was started here
	 * @return the document, in OpenAPI 3.0 as JSON
	 */
	public static String of(TestGateway gateway) {
		return gateway.bean(ApiDocument.class).text();
	}

	private static OpenAPI beginning() {
		return new OpenAPI()
			.info(new Info().title("Bramka mobile API")
				.version(VERSION)
				.description(words())
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

	private static String words() {
		try {
			return new ClassPathResource("docs/description.md").getContentAsString(StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * After springdoc's own customizers: the parts of every operation, names and order.
	 */
	private static GlobalOpenApiCustomizer details(GenericApplicationContext context) {
		return (document) -> new Operations(document,
				context.getEnvironment().getRequiredProperty("bramka.access.recent-sign-in", Duration.class))
			.describe(context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
				.getHandlerMethods());
	}

}
