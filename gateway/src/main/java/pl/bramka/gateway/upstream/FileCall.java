package pl.bramka.gateway.upstream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import reactor.core.publisher.Mono;

/**
 * What the breaker learns of a file. That its first bytes come is the good answer, so
 * that a probe does not last as long as a caller takes; a rest that does not come speaks
 * against the system once more.
 */
final class FileCall {

	private final CircuitBreaker breaker;

	private final long start = System.nanoTime();

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);

	private volatile long nanos;

	FileCall(CircuitBreaker breaker) {
		this.breaker = breaker;
	}

	/** The tries, unless the breaker keeps them back. */
	<T> Mono<T> judged(Mono<T> tries) {
		return Mono.defer(() -> {
			if (!this.breaker.tryAcquirePermission()) {
				return Mono.error(CallNotPermittedException.createCallNotPermittedException(this.breaker));
			}
			return tries.doOnSuccess((value) -> begin()).doOnError(this::failed).doOnCancel(this::left);
		});
	}

	/** One more try waits for its first bytes. */
	void oneMoreTry() {
		this.phase.compareAndSet(Phase.GIVEN_UP, Phase.WAITING);
	}

	/** The first bytes are here, if nobody has given them up. */
	boolean begin() {
		if (!this.phase.compareAndSet(Phase.WAITING, Phase.BEGUN)) {
			return false;
		}
		this.nanos = System.nanoTime() - this.start;
		this.breaker.onSuccess(this.nanos, TimeUnit.NANOSECONDS);
		return true;
	}

	/** The time for the first bytes is over, if they are not here. */
	boolean giveUp() {
		return this.phase.compareAndSet(Phase.WAITING, Phase.GIVEN_UP);
	}

	boolean hasBegun() {
		return this.phase.get() == Phase.BEGUN;
	}

	/** When it began, for what measures calls: a caller's pace says nothing of them. */
	long measuredFrom() {
		return hasBegun() ? System.nanoTime() - this.nanos : this.start;
	}

	private void failed(Throwable thrown) {
		if (!hasBegun() || (thrown instanceof UpstreamFailure failure && failure.kind().counts())) {
			this.breaker.onError(System.nanoTime() - this.start, TimeUnit.NANOSECONDS, thrown);
		}
	}

	private void left() {
		if (!hasBegun()) {
			this.breaker.releasePermission();
		}
	}

	private enum Phase {

		WAITING, BEGUN, GIVEN_UP

	}

}
