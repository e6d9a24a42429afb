package pl.bramka.gateway.upstream;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.problem.Problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * An OpenID Connect provider behind a pipe. Modelled on Keycloak.
 */
final class OpenIdProvider implements OpenId {

	/** Our own credentials are wrong: a fault of ours, never the customer's. */
	private static final String INVALID_CLIENT = "invalid_client";

	private final Pipe pipe;

	private final String issuer;

	private final JsonMapper mapper = JsonMapper.builder().build();

	/** One reader per wire record: as many as there are such records in the code. */
	private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

	private final ObjectReader errors = this.mapper.readerFor(ErrorBody.class);

	OpenIdProvider(Pipe pipe, String issuer) {
		this.pipe = pipe;
		this.issuer = issuer;
	}

	@Override
	public <W, T> Mono<T> post(String name, String path, Map<String, String> form, Class<W> wire, Function<W, T> from) {
		byte[] body = FormPost.encoded(form);
		ObjectReader reader = this.readers.computeIfAbsent(wire, this.mapper::readerFor);
		Mono<T> attempt = this.pipe.exchange(HttpMethod.POST, path, (headers) -> {
			headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
			headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
		}, body).flatMap((reply) -> {
			if (reply.status() == 204) {
				return Mono.empty();
			}
			if (!reply.isSuccess()) {
				throw refusal(reply);
			}
			return Mono.just(mapped(from, reply.json(reader, wire)));
		});
		return this.pipe.write(name, attempt);
	}

	@Override
	public Mono<String> document(String name, String path) {
		Mono<String> attempt = this.pipe
			.exchange(HttpMethod.GET, path,
					(headers) -> headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE), null)
			.map((reply) -> {
				if (!reply.isSuccess() || !reply.isJson()) {
					throw reply.failure();
				}
				return reply.text();
			});
		return this.pipe.read(name, attempt)
			.onErrorMap(Refusal.class, (refusal) -> Problem.of(this.pipe.name().refused(), refusal));
	}

	@Override
	public OpenIdRealm administration(@Nullable URI url) {
		return new OpenIdAdministration(this.pipe, (url != null) ? url : OpenIdAdministration.beside(this.issuer));
	}

	@Override
	public String issuer() {
		return this.issuer;
	}

	private Refusal refusal(Reply reply) {
		if ((reply.status() != 400 && reply.status() != 401) || !reply.isJson()) {
			throw reply.failure();
		}
		ErrorBody error = reply.json(this.errors, ErrorBody.class);
		if (error.error() == null || INVALID_CLIENT.equals(error.error())) {
			throw reply.failure();
		}
		return new Refusal(reply.status(), error.error(), Objects.requireNonNullElse(error.description(), ""));
	}

	private static <W, T> T mapped(Function<W, T> from, W wire) {
		try {
			return from.apply(wire);
		}
		catch (RuntimeException ex) {
			throw new UpstreamFailure(UpstreamFailure.Kind.GARBLED, ex);
		}
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record ErrorBody(@Nullable String error, @JsonProperty("error_description") @Nullable String description) {
	}

}
