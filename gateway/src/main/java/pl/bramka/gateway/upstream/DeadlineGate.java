package pl.bramka.gateway.upstream;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.live.Live;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The gate that starts each request's clock.
 */
public final class DeadlineGate implements WebFilter {

	private final Live<DeadlineProperties> settings;

	/**
	 * The gate.
	 * @param settings how long a request may take
	 */
	public DeadlineGate(Live<DeadlineProperties> settings) {
		this.settings = settings;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return chain.filter(exchange).contextWrite(Deadline.in(this.settings.value().limit())::write);
	}

}
