package pl.bramka.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

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

	private final Fittings.Workshop workshop;

	private final UpstreamName name;

	private final Live<DeadlineProperties> deadline;

	private final MeterRegistry meters;

	private final CallsUnderWay underWay = new CallsUnderWay();

	private volatile Fittings fittings;

	Pipe(Fittings.Workshop workshop, UpstreamFigures.Figures figures, Live<DeadlineProperties> deadline) {
		this.workshop = workshop;
		this.name = workshop.name();
		this.deadline = deadline;
		this.meters = workshop.meters();
		this.fittings = workshop.made(figures);
		Gauge.builder(Names.UPSTREAM_UNDER_WAY, this.underWay, CallsUnderWay::count)
			.tag("upstream", this.name.tag())
			.register(this.meters);
		Gauge.builder(Names.UPSTREAM_CONCURRENCY, this, (pipe) -> pipe.fittings.figures().concurrency())
			.tag("upstream", this.name.tag())
			.register(this.meters);
	}

	/** Goes by these figures from the next call on. */
	synchronized void refit(UpstreamFigures.Figures figures) {
		Fittings before = this.fittings;
		if (figures.equals(before.figures())) {
			return;
		}
		this.fittings = this.workshop.remade(before, figures);
		if (!figures.shareConnections(before.figures())) {
			this.workshop.leave(before);
		}
	}

	UpstreamName name() {
		return this.name;
	}

	/** What a call that begins now goes by. */
	Fittings fittings() {
		return this.fittings;
	}

	CallsUnderWay underWay() {
		return this.underWay;
	}

	/** When the request must be answered that a call is made for. */
	Deadline deadline(ContextView context) {
		return Deadline.of(context, this.deadline.value().limit());
	}

	URI uri(String path) {
		return URI.create(this.workshop.access().baseUrl() + path);
	}

	/** A read begins its first try. */
	void called() {
		this.workshop.budget().called();
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
		return exchange(method, uri(path), headers, body);
	}

	/** The same, beside the base URL: another service of the same system. */
	Mono<Reply> exchange(HttpMethod method, URI uri, Consumer<HttpHeaders> headers, byte @Nullable [] body) {
		return Mono.deferContextual((context) -> {
			WebClient.RequestBodySpec request = this.fittings.client().method(method).uri(uri).headers((all) -> {
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
			Fittings now = this.fittings;
			Deadline end = deadline(context);
			if (timeLeft(end).isZero()) {
				count(call, UpstreamFailure.Kind.OUT_OF_TIME.tag(), 0);
				return Mono.error(Problem.of(ProblemCode.DEADLINE_EXCEEDED, UpstreamFailure.tooLate()));
			}
			long start = System.nanoTime();
			AtomicInteger tried = new AtomicInteger();
			Duration limit = now.figures().tryLimit();
			Mono<T> tries = Mono.defer(() -> oneTry(attempt, end, limit, safe, tried.getAndIncrement() > 0));
			if (safe) {
				tries = tries.transformDeferred(RetryOperator.of(now.retry()));
			}
			return this.underWay
				.within(Precedence.places(context, now.figures().concurrency()),
						tries.transformDeferred(CircuitBreakerOperator.of(now.breaker())))
				.onErrorMap((thrown) -> !(thrown instanceof Refusal), UpstreamFailure::of)
				.doOnSuccess((value) -> count(call, "answered", start))
				.doOnError((failure) -> count(call, outcome(failure), start))
				.doFinally((signal) -> {
					if (signal == SignalType.CANCEL) {
						count(call, "cancelled", start);
					}
				})
				.onErrorMap(UpstreamFailure.class, (failure) -> problem(failure, now.figures()));
		});
	}

	private <T> Mono<T> oneTry(Mono<T> attempt, Deadline end, Duration most, boolean safe, boolean last) {
		Duration left = timeLeft(end);
		if (left.isZero()) {
			return Mono.error(UpstreamFailure.tooLate());
		}
		if (safe && !last) {
			// Here and not before: a call that the breaker kept back earns no second try.
			called();
		}
		boolean whole = left.compareTo(most) >= 0;
		Duration limit = whole ? most : left;
		// A try that got less than half its time says nothing of the system.
		boolean telling = whole || left.multipliedBy(2).compareTo(most) >= 0;
		return attempt.timeout(limit).onErrorMap((thrown) -> !(thrown instanceof Refusal), (thrown) -> {
			if (thrown instanceof TimeoutException && !telling) {
				return new UpstreamFailure(UpstreamFailure.Kind.OUT_OF_TIME, thrown);
			}
			UpstreamFailure failure = UpstreamFailure.of(thrown);
			return last ? failure.last() : failure;
		});
	}

	Duration timeLeft(Deadline end) {
		Duration left = end.left().minus(this.deadline.value().reserve());
		return left.isNegative() ? Duration.ZERO : left;
	}

	Problem problem(UpstreamFailure failure, UpstreamFigures.Figures figures) {
		return switch (failure.kind()) {
			case OUT_OF_TIME -> Problem.of(ProblemCode.DEADLINE_EXCEEDED, failure);
			case BULKHEAD_FULL, POOL_FULL ->
				Problem.of(this.name.unavailable(), failure).retryAfter(Duration.ofSeconds(1));
			default -> Problem.of(this.name.unavailable(), failure).retryAfter(figures.breaker().open());
		};
	}

	static String outcome(Throwable failure) {
		return (failure instanceof UpstreamFailure upstream) ? upstream.kind().tag() : "refused";
	}

	void count(String call, String outcome, long start) {
		this.meters.timer(Names.UPSTREAM_CALLS, "upstream", this.name.tag(), "call", call, "outcome", outcome)
			.record((start != 0) ? System.nanoTime() - start : 0, TimeUnit.NANOSECONDS);
	}

}
