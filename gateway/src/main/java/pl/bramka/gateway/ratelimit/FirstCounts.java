package pl.bramka.gateway.ratelimit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Counts together with the other nodes before anybody asks: the first trips of a process
 * load what they need and take longer than a request may wait, and whoever signed in then
 * would be refused. A Redis that is away keeps nobody from starting. Waits on the thread
 * that starts the application, before there is a server.
 */
@Component
final class FirstCounts implements SmartInitializingSingleton {

	private static final Duration LONGEST = Duration.ofSeconds(4);

	private static final Duration PAUSE = Duration.ofMillis(50);

	/** That were in time. */
	private static final int TRIPS = 5;

	private final SharedBuckets shared;

	private final LimitsInForce limits;

	FirstCounts(SharedBuckets shared, LimitsInForce limits) {
		this.shared = shared;
		this.limits = limits;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.shared.exist()) {
			return;
		}
		try {
			Mono.justOrEmpty(this.limits.anyShared())
				.flatMapMany((limit) -> counts(new Charge(limit, "first", 1)))
				.then()
				.toFuture()
				.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while starting", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			// Redis is away or slow: what has to be counted together is refused
			// meanwhile.
			return;
		}
	}

	private Flux<?> counts(Charge charge) {
		return Mono.fromFuture(() -> this.shared.take(charge))
			.filter(Optional::isPresent)
			.repeatWhenEmpty(Integer.MAX_VALUE, (times) -> times.delayElements(PAUSE))
			.repeat(TRIPS - 1)
			.take(LONGEST);
	}

}
