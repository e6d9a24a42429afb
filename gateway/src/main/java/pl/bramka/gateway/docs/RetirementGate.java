package pl.bramka.gateway.docs;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The gate that says of a retired operation that it is one. It stands before everything
 * that may refuse a request, so that no answer goes without.
 */
public final class RetirementGate implements WebFilter {

	/** RFC 9110, section 5.6.7: other than Java's own RFC 1123, always two digits. */
	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'",
			Locale.ENGLISH);

	/**
	 * The most specific path first, as the framework chooses; empty if none is retired.
	 */
	private final List<Operation> operations;

	/**
	 * The gate.
	 * @param mappings where operations say that they are retired
	 */
	public RetirementGate(RequestMappingHandlerMapping mappings) {
		List<Operation> all = mappings.getHandlerMethods()
			.entrySet()
			.stream()
			.flatMap((mapping) -> mapping.getKey()
				.getPatternsCondition()
				.getPatterns()
				.stream()
				.map((path) -> Operation.of(path, mapping.getKey(), mapping.getValue())))
			.sorted(Comparator.comparing(Operation::path, PathPattern.SPECIFICITY_COMPARATOR))
			.toList();
		this.operations = all.stream().anyMatch((operation) -> operation.retired() != null) ? all : List.of();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!this.operations.isEmpty()) {
			Map<String, String> headers = headers(exchange.getRequest().getMethod(),
					exchange.getRequest().getPath().pathWithinApplication());
			headers.forEach(exchange.getResponse().getHeaders()::set);
		}
		return chain.filter(exchange);
	}

	private Map<String, String> headers(HttpMethod method, PathContainer path) {
		RequestMethod served = HttpMethod.HEAD.equals(method) ? RequestMethod.GET : RequestMethod.resolve(method);
		return this.operations.stream()
			.filter((operation) -> served != null && operation.methods().contains(served)
					&& operation.path().matches(path))
			.findFirst()
			.map(Operation::retired)
			.orElse(Map.of());
	}

	/** A structured date (RFC 9651), an HTTP date and a web link (RFC 8288). */
	private static Map<String, String> headers(Retired retired) {
		Instant since = LocalDate.parse(retired.since()).atStartOfDay(ZoneOffset.UTC).toInstant();
		String sunset = HTTP_DATE.format(LocalDate.parse(retired.sunset()).atStartOfDay(ZoneOffset.UTC));
		return Map.of("Deprecation", "@" + since.getEpochSecond(), "Sunset", sunset, HttpHeaders.LINK,
				"<" + retired.successor() + ">; rel=\"successor-version\"");
	}

	/**
	 * An operation.
	 *
	 * @param retired what its answers say, if it is
	 */
	private record Operation(PathPattern path, Set<RequestMethod> methods, @Nullable Map<String, String> retired) {

		static Operation of(PathPattern path, RequestMappingInfo mapping, HandlerMethod handler) {
			Retired retired = handler.getMethodAnnotation(Retired.class);
			return new Operation(path, mapping.getMethodsCondition().getMethods(),
					(retired != null) ? headers(retired) : null);
		}

	}

}
