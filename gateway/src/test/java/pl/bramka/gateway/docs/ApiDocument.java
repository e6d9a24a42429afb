package pl.bramka.gateway.docs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webflux.api.OpenApiResource;

import org.springframework.beans.factory.ObjectFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The document as the library that reads the controllers makes it.
 */
final class ApiDocument extends OpenApiResource {

	ApiDocument(ObjectFactory<OpenAPIService> documents, AbstractRequestService requests,
			GenericResponseService responses, OperationService operations, SpringDocConfigProperties settings,
			SpringDocProviders providers, SpringDocCustomizers customizers) {
		super(documents, requests, responses, operations, settings, providers, customizers);
	}

	String text() {
		try {
			return new String(writeJsonValue(getOpenApi(Locale.ENGLISH)), StandardCharsets.UTF_8) + '\n';
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Of no use: the description names no host, so that it is the same everywhere. */
	@Override
	protected String getServerUrl(ServerHttpRequest request, String path) {
		return "/";
	}

}
