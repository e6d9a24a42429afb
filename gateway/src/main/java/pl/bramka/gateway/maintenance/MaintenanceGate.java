package pl.bramka.gateway.maintenance;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Language;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The gate that turns away calls of a feature on which planned work is done: 503
 * {@code feature-off} with what operations have to say and when to come back.
 */
public final class MaintenanceGate implements WebFilter {

	private final Features features;

	/**
	 * The gate.
	 * @param features which of them are worked on
	 */
	public MaintenanceGate(Features features) {
		this.features = features;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		Language language = Language.of(request.getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE));
		return this.features.against(request.getMethod(), request.getPath().pathWithinApplication(), language)
			.<Mono<Void>>map(Mono::error)
			.orElseGet(() -> chain.filter(exchange));
	}

}
