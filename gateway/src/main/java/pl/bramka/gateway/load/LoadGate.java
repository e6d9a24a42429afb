package pl.bramka.gateway.load;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The gate that lets go what the node cannot carry, before it has cost anything.
 */
public final class LoadGate implements WebFilter {

	/** Phones come back spread over this long, not together. */
	private static final int SPREAD_SECONDS = 5;

	private final Load load;

	private final MeterRegistry meters;

	private volatile Importances importances;

	/**
	 * The gate.
	 * @param load what the node carries
	 * @param meters where what is let go is counted
	 */
	public LoadGate(Load load, MeterRegistry meters) {
		this.load = load;
		this.meters = meters;
		// There from the start: a rate needs a beginning.
		for (Importance each : Importance.values()) {
			shed(each);
		}
		this.importances = new Importances(load.settings());
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		// The management port has the same gates; a busy node must still say that it
		// lives.
		if (WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management")) {
			return chain.filter(exchange);
		}
		Importance importance = importances().of(exchange.getRequest());
		ThreadLocalRandom random = ThreadLocalRandom.current();
		if (this.load.sheds(importance, random.nextDouble()) || !this.load.enter(importance)) {
			shed(importance).increment();
			return Mono.error(Problem.of(ProblemCode.OVERLOADED)
				.retryAfter(Duration.ofSeconds(1 + random.nextInt(SPREAD_SECONDS))));
		}
		return chain.filter(exchange).doFinally((signal) -> this.load.leave());
	}

	private Counter shed(Importance importance) {
		return this.meters.counter(Names.LOAD_SHED, "importance", importance.name());
	}

	/** Patterns are compiled once per change of the settings. */
	private Importances importances() {
		LoadProperties now = this.load.settings();
		Importances compiled = this.importances;
		if (!compiled.isOf(now)) {
			compiled = new Importances(now);
			this.importances = compiled;
		}
		return compiled;
	}

}
