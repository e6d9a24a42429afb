package pl.bramka.gateway.terms;

import java.util.List;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.routes.CallPattern;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The gate that keeps a customer who owes an acceptance of the terms from everything but
 * giving it, or leaving for good. A token says that something was due when it was made;
 * whether it still is, the database says. Tokens that say nothing of terms cost nothing.
 */
public final class TermsGate implements WebFilter {

	/**
	 * All that can be done first. Open calls, like reading the terms and refreshing, come
	 * without a customer and so pass in any case.
	 */
	private static final List<CallPattern> BEFORE_ACCEPTANCE = List.of(
			CallPattern.of(HttpMethod.POST, TermsController.ACCEPTANCES),
			CallPattern.of(HttpMethod.DELETE, "/v1/sessions/current"),
			CallPattern.of(HttpMethod.DELETE, "/v1/accounts/current"));

	private final Acceptances acceptances;

	/**
	 * The gate.
	 * @param acceptances who accepted what
	 */
	public TermsGate(Acceptances acceptances) {
		this.acceptances = acceptances;
	}

	/**
	 * Whether a call of a customer waits for the terms to be accepted.
	 * @param method of the call
	 * @param path of the call, matched as controllers match theirs
	 * @return false for the few that do not
	 */
	public static boolean guards(HttpMethod method, PathContainer path) {
		return BEFORE_ACCEPTANCE.stream().noneMatch((call) -> call.matches(method, path));
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return exchange.<Authentication>getPrincipal()
			.mapNotNull(Authentication::getPrincipal)
			.ofType(Customer.class)
			.map((customer) -> check(exchange.getRequest(), customer))
			.defaultIfEmpty(Mono.empty())
			.flatMap((check) -> check.then(Mono.defer(() -> chain.filter(exchange))));
	}

	private Mono<Void> check(ServerHttpRequest request, Customer customer) {
		String due = customer.termsDue();
		if (due == null || !guards(request.getMethod(), request.getPath().pathWithinApplication())) {
			return Mono.empty();
		}
		return this.acceptances.isSettled(customer.id(), due)
			.flatMap((settled) -> settled ? Mono.empty() : Mono.error(Problem.of(ProblemCode.TERMS_NOT_ACCEPTED)));
	}

}
