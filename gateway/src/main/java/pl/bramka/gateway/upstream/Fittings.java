package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.netty.resources.ConnectionProvider;

import pl.bramka.gateway.observability.Names;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * What a pipe is made of and what may be exchanged while it is in use. A call takes one
 * set of them and ends by it.
 *
 * @param figures what they were made by
 * @param pool connections
 * @param client sends over them
 * @param breaker whether to ask at all
 * @param retry the second try
 */
record Fittings(UpstreamFigures.Figures figures, ConnectionProvider pool, WebClient client, CircuitBreaker breaker,
		Retry retry) {

	/**
	 * Makes them, and remakes of them only what other figures change: connections stay
	 * open, and a breaker keeps what it counted, when an edit is about something else.
	 *
	 * @param name of which system
	 * @param access where it is
	 * @param connections the pools
	 * @param breakers the breakers
	 * @param budget how many second tries; outlives the fittings
	 * @param meters where second tries are counted
	 */
	record Workshop(UpstreamName name, UpstreamProperties.Access access, Connections connections, Breakers breakers,
			RetryBudget budget, MeterRegistry meters) {

		Fittings made(UpstreamFigures.Figures figures) {
			ConnectionProvider pool = this.connections.pool(this.name, figures.pool());
			return new Fittings(figures, pool, Connections.client(pool, this.access, figures),
					this.breakers.closed(this.name, figures.breaker()), retry(figures.retry()));
		}

		/** The pool that is not needed any more is left to the caller. */
		Fittings remade(Fittings before, UpstreamFigures.Figures figures) {
			UpstreamFigures.Figures old = before.figures();
			ConnectionProvider pool = figures.shareConnections(old) ? before.pool()
					: this.connections.pool(this.name, figures.pool());
			CircuitBreaker breaker = figures.breaker().equals(old.breaker()) ? before.breaker()
					: this.breakers.instead(this.name, before.breaker(), figures.breaker());
			this.budget.change(figures.retry().share(), figures.retry().floor());
			return new Fittings(figures, pool, Connections.client(pool, this.access, figures), breaker,
					retry(figures.retry()));
		}

		/** A try that began before may need its connection as long as that. */
		void leave(Fittings before) {
			Duration longest = before.figures().tryLimit().multipliedBy(2);
			this.connections.closeAfter(longest, before.pool());
		}

		private Retry retry(UpstreamFigures.Retry figures) {
			long pause = figures.pause().toMillis();
			Retry retry = Retry.of(this.name.tag(),
					RetryConfig.custom()
						.maxAttempts(2)
						.intervalFunction((attempt) -> pause / 2 + ThreadLocalRandom.current().nextLong(pause + 1))
						.retryOnException((thrown) -> thrown instanceof UpstreamFailure failure
								&& failure.worthASecondTry() && this.budget.take())
						.build());
			retry.getEventPublisher()
				.onRetry((event) -> this.meters.counter(Names.UPSTREAM_RETRIES, "upstream", this.name.tag())
					.increment());
			return retry;
		}

	}

}
