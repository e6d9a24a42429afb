package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.resilience4j.reactor.retry.RetryOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.client.HttpClientRequest;

import pl.bramka.gateway.observability.RequestId;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Files through the pipe of a system: the same guards in the same order, of which each
 * lasts as long as it means something. Deadline, limit of a try and second try end with
 * the first bytes, and so does the breaker's question; the places are held until the last
 * byte is written. Nothing is gathered: a piece is asked for when there is room for it.
 */
final class FilePipe {

	private static final byte[] NOTHING = new byte[0];

	/** Where Reactor looks, in the context, for who takes what came too late. */
	private static final String DROPPED = "reactor.onNextDropped.local";

	private final Pipe pipe;

	/** Of the places in the bulkhead those that files have. */
	private final CallsUnderWay places = new CallsUnderWay();

	FilePipe(Pipe pipe) {
		this.pipe = pipe;
	}

	/** Reads one; {@code otherwise} makes of an answer that is none what it means. */
	<T> Mono<T> read(String name, String path, FileKind kind, FileLimits limits, Function<FileStream, Mono<T>> to,
			Function<Reply, Mono<T>> otherwise) {
		return Mono.deferContextual((context) -> {
			Fittings now = this.pipe.fittings();
			Deadline end = this.pipe.deadline(context);
			if (this.pipe.timeLeft(end).isZero()) {
				this.pipe.count(name, UpstreamFailure.Kind.OUT_OF_TIME.tag(), 0);
				return Mono.error(Problem.of(ProblemCode.DEADLINE_EXCEEDED));
			}
			FileCall call = new FileCall(now.breaker());
			AtomicInteger tried = new AtomicInteger();
			Mono<T> tries = Mono.defer(() -> {
				boolean last = tried.getAndIncrement() > 0;
				call.oneMoreTry();
				Mono<T> attempt = exchange(now, path, kind, limits,
						(response) -> answer(response, kind, limits, call, to, otherwise));
				return oneTry(attempt, call, end, now.figures().tryLimit(), last);
			}).transformDeferred(RetryOperator.of(now.retry()));
			return this.places
				.within(limits.atOnce(),
						this.pipe.underWay()
							.within(Precedence.places(context, now.figures().concurrency()), call.judged(tries)))
				.onErrorMap((thrown) -> !(thrown instanceof Refusal) && !call.hasBegun(), UpstreamFailure::of)
				.doOnSuccess((value) -> this.pipe.count(name, "answered", call.measuredFrom()))
				.doOnError((failure) -> this.pipe.count(name, outcome(failure), call.measuredFrom()))
				.doFinally((signal) -> {
					if (signal == SignalType.CANCEL) {
						this.pipe.count(name, "cancelled", call.measuredFrom());
					}
				})
				.onErrorMap(UpstreamFailure.class, (failure) -> this.pipe.problem(failure, now.figures()));
		});
	}

	/** Whatever fails after the beginning and is not the system's is the caller's. */
	private static String outcome(Throwable failure) {
		return (failure instanceof UpstreamFailure || failure instanceof Refusal) ? Pipe.outcome(failure) : "cancelled";
	}

	private <T> Mono<T> oneTry(Mono<T> attempt, FileCall call, Deadline end, Duration most, boolean last) {
		Duration left = this.pipe.timeLeft(end);
		if (left.isZero()) {
			return Mono.error(new UpstreamFailure(UpstreamFailure.Kind.OUT_OF_TIME, null));
		}
		if (!last) {
			this.pipe.called();
		}
		boolean whole = left.compareTo(most) >= 0;
		// A try that got less than half its time says nothing of the system.
		boolean telling = whole || left.multipliedBy(2).compareTo(most) >= 0;
		Mono<T> late = Mono.delay(whole ? most : left)
			.flatMap((zero) -> call.giveUp() ? Mono.error(new TimeoutException()) : Mono.never());
		return attempt.takeUntilOther(late)
			.onErrorMap((thrown) -> !(thrown instanceof Refusal) && !call.hasBegun(), (thrown) -> {
				if (thrown instanceof TimeoutException && !telling) {
					return new UpstreamFailure(UpstreamFailure.Kind.OUT_OF_TIME, thrown);
				}
				UpstreamFailure failure = UpstreamFailure.of(thrown);
				return last ? failure.last() : failure;
			});
	}

	private <T> Mono<T> exchange(Fittings now, String path, FileKind kind, FileLimits limits,
			Function<ClientResponse, Mono<T>> answer) {
		return Mono.deferContextual((context) -> now.client().get().uri(this.pipe.uri(path)).headers((headers) -> {
			headers.set(RequestId.HEADER, RequestId.of(context));
			headers.set(HttpHeaders.ACCEPT, kind.type());
		}).httpRequest((request) -> {
			// The client's own limit on silence would count a slow caller's.
			HttpClientRequest wire = request.getNativeRequest();
			wire.responseTimeout(limits.longest());
		}).exchangeToMono(answer));
	}

	private static <T> Mono<T> answer(ClientResponse response, FileKind kind, FileLimits limits, FileCall call,
			Function<FileStream, Mono<T>> to, Function<Reply, Mono<T>> otherwise) {
		HttpHeaders headers = response.headers().asHttpHeaders();
		if (response.statusCode().value() != 200) {
			return response.bodyToMono(byte[].class)
				.defaultIfEmpty(NOTHING)
				.map((bytes) -> new Reply(response.statusCode().value(), headers, bytes))
				.flatMap(otherwise);
		}
		long length = headers.getContentLength();
		if (!kind.isOf(headers) || !hasAnEnd(headers) || length > limits.largest().toBytes()) {
			// Whatever it is, the rest of it is not read.
			return response.bodyToFlux(DataBuffer.class)
				.takeUntilOther(Mono.empty())
				.then(Mono.error(FilePipe::garbled));
		}
		return new FileWatch(kind, limits).over(response.bodyToFlux(DataBuffer.class))
			.onErrorMap((thrown) -> call.hasBegun(), (thrown) -> UpstreamFailure.of(thrown).last())
			.switchOnFirst((first, all) -> {
				if (!first.hasValue()) {
					return all.then(Mono.<T>error(FilePipe::garbled));
				}
				return call.begin() ? to.apply(new FileStream(length, all)) : Mono.never();
			})
			.singleOrEmpty()
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
			.contextWrite((context) -> context.put(DROPPED, (Consumer<Object>) FilePipe::release));
	}

	/** A piece may come at the very moment at which nobody wants it any more. */
	private static void release(Object piece) {
		if (piece instanceof DataBuffer bytes) {
			DataBufferUtils.release(bytes);
		}
	}

	/** What ends when its connection does cannot be told from what broke off. */
	private static boolean hasAnEnd(HttpHeaders headers) {
		return headers.getContentLength() >= 0
				|| "chunked".equalsIgnoreCase(headers.getFirst(HttpHeaders.TRANSFER_ENCODING));
	}

	private static UpstreamFailure garbled() {
		return new UpstreamFailure(UpstreamFailure.Kind.GARBLED, null);
	}

}
