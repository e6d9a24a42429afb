package pl.bramka.gateway.load;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Precedence;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The gate that gives each request its place on the node. Most of what the node cannot
 * carry never comes here ({@link LoadDoor}); of requests that came through together the
 * last may find no place.
 */
public final class LoadGate implements WebFilter {

	private final Load load;

	private final LoadDoor door;

	/**
	 * The gate.
	 * @param load what the node carries
	 * @param door what has let them in
	 */
	public LoadGate(Load load, LoadDoor door) {
		this.load = load;
		this.door = door;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		// The management port has the same gates; a busy node must still say that it
		// lives.
		if (WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management")) {
			return chain.filter(exchange);
		}
		Importance importance = this.door.importances().of(exchange.getRequest());
		if (!this.load.enter(importance)) {
			return Mono.error(Problem.of(ProblemCode.OVERLOADED).retryAfter(this.door.later(importance)));
		}
		Mono<Void> rest = chain.filter(exchange).doFinally((signal) -> this.load.leave());
		return (importance == Importance.CRITICAL) ? rest.contextWrite(Precedence::first) : rest;
	}

}
