package pl.bramka.gateway.docs;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.tags.Tag;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.stepup.RecentSignIn;
import pl.bramka.gateway.terms.TermsGate;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;

/**
 * Completes the operations of a document: what every call takes and gives, what a session
 * needs, which problems there are, and what javadoc says.
 */
final class Operations {

	/** What anything that is asked for can be answered with. */
	private static final Set<ProblemCode> EVERYWHERE = EnumSet.of(ProblemCode.MALFORMED_REQUEST,
			ProblemCode.NOT_ACCEPTABLE, ProblemCode.REQUEST_TIMEOUT, ProblemCode.URI_TOO_LONG,
			ProblemCode.TOO_MANY_REQUESTS, ProblemCode.HEADERS_TOO_LARGE, ProblemCode.INTERNAL_ERROR,
			ProblemCode.OVERLOADED, ProblemCode.FEATURE_OFF);

	private static final Set<ProblemCode> FROM_AN_APP = EnumSet.of(ProblemCode.UPDATE_REQUIRED,
			ProblemCode.DEVICE_UNSUPPORTED);

	private static final Set<ProblemCode> WITH_A_SESSION = EnumSet.of(ProblemCode.UNAUTHENTICATED,
			ProblemCode.INVALID_TOKEN, ProblemCode.INVALID_PROOF);

	/** Whether the terms are accepted may have to be looked up. */
	private static final Set<ProblemCode> TERMS_FIRST = EnumSet.of(ProblemCode.TERMS_NOT_ACCEPTED,
			ProblemCode.STORE_UNAVAILABLE);

	private static final Set<ProblemCode> WITH_A_BODY = EnumSet.of(ProblemCode.INVALID_REQUEST,
			ProblemCode.PAYLOAD_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE);

	/** What is not asked for by an app that says which it is. */
	private static final Set<String> NOT_FROM_AN_APP = Set.of("/.well-known/jwks.json", "/v1/problems",
			"/v1/openapi.json", "/v1/app/compatibility", "/v1/operator/notifications", "/v1/pay-links/{token}");

	private final OpenAPI document;

	private final Duration recentSignIn;

	private final Shapes shapes = new Shapes();

	private final Map<String, Tag> tags = new TreeMap<>();

	Operations(OpenAPI document, Duration recentSignIn) {
		this.document = document;
		this.recentSignIn = recentSignIn;
	}

	/** All of them, and then what they have in common, in an order that never changes. */
	void describe(Map<RequestMappingInfo, HandlerMethod> handlers) {
		handlers.entrySet()
			.stream()
			.sorted(Comparator.comparing((handler) -> handler.getValue().toString()))
			.forEach((handler) -> handler.getKey()
				.getPatternsCondition()
				.getPatterns()
				.forEach((pattern) -> handler.getKey()
					.getMethodsCondition()
					.getMethods()
					.forEach((method) -> describe(pattern.getPatternString(), method, handler.getValue()))));
		this.shapes.describe(this.document);
		Parts.addTo(this.document.getComponents());
		Paths sorted = new Paths();
		new TreeMap<>(this.document.getPaths()).forEach(sorted::addPathItem);
		this.document.paths(sorted).tags(List.copyOf(this.tags.values()));
	}

	private void describe(String path, RequestMethod method, HandlerMethod handler) {
		PathItem item = this.document.getPaths().get(path);
		Operation operation = (item != null) ? item.readOperationsMap().get(PathItem.HttpMethod.valueOf(method.name()))
				: null;
		if (operation == null) {
			return;
		}
		this.shapes.add(handler);
		words(operation, handler);
		boolean session = Arrays.stream(handler.getMethodParameters())
			.anyMatch((parameter) -> parameter.hasParameterAnnotation(AuthenticationPrincipal.class));
		Answers own = handler.getMethodAnnotation(Answers.class);
		Set<ProblemCode> problems = EnumSet.copyOf(EVERYWHERE);
		problems.addAll((own != null) ? List.of(own.value()) : List.of());
		if (Arrays.stream(handler.getMethodParameters())
			.anyMatch((parameter) -> parameter.hasParameterAnnotation(RequestParam.class))) {
			problems.add(ProblemCode.INVALID_REQUEST);
		}
		if (operation.getRequestBody() != null) {
			problems.addAll(WITH_A_BODY);
		}
		if (session) {
			problems.addAll(WITH_A_SESSION);
			if (TermsGate.guards(HttpMethod.valueOf(method.name()), PathContainer.parsePath(path))) {
				problems.addAll(TERMS_FIRST);
			}
			operation.addSecurityItem(new SecurityRequirement().addList(Description.TOKEN).addList(Description.PROOF));
		}
		else if (problems.contains(ProblemCode.INVALID_PROOF)) {
			operation.addSecurityItem(new SecurityRequirement().addList(Description.PROOF));
		}
		RecentSignIn recent = handler.getMethodAnnotation(RecentSignIn.class);
		if (recent != null) {
			problems.add(ProblemCode.INSUFFICIENT_USER_AUTHENTICATION);
			operation.addExtension("x-recent-sign-in", rule(recent));
		}
		if (!NOT_FROM_AN_APP.contains(path)) {
			problems.addAll(FROM_AN_APP);
			Parts.FROM_AN_APP.forEach((name) -> operation.addParametersItem(Parts.parameter(name)));
		}
		Parts.ALWAYS.forEach((name) -> operation.addParametersItem(Parts.parameter(name)));
		answers(operation, handler, problems);
		if (own != null && own.pages()) {
			operation.getResponses().values().forEach(Parts::addPage);
		}
	}

	/**
	 * What an operation needs.
	 *
	 * @param maxAge seconds after a sign-in
	 * @param acrValues what may have been shown: {@code pwd}, {@code pin}, {@code bio}
	 */
	record Rule(long maxAge, List<String> acrValues) {
	}

	private Rule rule(RecentSignIn declared) {
		return new Rule(this.recentSignIn.toSeconds(),
				Arrays.stream(declared.methods()).map(AuthenticationMethod::acr).toList());
	}

	/** The first sentence is the headline. */
	private void words(Operation operation, HandlerMethod handler) {
		Method method = handler.getMethod();
		String text = Javadoc.of(method);
		String headline = Javadoc.firstSentence(text);
		operation.summary(StringUtils.trimTrailingCharacter(headline, '.'));
		operation.description(headline.equals(text) ? null : text.substring(headline.length()).strip());
		Class<?> type = handler.getBeanType();
		String tag = ClassUtils.getPackageName(type).replaceAll(".*\\.", "");
		this.tags.putIfAbsent(tag, new Tag().name(tag).description(Javadoc.firstSentence(Javadoc.of(type))));
		operation.setTags(List.of(tag));
		Map<String, String> parameters = Javadoc.ofParameters(method);
		if (operation.getRequestBody() != null) {
			// One that is not bound to a parameter brings its own words.
			operation.getRequestBody()
				.description(parameters.getOrDefault("body", operation.getRequestBody().getDescription()))
				.required(true);
		}
		if (operation.getParameters() != null) {
			operation.getParameters().forEach((parameter) -> describe(parameter, parameters));
		}
	}

	private static void describe(Parameter parameter, Map<String, String> javadoc) {
		@Nullable String words = words(parameter, javadoc);
		if (words != null) {
			parameter.description(words);
		}
	}

	/** A header's name is written in another way than the parameter that takes it. */
	private static @Nullable String words(Parameter parameter, Map<String, String> words) {
		return words.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equalsIgnoreCase(parameter.getName().replace("-", "")))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private static void answers(Operation operation, HandlerMethod handler, Set<ProblemCode> problems) {
		boolean tagged = isTagged(ResolvableType.forMethodReturnType(handler.getMethod()));
		boolean retired = handler.hasMethodAnnotation(Retired.class);
		List<String> more = retired ? Parts.RETIRED : List.of();
		operation.setDeprecated(retired ? true : null);
		Map<String, ApiResponse> responses = new TreeMap<>();
		operation.getResponses()
			.forEach((status, response) -> responses.put(status,
					Parts.success(response.description(Javadoc.ofReturn(handler.getMethod())), tagged, more)));
		if (tagged) {
			operation.addParametersItem(Parts.parameter(Parts.IF_NONE_MATCH));
			responses.put("304", Parts.notModified(more));
		}
		problems.stream()
			.collect(Collectors.groupingBy(ProblemCode::status))
			.forEach((status, codes) -> responses.put(String.valueOf(status.value()), Parts.problem(codes, more)));
		operation.getResponses().clear();
		operation.getResponses().putAll(responses);
	}

	/** Whether the answer carries an entity tag. */
	private static boolean isTagged(ResolvableType type) {
		return type.resolve(Object.class) == Rendition.class || type.resolve(Object.class) == DataBuffer.class
				|| Arrays.stream(type.getGenerics()).anyMatch(Operations::isTagged);
	}

}
