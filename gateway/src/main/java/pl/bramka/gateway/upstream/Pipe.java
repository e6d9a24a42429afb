package pl.bramka.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.observability.RequestId;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The pipe to one system. Every call goes through the same guards, outermost first:
 * deadline, bulkhead, breaker, a second try for reads within a budget, and the limit of
 * one try. Whatever fails leaves as a {@link Problem}; what the system refused leaves as
 * a {@link Refusal}.
 */
final class Pipe {

	private static final byte[] NOTHING = new byte[0];

	private final UpstreamName name;

	private final UpstreamProperties.Settings settings;

	private final Live<DeadlineProperties> deadline;

	private final WebClient client;

	private final Guards guards;

	private final MeterRegistry meters;

	Pipe(UpstreamName name, UpstreamProperties.Settings settings, Live<DeadlineProperties> deadline, WebClient client,
			Guards guards, MeterRegistry meters) {
		this.name = name;
		this.settings = settings;
		this.deadline = deadline;
		this.client = client;
		this.guards = guards;
		this.meters = meters;
	}

	/**
	 * What stands between a call and the system.
	 *
	 * @param bulkhead how many calls at once
	 * @param breaker whether to ask at all
	 * @param retry the second try
	 * @param budget how many second tries
	 */
	record Guards(Bulkhead bulkhead, CircuitBreaker breaker, Retry retry, RetryBudget budget) {
	}

	UpstreamName name() {
		return this.name;
	}

	/** A read: may be tried a second time. */
	<T> Mono<T> read(String call, Mono<T> attempt) {
		return guarded(call, attempt, true);
	}

	/** A write: tried once, whatever happens, since it may have been done. */
	<T> Mono<T> write(String call, Mono<T> attempt) {
		return guarded(call, attempt, false);
	}

	/** One exchange over the wire, without guards. */
	Mono<Reply> exchange(HttpMethod method, String path, Consumer<HttpHeaders> headers, byte @Nullable [] body) {
		URI uri = URI.create(this.settings.baseUrl() + path);
		return Mono.deferContextual((context) -> {
			WebClient.RequestBodySpec request = this.client.method(method).uri(uri).headers((all) -> {
				all.set(RequestId.HEADER, RequestId.of(context));
				headers.accept(all);
			});
			if (body != null) {
				request.bodyValue(body);
			}
			return request.exchangeToMono((response) -> response.bodyToMono(byte[].class)
				.defaultIfEmpty(NOTHING)
				.map((bytes) -> new Reply(response.statusCode().value(), response.headers().asHttpHeaders(), bytes)));
		});
	}

	private <T> Mono<T> guarded(String call, Mono<T> attempt, boolean safe) {
		return Mono.deferContextual((context) -> {
			Deadline end = Deadline.of(context, this.deadline.value().limit());
			if (timeLeft(end).isZero()) {
				count(call, UpstreamFailure.Kind.OUT_OF_TIME.tag(), 0);
				return Mono.error(Problem.of(ProblemCode.DEADLINE_EXCEEDED));
			}
			long start = System.nanoTime();
			AtomicInteger tried = new AtomicInteger();
			Mono<T> tries = Mono.defer(() -> oneTry(attempt, end, safe, tried.getAndIncrement() > 0));
			if (safe) {
				tries = tries.transformDeferred(RetryOperator.of(this.guards.retry()));
			}
			return tries.transformDeferred(CircuitBreakerOperator.of(this.guards.breaker()))
				.transformDeferred(BulkheadOperator.of(this.guards.bulkhead()))
				.onErrorMap((thrown) -> !(thrown instanceof Refusal), UpstreamFailure::of)
				.doOnSuccess((value) -> count(call, "answered", start))
				.doOnError((failure) -> count(call, outcome(failure), start))
				.doFinally((signal) -> {
					if (signal == SignalType.CANCEL) {
						count(call, "cancelled", start);
					}
				})
				.onErrorMap(UpstreamFailure.class, this::problem);
		});
	}

	private <T> Mono<T> oneTry(Mono<T> attempt, Deadline end, boolean safe, boolean last) {
		Duration left = timeLeft(end);
		if (left.isZero()) {
			return Mono.error(new UpstreamFailure(UpstreamFailure.Kind.OUT_OF_TIME, null));
		}
		if (safe && !last) {
			// Here and not before: a call that the breaker kept back earns no second try.
			this.guards.budget().called();
		}
		boolean whole = left.compareTo(this.settings.tryLimit()) >= 0;
		Duration limit = whole ? this.settings.tryLimit() : left;
		// A try that got less than half its time says nothing of the system.
		boolean telling = whole || left.multipliedBy(2).compareTo(this.settings.tryLimit()) >= 0;
		return attempt.timeout(limit).onErrorMap((thrown) -> !(thrown instanceof Refusal), (thrown) -> {
			if (thrown instanceof TimeoutException && !telling) {
				return new UpstreamFailure(UpstreamFailure.Kind.OUT_OF_TIME, thrown);
			}
			UpstreamFailure failure = UpstreamFailure.of(thrown);
			return last ? failure.last() : failure;
		});
	}

	private Duration timeLeft(Deadline end) {
		Duration left = end.left().minus(this.deadline.value().reserve());
		return left.isNegative() ? Duration.ZERO : left;
	}

	private Problem problem(UpstreamFailure failure) {
		return switch (failure.kind()) {
			case OUT_OF_TIME -> Problem.of(ProblemCode.DEADLINE_EXCEEDED, failure);
			case BULKHEAD_FULL, POOL_FULL ->
				Problem.of(this.name.unavailable(), failure).retryAfter(Duration.ofSeconds(1));
			default -> Problem.of(this.name.unavailable(), failure).retryAfter(this.settings.breaker().open());
		};
	}

	private static String outcome(Throwable failure) {
		return (failure instanceof UpstreamFailure upstream) ? upstream.kind().tag() : "refused";
	}

	private void count(String call, String outcome, long start) {
		this.meters.timer(Names.UPSTREAM_CALLS, "upstream", this.name.tag(), "call", call, "outcome", outcome)
			.record((start != 0) ? System.nanoTime() - start : 0, TimeUnit.NANOSECONDS);
	}

}
