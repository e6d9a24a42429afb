package pl.bramka.gateway.upstream;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Keycloak's administration of a realm, through the pipe that signing in goes through
 * too: when the provider is down, both know.
 */
final class OpenIdAdministration implements OpenIdRealm {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

	private final Pipe pipe;

	private final URI url;

	private final JsonMapper mapper = JsonMapper.builder().build();

	/** One reader per wire record: as many as there are such records in the code. */
	private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

	private final ObjectReader errors = this.mapper.readerFor(ErrorBody.class);

	OpenIdAdministration(Pipe pipe, URI url) {
		this.pipe = pipe;
		this.url = url;
	}

	/** {@code /realms/{realm}} is administered at {@code /admin/realms/{realm}}. */
	static URI beside(String realm) {
		return URI.create(realm.replaceFirst("/realms/([^/]+)/?$", "/admin/realms/$1"));
	}

	@Override
	public <W, T> Mono<List<T>> list(String name, String path, String token, Class<W> wire, Function<W, T> from) {
		ObjectReader reader = this.readers.computeIfAbsent(wire, this.mapper::readerForListOf);
		return this.pipe.read(name,
				exchange(HttpMethod.GET, path, token, null).map((reply) -> mapped(reply, reader, wire, from)));
	}

	@Override
	public Mono<String> create(String name, String path, String token, Object content) {
		return this.pipe.write(name,
				exchange(HttpMethod.POST, path, token, content).map(OpenIdAdministration::createdId));
	}

	@Override
	public Mono<Void> put(String name, String path, String token, Object content) {
		return this.pipe.write(name, exchange(HttpMethod.PUT, path, token, content).map((reply) -> {
			// A page of a portal or of a firewall has another status and is no answer.
			if (reply.status() != 204) {
				throw garbled(null);
			}
			return reply;
		}).then());
	}

	private Mono<Reply> exchange(HttpMethod method, String path, String token, @Nullable Object content) {
		byte @Nullable [] body = (content != null) ? this.mapper.writeValueAsBytes(content) : null;
		return this.pipe.exchange(method, URI.create(this.url + path), (headers) -> {
			headers.setBearerAuth(token);
			headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
			if (body != null) {
				headers.setContentType(MediaType.APPLICATION_JSON);
			}
		}, body).map((reply) -> {
			if (!reply.isSuccess()) {
				throw refusal(reply);
			}
			return reply;
		});
	}

	/**
	 * A service account that lacks a right is a refusal and not a failure: it must not
	 * open the breaker that signing in stands behind.
	 */
	private Refusal refusal(Reply reply) {
		return switch (reply.status()) {
			case 401, 403, 404, 409 -> new Refusal(reply.status(), "", "");
			case 400 -> new Refusal(400, reply.json(this.errors, ErrorBody.class).sentence(), "");
			default -> throw reply.failure();
		};
	}

	private static String createdId(Reply reply) {
		String location = reply.headers().getFirst(HttpHeaders.LOCATION);
		String id = (location != null) ? location.substring(location.lastIndexOf('/') + 1) : "";
		if (reply.status() != 201 || !ID.matcher(id).matches()) {
			throw garbled(null);
		}
		return id;
	}

	private static <W, T> List<T> mapped(Reply reply, ObjectReader reader, Class<W> wire, Function<W, T> from) {
		List<?> all = reply.json(reader, List.class);
		try {
			return all.stream().map((each) -> from.apply(wire.cast(Objects.requireNonNull(each)))).toList();
		}
		catch (RuntimeException ex) {
			throw garbled(ex);
		}
	}

	private static UpstreamFailure garbled(@Nullable Throwable cause) {
		return new UpstreamFailure(UpstreamFailure.Kind.GARBLED, cause);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record ErrorBody(@Nullable String errorMessage, @Nullable String error,
			@JsonProperty("error_description") @Nullable String description) {

		String sentence() {
			return Stream.of(this.errorMessage, this.description, this.error)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse("");
		}

	}

}
