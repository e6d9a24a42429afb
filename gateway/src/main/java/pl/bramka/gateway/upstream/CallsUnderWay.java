package pl.bramka.gateway.upstream;

import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;

/**
 * The bulkhead of one system: how many calls to it are under way, and whether one more
 * may begin. It never waits, and it keeps counting when the limit changes: a lower one
 * holds for the next call, whatever is still under way.
 */
final class CallsUnderWay {

	private final AtomicInteger count = new AtomicInteger();

	int count() {
		return this.count.get();
	}

	/** The call, unless that many are under way already when it should begin. */
	<T> Mono<T> within(int most, Mono<T> call) {
		return Mono.using(() -> begin(most), (begun) -> call, (begun) -> this.count.decrementAndGet());
	}

	private int begin(int most) {
		int before = this.count.getAndUpdate((now) -> (now < most) ? now + 1 : now);
		if (before >= most) {
			throw new UpstreamFailure(UpstreamFailure.Kind.BULKHEAD_FULL, null);
		}
		return before;
	}

}
