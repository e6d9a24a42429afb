package pl.bramka.gateway.stepup;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The gate before operations that need a recent sign-in. It looks for an operation's path
 * as the framework does, with the framework's own patterns, so that no spelling of a path
 * finds the operation and misses the gate. Methods without such an operation cost
 * nothing.
 */
public final class RecentSignInGate implements WebFilter {

	private final RecentSignIns signIns;

	/**
	 * All operations of each method that has one of ours, the most specific path first,
	 * as the framework chooses.
	 */
	private final Map<HttpMethod, List<Operation>> operations;

	/**
	 * The gate.
	 * @param mappings where operations say that they need a recent sign-in
	 * @param signIns what is recent
	 */
	public RecentSignInGate(RequestMappingHandlerMapping mappings, RecentSignIns signIns) {
		this.signIns = signIns;
		this.operations = mappings.getHandlerMethods()
			.entrySet()
			.stream()
			.flatMap((mapping) -> methods(mapping.getKey()).stream())
			.distinct()
			.map((method) -> Map.entry(method, operations(mappings, method)))
			.filter((each) -> each.getValue().stream().anyMatch(Operation::needsOne))
			.collect(Collectors.toUnmodifiableMap((each) -> each.getKey().asHttpMethod(), Map.Entry::getValue));
	}

	private static List<Operation> operations(RequestMappingHandlerMapping mappings, RequestMethod method) {
		return mappings.getHandlerMethods()
			.entrySet()
			.stream()
			.filter((mapping) -> methods(mapping.getKey()).contains(method))
			.flatMap((mapping) -> mapping.getKey()
				.getPatternsCondition()
				.getPatterns()
				.stream()
				.map((path) -> Operation.of(path, mapping.getValue())))
			.sorted(Comparator.comparing(Operation::path, PathPattern.SPECIFICITY_COMPARATOR))
			.toList();
	}

	/** A mapping that names no method takes all of them. */
	private static Set<RequestMethod> methods(RequestMappingInfo mapping) {
		Set<RequestMethod> named = mapping.getMethodsCondition().getMethods();
		return named.isEmpty() ? Set.of(RequestMethod.values()) : named;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return declared(exchange.getRequest().getMethod(), exchange.getRequest().getPath().pathWithinApplication())
			.map((declared) -> check(exchange, declared).then(Mono.defer(() -> chain.filter(exchange))))
			.orElseGet(() -> chain.filter(exchange));
	}

	/** HEAD is answered by what answers GET. */
	private Optional<RecentSignIn> declared(HttpMethod method, PathContainer path) {
		return this.operations.getOrDefault(HttpMethod.HEAD.equals(method) ? HttpMethod.GET : method, List.of())
			.stream()
			.filter((operation) -> operation.path().matches(path))
			.findFirst()
			.filter(Operation::needsOne)
			.map(Operation::declared);
	}

	/** An operation that is open to all must not say that it needs a sign-in. */
	private Mono<Void> check(ServerWebExchange exchange, RecentSignIn declared) {
		return exchange.<Authentication>getPrincipal()
			.mapNotNull(Authentication::getPrincipal)
			.ofType(Customer.class)
			.switchIfEmpty(Mono.error(Problem.of(ProblemCode.UNAUTHENTICATED)))
			.flatMap((customer) -> this.signIns.require(customer, declared.methods()));
	}

	/**
	 * An operation.
	 *
	 * @param declared what it says of sign-ins, if anything
	 */
	private record Operation(PathPattern path, @Nullable RecentSignIn declared) {

		static Operation of(PathPattern path, HandlerMethod handler) {
			return new Operation(path, handler.getMethodAnnotation(RecentSignIn.class));
		}

		boolean needsOne() {
			return this.declared != null && !this.declared.byHandler();
		}

	}

}
