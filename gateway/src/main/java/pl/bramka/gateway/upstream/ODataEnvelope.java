package pl.bramka.gateway.upstream;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON form of OData V2: {@code {"d":{…}}} for one entity,
 * {@code {"d":{"results":[…]}}} for several, {@code {"error":{…}}} for a refusal. Reads
 * only the fields the wire records name; what a system adds is ignored.
 */
final class ODataEnvelope {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final ObjectReader errors = this.mapper.readerFor(ErrorBody.class);

	/** One reader per wire record: as many as there are such records in the code. */
	private final Map<Class<?>, ObjectReader> entities = new ConcurrentHashMap<>();

	private final Map<Class<?>, ObjectReader> collections = new ConcurrentHashMap<>();

	<W> W one(Reply reply, Class<W> wire) {
		ObjectReader reader = this.entities.computeIfAbsent(wire, (type) -> reader(Entity.class, type));
		return wire.cast(present(reply.json(reader, Entity.class).d()));
	}

	@SuppressWarnings("unchecked")
	<W> List<W> many(Reply reply, Class<W> wire) {
		ObjectReader reader = this.collections.computeIfAbsent(wire, (type) -> reader(Collection.class, type));
		Collection<W> collection = reply.json(reader, Collection.class);
		return present(present(collection.d()).results());
	}

	byte[] write(Object body) {
		return this.mapper.writeValueAsBytes(body);
	}

	/** What SAP says in its error form; a failure if the body is not of that form. */
	Refusal refusal(Reply reply) {
		Fault fault = reply.json(this.errors, ErrorBody.class).error();
		if (fault == null || fault.code() == null) {
			throw new UpstreamFailure(UpstreamFailure.Kind.GARBLED, null);
		}
		String message = (fault.message() != null) ? Objects.requireNonNullElse(fault.message().value(), "") : "";
		return new Refusal(reply.status(), fault.code(), message);
	}

	private ObjectReader reader(Class<?> envelope, Class<?> wire) {
		JavaType type = this.mapper.getTypeFactory().constructParametricType(envelope, wire);
		return this.mapper.readerFor(type);
	}

	private static <T> T present(@Nullable T value) {
		if (value == null) {
			throw new UpstreamFailure(UpstreamFailure.Kind.GARBLED, null);
		}
		return value;
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Entity<W>(@Nullable W d) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Collection<W>(@Nullable Results<W> d) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Results<W>(@Nullable List<W> results) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record ErrorBody(@Nullable Fault error) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Fault(@Nullable String code, @Nullable Message message) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Message(@Nullable String value) {
	}

}
