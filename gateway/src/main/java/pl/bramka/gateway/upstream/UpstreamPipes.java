package pl.bramka.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.observability.Names;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds each system's pipe once, at start: its pool, its guards, its credentials.
 */
@Component
final class UpstreamPipes implements Upstreams, DisposableBean {

	private final Live<DeadlineProperties> deadline;

	private final MeterRegistry meters;

	private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();

	private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();

	/** In the time of the breakers, which is the machine's. */
	private final Troubles troubles = new Troubles(Clock.systemUTC());

	private final List<ConnectionProvider> pools = new ArrayList<>();

	private final OData billing;

	private final OData crm;

	private final OpenId identity;

	UpstreamPipes(UpstreamProperties settings, Live<DeadlineProperties> deadline, MeterRegistry meters) {
		this.deadline = deadline;
		this.meters = meters;
		this.billing = new SapSystem(pipe(UpstreamName.BILLING, settings.billing()));
		this.crm = new SapSystem(pipe(UpstreamName.CRM, settings.crm()));
		this.identity = new OpenIdProvider(pipe(UpstreamName.IDENTITY, settings.identity()),
				settings.identity().baseUrl().toString());
		TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(this.breakers).bindTo(meters);
		TaggedBulkheadMetrics.ofBulkheadRegistry(this.bulkheads).bindTo(meters);
	}

	@Override
	public OData billing() {
		return this.billing;
	}

	@Override
	public OData crm() {
		return this.crm;
	}

	@Override
	public OpenId identity() {
		return this.identity;
	}

	@Override
	public Map<UpstreamName, Instant> troubled() {
		return this.troubles.now();
	}

	@Override
	public void destroy() {
		this.pools.forEach(ConnectionProvider::dispose);
	}

	private Pipe pipe(UpstreamName name, UpstreamProperties.Settings settings) {
		return new Pipe(name, settings, this.deadline, client(name, settings), guards(name, settings), this.meters);
	}

	private WebClient client(UpstreamName name, UpstreamProperties.Settings settings) {
		UpstreamProperties.Pool pool = settings.pool();
		ConnectionProvider connections = ConnectionProvider.builder(name.tag())
			.maxConnections(pool.connections())
			.pendingAcquireMaxCount(pool.pending())
			.pendingAcquireTimeout(pool.acquireTimeout())
			.maxIdleTime(pool.idle())
			.maxLifeTime(pool.lifetime())
			.evictInBackground(pool.idle())
			.lifo()
			.build();
		this.pools.add(connections);
		// Reactor Netty would send a request a second time by itself when a pooled
		// connection turns out to be closed, a POST too.
		HttpClient http = HttpClient.create(connections)
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()))
			.responseTimeout(settings.readTimeout());
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(http))
			.codecs((codecs) -> codecs.defaultCodecs()
				.maxInMemorySize(Math.toIntExact(settings.maxAnswerSize().toBytes())))
			.defaultHeaders(
					(headers) -> headers.setBasicAuth(settings.user(), settings.password(), StandardCharsets.UTF_8))
			.build();
	}

	private Pipe.Guards guards(UpstreamName name, UpstreamProperties.Settings settings) {
		Bulkhead bulkhead = this.bulkheads.bulkhead(name.tag(),
				BulkheadConfig.custom()
					.maxConcurrentCalls(settings.concurrency())
					.maxWaitDuration(Duration.ZERO)
					.build());
		UpstreamProperties.Breaker figures = settings.breaker();
		CircuitBreaker breaker = this.breakers.circuitBreaker(name.tag(), CircuitBreakerConfig.custom()
			// Without locks, since event loops count here.
			.slidingWindow(figures.window(), figures.minimum(), CircuitBreakerConfig.SlidingWindowType.COUNT_BASED,
					CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE)
			.failureRateThreshold(figures.failureRate())
			.waitDurationInOpenState(figures.open())
			.permittedNumberOfCallsInHalfOpenState(figures.probes())
			.maxWaitDurationInHalfOpenState(figures.halfOpen())
			.recordException(UpstreamPipes::speaksAgainst)
			.ignoreException(UpstreamPipes::saysNothing)
			.build());
		this.troubles.watch(name, breaker);
		RetryBudget budget = new RetryBudget(settings.retry().share(), settings.retry().floor(), System::nanoTime);
		long pause = settings.retry().pause().toMillis();
		Retry retry = Retry.of(name.tag(), RetryConfig.custom()
			.maxAttempts(2)
			.intervalFunction((attempt) -> pause / 2 + ThreadLocalRandom.current().nextLong(pause + 1))
			.retryOnException(
					(thrown) -> thrown instanceof UpstreamFailure failure && failure.worthASecondTry() && budget.take())
			.build());
		retry.getEventPublisher()
			.onRetry((event) -> this.meters.counter(Names.UPSTREAM_RETRIES, "upstream", name.tag()).increment());
		return new Pipe.Guards(bulkhead, breaker, retry, budget);
	}

	private static boolean speaksAgainst(Throwable thrown) {
		return thrown instanceof UpstreamFailure failure && failure.kind().counts();
	}

	/** A refusal says that the system is there, as a good answer does. */
	private static boolean saysNothing(Throwable thrown) {
		return !(thrown instanceof Refusal) && !speaksAgainst(thrown);
	}

}
