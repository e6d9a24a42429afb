package pl.bramka.gateway.observability;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

	private static final Logger access = LoggerFactory.getLogger("access");

	/** The status of a request whose caller left before the answer. */
	private static final int CALLER_LEFT = 499;

	private final MeterRegistry meters;

	private final WebExceptionHandler failures;

	private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();

	/**
	 * The gate.
	 * @param meters where requests are counted
	 * @param failures the writer of problems
	 */
	public RequestGate(MeterRegistry meters, WebExceptionHandler failures) {
		this.meters = meters;
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
		String method = exchange.getRequest().getMethod().name();
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		String route = Objects.toString(pattern, "none");
		int status = status(exchange.getResponse(), signal);
		this.timers.computeIfAbsent(new Answer(known(method), route, status), this::timer)
			.record(nanos, TimeUnit.NANOSECONDS);
		access.info("method={} route={} status={} ms={} request={}", known(method), route, status,
				TimeUnit.NANOSECONDS.toMillis(nanos), id);
	}

	/** Methods, routes and statuses are ours and few. */
	private record Answer(String method, String route, int status) {
	}

	private Timer timer(Answer answer) {
		return Timer.builder(Names.REQUESTS)
			.tag("method", answer.method())
			.tag("route", answer.route())
			.tag("status", String.valueOf(answer.status()))
			.register(this.meters);
	}

	private static int status(ServerHttpResponse response, SignalType signal) {
		if (signal == SignalType.CANCEL) {
			return CALLER_LEFT;
		}
		HttpStatusCode status = response.getStatusCode();
		return (status != null) ? status.value() : 200;
	}

	/** A caller may invent methods; a meter and a log line take only those that exist. */
	private static String known(String method) {
		return switch (method) {
			case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" -> method;
			default -> "OTHER";
		};
	}

}
