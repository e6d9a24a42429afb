package pl.bramka.gateway.docs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpStatus;

import static pl.bramka.gateway.problem.ProblemCode.DEVICE_UNSUPPORTED;
import static pl.bramka.gateway.problem.ProblemCode.FEATURE_OFF;
import static pl.bramka.gateway.problem.ProblemCode.HEADERS_TOO_LARGE;
import static pl.bramka.gateway.problem.ProblemCode.INTERNAL_ERROR;
import static pl.bramka.gateway.problem.ProblemCode.INVALID_PROOF;
import static pl.bramka.gateway.problem.ProblemCode.INVALID_REQUEST;
import static pl.bramka.gateway.problem.ProblemCode.INVALID_TOKEN;
import static pl.bramka.gateway.problem.ProblemCode.MALFORMED_REQUEST;
import static pl.bramka.gateway.problem.ProblemCode.NOT_ACCEPTABLE;
import static pl.bramka.gateway.problem.ProblemCode.OVERLOADED;
import static pl.bramka.gateway.problem.ProblemCode.PAYLOAD_TOO_LARGE;
import static pl.bramka.gateway.problem.ProblemCode.REQUEST_TIMEOUT;
import static pl.bramka.gateway.problem.ProblemCode.TERMS_NOT_ACCEPTED;
import static pl.bramka.gateway.problem.ProblemCode.TOO_MANY_REQUESTS;
import static pl.bramka.gateway.problem.ProblemCode.UNAUTHENTICATED;
import static pl.bramka.gateway.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static pl.bramka.gateway.problem.ProblemCode.UPDATE_REQUIRED;
import static pl.bramka.gateway.problem.ProblemCode.URI_TOO_LONG;

/**
 * What operations have in common, each written once and referred to: headers both ways,
 * and the problems of the catalogue.
 */
final class Parts {

	/** Headers by which an app says what it is. */
	static final List<String> FROM_AN_APP = List.of("App-Platform", "App-Version", "App-OS-Version", "App-Store");

	/** Headers that any call may send. */
	static final List<String> ALWAYS = List.of("Accept-Language", "Request-Id");

	/** The header that spares an app what it has. */
	static final String IF_NONE_MATCH = "If-None-Match";

	/** Headers of a retired operation's answers. */
	static final List<String> RETIRED = List.of("Deprecation", "Sunset", "Link");

	private static final List<String> LIMITED = List.of("RateLimit", "RateLimit-Policy");

	private static final String PROBLEM = "Problem";

	/** Problem answers that many operations have in exactly this form. */
	private static final Map<String, List<ProblemCode>> SHARED = Map.ofEntries(
			Map.entry("Malformed", List.of(MALFORMED_REQUEST)),
			Map.entry("Invalid", List.of(MALFORMED_REQUEST, INVALID_REQUEST)),
			Map.entry("NoSession", List.of(UNAUTHENTICATED, INVALID_TOKEN, INVALID_PROOF)),
			Map.entry("TermsFirst", List.of(TERMS_NOT_ACCEPTED)), Map.entry("NotAcceptable", List.of(NOT_ACCEPTABLE)),
			Map.entry("NotInTime", List.of(REQUEST_TIMEOUT)), Map.entry("BodyTooLarge", List.of(PAYLOAD_TOO_LARGE)),
			Map.entry("AddressTooLong", List.of(URI_TOO_LONG)), Map.entry("NotJson", List.of(UNSUPPORTED_MEDIA_TYPE)),
			Map.entry("NotServed", List.of(UPDATE_REQUIRED, DEVICE_UNSUPPORTED)),
			Map.entry("TooMany", List.of(TOO_MANY_REQUESTS)), Map.entry("HeadersTooLarge", List.of(HEADERS_TOO_LARGE)),
			Map.entry("OwnFault", List.of(INTERNAL_ERROR)), Map.entry("Unavailable", List.of(OVERLOADED, FEATURE_OFF)));

	private Parts() {
	}

	static Parameter parameter(String name) {
		return new Parameter().$ref(name);
	}

	/** What a success carries. */
	static ApiResponse success(ApiResponse response, boolean tagged, List<String> more) {
		return with(response, List.of("Request-Id", "Cache-Control"), tagged ? List.of("ETag") : List.of(), LIMITED,
				more);
	}

	static ApiResponse notModified(List<String> more) {
		return success(new ApiResponse().description("The app has the same already; there is no body."), true, more);
	}

	/** An answer that is one of the problems, which share a status. */
	static ApiResponse problem(List<ProblemCode> codes, List<String> more) {
		return SHARED.entrySet()
			.stream()
			.filter((shared) -> more.isEmpty() && shared.getValue().equals(codes))
			.findFirst()
			.map((shared) -> new ApiResponse().$ref(shared.getKey()))
			.orElseGet(() -> with(problem(codes), more));
	}

	/** The same problem as a page for people. */
	static void addPage(ApiResponse response) {
		if (response.getContent() != null && response.getContent().containsKey("application/problem+json")) {
			response.getContent().addMediaType("text/html", new MediaType().schema(text()));
		}
	}

	private static ApiResponse problem(List<ProblemCode> codes) {
		MediaType body = new MediaType().schema(ref(PROBLEM));
		codes.forEach((code) -> body.addExamples(code.code(), new Example().$ref(code.code())));
		Map<String, String> meanings = Javadoc.ofConstants(ProblemCode.class);
		String description = codes.stream()
			.map((code) -> "`" + code.code() + "`: " + meanings.get(code.name()))
			.collect(Collectors.joining("\n\n"));
		ApiResponse response = new ApiResponse().description(description)
			.content(new Content().addMediaType("application/problem+json", body));
		HttpStatus status = codes.getFirst().status();
		return with(response, List.of("Request-Id", "Cache-Control", "Content-Language"), switch (status) {
			case UNAUTHORIZED -> List.of("WWW-Authenticate");
			case SERVICE_UNAVAILABLE -> List.of("Retry-After");
			case TOO_MANY_REQUESTS -> List.of("Retry-After", "RateLimit", "RateLimit-Policy");
			default -> List.of();
		});
	}

	@SafeVarargs
	private static ApiResponse with(ApiResponse response, List<String>... headers) {
		Arrays.stream(headers)
			.flatMap(List::stream)
			.forEach((name) -> response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name)));
		return response;
	}

	/** Everything that is referred to. */
	static void addTo(Components components) {
		parameters(components);
		headers(components);
		components.addSchemas("ProblemCode", code()).addSchemas(PROBLEM, ProblemShape.schema());
		for (ProblemCode code : ProblemCode.values()) {
			components.addExamples(code.code(), new Example().summary(code.title()).value(example(code)));
		}
		new TreeMap<>(SHARED).forEach((name, codes) -> components.addResponses(name, problem(codes)));
	}

	private static void parameters(Components components) {
		asked(components, "App-Platform", "What the app runs on.", words("android", "ios").example("android"), true);
		asked(components, "App-Version", "The version of the app. Missing or malformed counts as too old.",
				text().example("3.4.1"), true);
		asked(components, "App-OS-Version", "The version of the operating system.", text().example("14"), true);
		asked(components, "App-Store", "Where the app came from.", words("google-play", "app-store", "app-gallery"),
				false);
		asked(components, "Accept-Language",
				"The language of sentences for people: `pl` or `en`, Polish when in doubt.", text().example("pl"),
				false);
		asked(components, "Request-Id", "Names this call in every log; a new one is made if there is none, or if it is"
				+ " not 8 to 64 letters, digits and hyphens.", text(), false);
		asked(components, IF_NONE_MATCH, "The `ETag` of what the app has.", text(), false);
	}

	private static void headers(Components components) {
		given(components, "Request-Id", "The name of this call in every log. Show it to whoever asks for help.",
				text().pattern("^[0-9A-Za-z-]{8,64}$"), true);
		given(components, "Cache-Control", "Whether the answer may be kept: `no-store`, `private, no-cache` with an"
				+ " `ETag`, or `public` with an age.", text(), true);
		given(components, "ETag", "Stands for content and state, not for age. Send it back as `If-None-Match`.",
				text().pattern("^\"[0-9a-f]{32}\"$"), true);
		given(components, "RateLimit", "What is left of the limit (draft-ietf-httpapi-ratelimit-headers).", text(),
				false);
		given(components, "RateLimit-Policy", "The limit that applies (draft-ietf-httpapi-ratelimit-headers).", text(),
				false);
		given(components, "Retry-After", "Seconds after which trying again may help.",
				new IntegerSchema().minimum(java.math.BigDecimal.ONE), true);
		given(components, "WWW-Authenticate", "`DPoP`, with what was wrong (RFC 9449, section 7.1), or"
				+ " what would do (`acr_values` and `max_age` of RFC 9470).", text(), true);
		given(components, "Content-Language", "The language of `detail`.", words("pl", "en"), true);
		given(components, "Deprecation", "Since when the operation is retired (RFC 9745).",
				text().example("@1793491200"), true);
		given(components, "Sunset", "From when on the operation may be gone (RFC 8594).",
				text().example("Sat, 01 May 2027 00:00:00 GMT"), true);
		given(components, "Link", "What replaces the operation: `rel=\"successor-version\"`.", text(), true);
	}

	private static void asked(Components components, String name, String words, Schema<?> schema, boolean required) {
		components.addParameters(name,
				new HeaderParameter().name(name).description(words).schema(schema).required(required));
	}

	private static void given(Components components, String name, String words, Schema<?> schema, boolean required) {
		components.addHeaders(name, new Header().description(words).schema(schema).required(required));
	}

	/** The whole catalogue as words and as a table. */
	private static Schema<?> code() {
		Map<String, String> meanings = Javadoc.ofConstants(ProblemCode.class);
		StringBuilder table = new StringBuilder("""
				The name of a problem. It never changes; there will be more. Treat one that the app does not know by \
				the answer's status and by `retryable`.

				| code | status | retryable | when | pl | en |
				| --- | --- | --- | --- | --- | --- |
				""");
		Schema<String> words = words();
		for (ProblemCode code : ProblemCode.values()) {
			words.addEnumItemObject(code.code());
			table.append("| `%s` | %d | %s | %s | %s | %s |%n".formatted(code.code(), code.status().value(),
					code.retryable() ? "yes" : "no", meanings.get(code.name()), code.detail(Language.POLISH),
					code.detail(Language.ENGLISH)));
		}
		words.addExtension("x-open-enum", true);
		return words.description(table.toString().strip());
	}

	private static Map<String, @Nullable Object> example(ProblemCode code) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put("type", code.type());
		members.put("title", code.title());
		members.put("status", code.status().value());
		members.put("detail", code.detail(Language.POLISH));
		members.put("code", code.code());
		members.put("retryable", code.retryable());
		members.put("requestId", "b41c9d0e7f2a5836c0d1e2f3");
		return members;
	}

	static Schema<?> ref(String name) {
		return new Schema<>().$ref(name);
	}

	static Schema<String> text() {
		return new StringSchema();
	}

	static Schema<String> words(String... values) {
		Schema<String> words = new StringSchema();
		words.setEnum((values.length > 0) ? List.of(values) : null);
		return words;
	}

}
