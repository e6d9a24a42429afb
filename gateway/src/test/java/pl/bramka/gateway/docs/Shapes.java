package pl.bramka.gateway.docs;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ComposedSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * The shapes that operations take and give: records, whose members are there unless they
 * are {@code @Nullable}, and lists of words. Says of them what javadoc says, and gives
 * those that are made of others a name that reads well.
 */
final class Shapes {

	private static final String REF = Components.COMPONENTS_SCHEMAS_REF;

	private final Set<Shape> all = new LinkedHashSet<>();

	/**
	 * A record or an enumeration.
	 *
	 * @param found the name the library gave it
	 * @param name the name it is known by
	 * @param asked whether it is sent by the app
	 */
	private record Shape(String found, String name, Class<?> type, boolean asked) {
	}

	/** All shapes of an operation. */
	void add(HandlerMethod handler) {
		add(ResolvableType.forMethodReturnType(handler.getMethod()), false);
		for (MethodParameter parameter : handler.getMethodParameters()) {
			add(ResolvableType.forMethodParameter(parameter), parameter.hasParameterAnnotation(RequestBody.class));
		}
	}

	private void add(ResolvableType type, boolean asked) {
		Class<?> raw = type.resolve(Object.class);
		if (!raw.isRecord() && !raw.isEnum()) {
			Arrays.stream(type.getGenerics()).forEach((generic) -> add(generic, asked));
			return;
		}
		if (raw.getName().startsWith("pl.bramka.") && this.all.add(new Shape(found(type), name(type), raw, asked))
				&& raw.isRecord()) {
			for (RecordComponent component : raw.getRecordComponents()) {
				add(ResolvableType.forType(component.getGenericType(), type), asked);
			}
		}
	}

	private static String found(ResolvableType type) {
		return simpleName(type.resolve(Object.class))
				+ Arrays.stream(type.getGenerics()).map(Shapes::found).collect(Collectors.joining());
	}

	/** A {@code Section<List<Contract>>} is a {@code ContractsSection}. */
	private static String name(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		String of = Arrays.stream(type.getGenerics()).map(Shapes::name).collect(Collectors.joining());
		if (List.class.isAssignableFrom(raw)) {
			return of.endsWith("y") ? of.substring(0, of.length() - 1) + "ies" : of + "s";
		}
		return of + simpleName(raw);
	}

	private static String simpleName(Class<?> type) {
		io.swagger.v3.oas.annotations.media.Schema named = type
			.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
		return (named != null && !named.name().isEmpty()) ? named.name() : type.getSimpleName();
	}

	/** Completes what the library found of them. */
	void describe(OpenAPI document) {
		Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
		Map<String, Class<?>> names = new TreeMap<>();
		for (Shape shape : this.all) {
			Class<?> other = names.put(shape.name(), shape.type());
			if (other != null && other != shape.type()) {
				throw new IllegalStateException("two shapes are called " + shape.name());
			}
			Schema<?> schema = schemas.remove(shape.found());
			if (schema != null) {
				describe(schema, shape);
				schemas.put(shape.name(), schema);
			}
		}
		document.getComponents().setSchemas(schemas);
		Map<String, String> renamed = this.all.stream()
			.collect(Collectors.toMap((shape) -> REF + shape.found(), (shape) -> REF + shape.name(), (a, b) -> a));
		schemas.values().forEach((schema) -> rename(schema, renamed));
		document.getPaths()
			.values()
			.stream()
			.flatMap((path) -> path.readOperations().stream())
			.forEach((operation) -> rename(operation, renamed));
	}

	private static void describe(Schema<?> schema, Shape shape) {
		schema.setDescription(Javadoc.of(shape.type()));
		if (shape.type().isEnum()) {
			schema.setDescription(schema.getDescription() + Javadoc.ofConstants(shape.type())
				.entrySet()
				.stream()
				.map((constant) -> "\n- `" + constant.getKey() + "`: " + constant.getValue())
				.collect(Collectors.joining()));
			return;
		}
		schema.setRequired(null);
		describeMembers(schema, shape.type());
		if (shape.asked()) {
			schema.setAdditionalProperties(false);
		}
	}

	/** Those of an unwrapped record are members of the shape itself. */
	private static void describeMembers(Schema<?> schema, Class<?> type) {
		Map<String, String> words = Javadoc.ofComponents(type);
		for (RecordComponent component : type.getRecordComponents()) {
			Method accessor = component.getAccessor();
			if (accessor.isAnnotationPresent(JsonUnwrapped.class)) {
				describeMembers(schema, component.getType());
				continue;
			}
			if (accessor.isAnnotationPresent(JsonIgnore.class)) {
				continue;
			}
			JsonProperty named = accessor.getAnnotation(JsonProperty.class);
			String name = (named != null) ? named.value() : component.getName();
			schema.getProperties()
				.computeIfPresent(name, (key, member) -> described(member, words.get(component.getName())));
			if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
				schema.addRequiredItem(name);
			}
		}
	}

	/** Nothing may stand beside a reference in this version of OpenAPI. */
	private static Schema<?> described(Schema<?> member, @Nullable String words) {
		if (member.get$ref() == null || words == null) {
			member.setDescription(words);
			return member;
		}
		return new ComposedSchema().addAllOfItem(new Schema<>().$ref(member.get$ref())).description(words);
	}

	private static void rename(Operation operation, Map<String, String> names) {
		operation.getResponses().values().forEach((response) -> rename(response.getContent(), names));
		if (operation.getRequestBody() != null) {
			rename(operation.getRequestBody().getContent(), names);
		}
	}

	private static void rename(@Nullable Content content, Map<String, String> names) {
		if (content != null) {
			content.values().forEach((body) -> rename(body.getSchema(), names));
		}
	}

	private static void rename(@Nullable Schema<?> schema, Map<String, String> names) {
		if (schema == null) {
			return;
		}
		if (schema.get$ref() != null) {
			schema.set$ref(names.getOrDefault(schema.get$ref(), schema.get$ref()));
		}
		rename(schema.getItems(), names);
		if (schema.getProperties() != null) {
			schema.getProperties().values().forEach((member) -> rename(member, names));
		}
		if (schema.getAllOf() != null) {
			schema.getAllOf().forEach((part) -> rename(part, names));
		}
	}

}
