package pl.bramka.gateway.docs;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webflux.api.OpenApiResource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * The API's description as it is sent. Made once, when somebody asks first, and never on
 * an event loop: it takes about a second of processor time, which no start should wait
 * for.
 */
@Component
final class ApiDocument extends OpenApiResource {

	private final Mono<Bytes> bytes = Mono.fromCallable(this::write)
		.subscribeOn(Schedulers.boundedElastic())
		.cacheInvalidateIf((document) -> false);

	ApiDocument(ObjectFactory<OpenAPIService> documents, AbstractRequestService requests,
			GenericResponseService responses, OperationService operations, SpringDocConfigProperties settings,
			SpringDocProviders providers, SpringDocCustomizers customizers) {
		super(documents, requests, responses, operations, settings, providers, customizers);
	}

	Mono<Bytes> bytes() {
		return this.bytes;
	}

	private Bytes write() throws Exception {
		ByteArrayOutputStream document = new ByteArrayOutputStream();
		document.writeBytes(writeJsonValue(getOpenApi(Locale.ENGLISH)));
		document.write('\n');
		return new Bytes(document.toByteArray());
	}

	/** Of no use: the description names no host, so that it is the same everywhere. */
	@Override
	protected String getServerUrl(ServerHttpRequest request, String path) {
		return "/";
	}

}
