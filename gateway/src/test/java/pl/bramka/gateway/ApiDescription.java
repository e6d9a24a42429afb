package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The recorded description of the API, and whether an answer is one that it describes. It
 * is read more strictly than apps read it: a member that it does not name is a mistake.
 */
final class ApiDescription {

	/** Where its schemas are known under; nothing is fetched from there. */
	private static final String NAME = "https://api.bramka.test/openapi.json";

	/** Where tests may put operations of their own, whose successes nobody describes. */
	private static final String TEST_ONLY = "/v1/test-only/";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final JsonNode document;

	private final Map<PathPattern, String> paths = new TreeMap<>(
			PathPattern.SPECIFICITY_COMPARATOR.thenComparing(Comparator.naturalOrder()));

	/**
	 * All of it: a registry that is asked for a part reads, and keeps, the whole again.
	 */
	private final Schema whole;

	private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

	private ApiDescription(JsonNode document) {
		this.document = document;
		close(document);
		document.get("paths")
			.propertyNames()
			.forEach((path) -> this.paths.put(PathPatternParser.defaultInstance.parse(path), path));
		this.whole = SchemaRegistry
			.withDialect(Dialects.getOpenApi30(), (builder) -> builder.schemas(Map.of(NAME, document.toString())))
			.getSchema(SchemaLocation.of(NAME));
	}

	/** The one in the folder of settings. */
	static ApiDescription recorded() {
		try {
			return new ApiDescription(JSON.readTree(Files.readString(Path.of("../config/contract/openapi.json"))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void close(JsonNode node) {
		if (node instanceof ObjectNode schema && schema.path("properties").isObject()
				&& !schema.has("additionalProperties")) {
			schema.put("additionalProperties", false);
		}
		node.forEach(ApiDescription::close);
	}

	/**
	 * An answer as it was sent.
	 *
	 * @param type its content type with its parameters
	 * @param headers the names of all headers
	 */
	record Answer(String method, String path, int status, String type, Set<String> headers, String body) {

		boolean has(String header) {
			return this.headers.stream().anyMatch(header::equalsIgnoreCase);
		}

		@Override
		public String toString() {
			return this.method + " " + this.path + " " + this.status;
		}

	}

	/** What is wrong with an answer, if anything. */
	List<String> violations(Answer answer) {
		List<String> violations = new ArrayList<>();
		String pointer = pointer(answer);
		JsonNode operation = this.document.at(JsonPointer.compile(pointer));
		if (answer.status() < 400 && answer.path().startsWith(TEST_ONLY)) {
			return List.of();
		}
		if (operation.isMissingNode()) {
			// Everything else that can be asked for is answered with some problem.
			if (!answer.has("Request-Id") || !answer.type().startsWith("application/problem+json")) {
				violations.add("not described, and no problem: " + answer.type() + " " + answer.headers());
			}
			checkSchema(answer, "/components/schemas/Problem", violations);
		}
		else {
			check(answer, pointer + "/responses/" + answer.status(), violations);
		}
		return violations.stream().map((violation) -> answer + ": " + violation).toList();
	}

	private String pointer(Answer answer) {
		PathContainer path = PathContainer.parsePath(answer.path());
		// Only what can be read can be asked for its headers alone.
		boolean read = answer.method().equals("HEAD") && answer.status() < 400;
		String method = read ? "get" : answer.method().toLowerCase(Locale.ROOT);
		return this.paths.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().matches(path))
			.findFirst()
			.map((entry) -> "/paths/" + entry.getValue().replace("/", "~1") + "/" + method)
			.orElse("/no/such/path");
	}

	private void check(Answer answer, String pointer, List<String> violations) {
		JsonNode described = this.document.at(JsonPointer.compile(pointer));
		if (described.has("$ref")) {
			check(answer, described.get("$ref").asString().substring(1), violations);
			return;
		}
		if (described.isMissingNode()) {
			violations.add("no such status is described: " + answer.body());
			return;
		}
		described.path("headers").forEachEntry((name, header) -> {
			JsonNode whole = this.document.at(JsonPointer.compile(header.get("$ref").asString().substring(1)));
			if (whole.path("required").asBoolean(false) && !answer.has(name)) {
				violations.add("no header " + name);
			}
		});
		JsonNode content = described.path("content");
		String type = answer.type().replaceAll(";.*", "");
		if (content.isEmpty() != answer.body().isEmpty() || (!content.isEmpty() && !content.has(type))) {
			violations.add("not the content that is described: " + type + " " + answer.body());
			return;
		}
		// What is no JSON has no shape that could be held to it.
		if (!content.isEmpty() && type.endsWith("json")) {
			JsonNode body = content.get(type);
			checkSchema(answer, pointer + "/content/" + type.replace("/", "~1") + "/schema", violations);
			if (body.has("examples") && !body.get("examples").has(code(answer))) {
				violations.add("no such problem is described: " + answer.body());
			}
		}
	}

	private static String code(Answer answer) {
		return JSON.readTree(answer.body()).path("code").asString("");
	}

	private void checkSchema(Answer answer, String pointer, List<String> violations) {
		Schema schema = this.schemas.computeIfAbsent(pointer,
				(key) -> this.whole.getRefSchema(SchemaLocation.of(NAME + "#" + key).getFragment()));
		try {
			schema
				.validate(JSON.readTree(answer.body()),
						(execution) -> execution.executionConfig((config) -> config.formatAssertionsEnabled(true)))
				.forEach((error) -> violations.add(error.getInstanceLocation() + " " + error.getKeyword() + " "
						+ Arrays.toString(error.getArguments()) + " in " + answer.body()));
		}
		catch (JacksonException ex) {
			violations.add("no JSON: " + answer.body());
		}
	}

}
