package pl.bramka.gateway.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedApiResponse;
import org.openapitools.openapidiff.core.model.ChangedContent;
import org.openapitools.openapidiff.core.model.ChangedHeaders;
import org.openapitools.openapidiff.core.model.ChangedList;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.ChangedParameter;
import org.openapitools.openapidiff.core.model.ChangedParameters;
import org.openapitools.openapidiff.core.model.ChangedSchema;
import org.openapitools.openapidiff.core.model.ComposedChanged;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What in a new description of the API would break an app that was built of an older one.
 * Stricter than openapi-diff, which does the comparing, in four ways: a member that is
 * gone was perhaps shown, required or not; a member that may be null now was read without
 * looking; a request that may hold nothing else now was perhaps sent with more; an
 * operation that was open is called without a session. And it lets go what is promised to
 * grow: lists of words that say {@code x-open-enum}, and the statuses of problems.
 */
final class Breaks {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final OpenApiDiffOptions OPTIONS = OpenApiDiffOptions.builder()
		.configProperty("incompatible.request.min.length.increased", "true")
		.configProperty("incompatible.response.responses.decreased", "false")
		.build();

	private final List<String> lines = new ArrayList<>();

	private Breaks() {
	}

	/** One line for each, by operation; empty if apps go on as before. */
	static List<String> between(String released, String now) {
		ChangedOpenApi changes = OpenApiCompare.fromContents(withoutOpenLists(released), withoutOpenLists(now), null,
				OPTIONS);
		Breaks breaks = new Breaks();
		changes.getMissingEndpoints()
			.forEach((operation) -> breaks
				.add(operation.getMethod() + " " + operation.getPathUrl() + ": the operation is gone"));
		for (ChangedOperation operation : changes.getChangedOperations()) {
			String name = operation.getHttpMethod() + " " + operation.getPathUrl();
			operation.getChangedElements().forEach((change) -> breaks.explain(name, change));
			if (operation.isIncompatible() && breaks.lines.stream()
				.noneMatch((line) -> line.startsWith(name + " ") || line.startsWith(name + ":"))) {
				breaks.add(name + ": incompatible, says openapi-diff");
			}
		}
		breaks.compareSecurity(changes.getOldSpecOpenApi(), changes.getNewSpecOpenApi());
		breaks.compareRoom(changes.getOldSpecOpenApi(), changes.getNewSpecOpenApi());
		return breaks.lines.stream().distinct().toList();
	}

	private static String withoutOpenLists(String document) {
		JsonNode root = JSON.readTree(document);
		removeOpenLists(root);
		return root.toString();
	}

	private static void removeOpenLists(JsonNode node) {
		if (node instanceof ObjectNode schema && schema.path("x-open-enum").asBoolean(false)) {
			schema.remove("enum");
		}
		node.forEach(Breaks::removeOpenLists);
	}

	private void add(String line) {
		this.lines.add(line);
	}

	private void explain(String where, @Nullable Changed change) {
		switch (change) {
			case null -> {
			}
			case ChangedParameters parameters -> explainParameters(where, parameters);
			case ChangedApiResponse responses -> {
				responses.getMissing()
					.keySet()
					.stream()
					.filter((status) -> status.startsWith("2"))
					.forEach((status) -> add(where + ": no answer " + status + " any more"));
				responses.getChanged().forEach((status, one) -> explain(where + " " + status, one));
			}
			case ChangedHeaders headers -> {
				headers.getMissing().keySet().forEach((name) -> add(where + ": header " + name + " is gone"));
				headers.getChanged().forEach((name, one) -> explain(where + " header " + name, one));
			}
			case ChangedContent content -> {
				content.getMissing().keySet().forEach((type) -> add(where + ": no " + type + " any more"));
				content.getChanged().forEach((type, one) -> explain(where, one));
			}
			case ChangedSchema schema -> explainSchema(where, schema);
			case ChangedList<?> list -> {
				if (list.isIncompatible()) {
					add(where + ": " + name(change) + " gone " + list.getMissing() + ", new " + list.getIncreased());
				}
			}
			case ComposedChanged parts -> {
				if (parts.isCoreChanged().isIncompatible()) {
					add(where + ": " + name(change) + " changed");
				}
				parts.getChangedElements().forEach((part) -> explain(where, part));
			}
			default -> {
				if (change.isIncompatible()) {
					add(where + ": " + name(change) + " changed");
				}
			}
		}
	}

	private void explainParameters(String where, ChangedParameters parameters) {
		parameters.getMissing()
			.forEach((one) -> add(where + ": " + one.getIn() + " parameter " + one.getName() + " is gone"));
		parameters.getIncreased()
			.stream()
			.filter((one) -> Boolean.TRUE.equals(one.getRequired()))
			.forEach((one) -> add(where + ": " + one.getIn() + " parameter " + one.getName() + " is new and required"));
		for (ChangedParameter one : parameters.getChanged()) {
			explain(where + " " + one.getIn() + " parameter " + one.getName(), one);
		}
	}

	private void explainSchema(String where, ChangedSchema schema) {
		Schema<?> old = schema.getOldSchema();
		Schema<?> now = schema.getNewSchema();
		if (schema.isChangedType()) {
			add(where + ": type was " + type(old) + ", is " + type(now));
			return;
		}
		schema.getMissingProperties().keySet().forEach((name) -> add(where + "." + name + ": the member is gone"));
		schema.getChangedProperties().forEach((name, one) -> explain(where + "." + name, one));
		if (schema.getContext().isResponse() && Boolean.TRUE.equals(now.getNullable())
				&& !Boolean.TRUE.equals(old.getNullable())) {
			add(where + ": may be null");
		}
		explain(where + "[]", schema.getItems());
		explain(where + ".*", schema.getAddProp());
		schema.getChangedElements()
			.stream()
			.filter((part) -> !(part instanceof ChangedSchema))
			.forEach((part) -> explain(where, part));
	}

	/** An operation that was open, or needed less. */
	private void compareSecurity(OpenAPI released, OpenAPI now) {
		released.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
			PathItem other = now.getPaths().get(path);
			Operation same = (other != null) ? other.readOperationsMap().get(method) : null;
			Set<String> more = schemes(same);
			more.removeAll(schemes(operation));
			if (!more.isEmpty()) {
				add(method + " " + path + ": needs " + more + " now");
			}
		}));
	}

	private static Set<String> schemes(@Nullable Operation operation) {
		Set<String> schemes = new TreeSet<>();
		if (operation != null && operation.getSecurity() != null) {
			operation.getSecurity().forEach((requirement) -> schemes.addAll(requirement.keySet()));
		}
		return schemes;
	}

	/** A shape that takes no members anymore that it does not name. */
	private void compareRoom(OpenAPI released, OpenAPI now) {
		Map<String, Schema> schemas = Objects.requireNonNullElse(now.getComponents(), new Components()).getSchemas();
		if (schemas != null && released.getComponents() != null && released.getComponents().getSchemas() != null) {
			released.getComponents().getSchemas().forEach((name, old) -> {
				Schema<?> same = schemas.get(name);
				if (same != null && Boolean.FALSE.equals(same.getAdditionalProperties())
						&& !Boolean.FALSE.equals(old.getAdditionalProperties())) {
					add(name + ": takes no other members any more");
				}
			});
		}
	}

	private static String type(@Nullable Schema<?> schema) {
		if (schema == null) {
			return "none";
		}
		return schema.getType() + ((schema.getFormat() != null) ? " (" + schema.getFormat() + ")" : "");
	}

	private static String name(Changed change) {
		return change.getClass().getSimpleName().replace("Changed", "").toLowerCase(Locale.ROOT);
	}

}
