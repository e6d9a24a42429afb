package pl.bramka.gateway.observability;

import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The first gate: gives the request its id, has every failure below it written, and when
 * it is over writes its one access line and counts it. The line names the route, never
 * the path or the query, so that nothing a caller sends reaches a log.
 */
public final class RequestGate implements WebFilter {

	/** The status of a request whose caller left before the answer. */
	private static final int CALLER_LEFT = 499;

	private final AccessLog log;

	private final WebExceptionHandler failures;

	/**
	 * The gate.
	 * @param meters where requests are counted
	 * @param failures the writer of problems
	 */
	public RequestGate(MeterRegistry meters, WebExceptionHandler failures) {
		this.log = new AccessLog(meters);
		this.failures = failures;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		long start = System.nanoTime();
		String id = RequestId.choose(exchange.getRequest().getHeaders().getFirst(RequestId.HEADER));
		RequestId.write(exchange, id);
		exchange.getResponse().getHeaders().set(RequestId.HEADER, id);
		return chain.filter(exchange)
			.onErrorResume((failure) -> this.failures.handle(exchange, failure))
			.doFinally((signal) -> finish(exchange, id, System.nanoTime() - start, signal))
			.contextWrite((context) -> RequestId.write(context, id));
	}

	private void finish(ServerWebExchange exchange, String id, long nanos, SignalType signal) {
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		this.log.over(exchange.getRequest().getMethod().name(), Objects.toString(pattern, "none"),
				status(exchange.getResponse(), signal), nanos, id);
	}

	private static int status(ServerHttpResponse response, SignalType signal) {
		if (signal == SignalType.CANCEL) {
			return CALLER_LEFT;
		}
		HttpStatusCode status = response.getStatusCode();
		return (status != null) ? status.value() : 200;
	}

}
