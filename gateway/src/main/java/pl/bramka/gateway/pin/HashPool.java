package pl.bramka.gateway.pin;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The few threads that make hashes, and a bounded number of places for those who need
 * one. A hash takes milliseconds of a processor: on an event loop it would hold up every
 * other request, and without a bound a flood of tries would fill the memory.
 */
@Component
final class HashPool implements DisposableBean {

	private static final Duration AGAIN = Duration.ofSeconds(1);

	private final Semaphore free;

	private final ExecutorService threads;

	private final Scheduler scheduler;

	HashPool(PinProperties settings, MeterRegistry meters) {
		this.free = new Semaphore(settings.places());
		CustomizableThreadFactory factory = new CustomizableThreadFactory("pin-hash-");
		factory.setDaemon(true);
		factory.setThreadPriority(Thread.MIN_PRIORITY);
		this.threads = new ThreadPoolExecutor(settings.threads(), settings.threads(), 0, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(settings.places()), factory);
		this.scheduler = Schedulers.fromExecutorService(this.threads, "pin-hash");
		meters.gauge(Names.PIN_UNDER_WAY, this.free, (places) -> settings.places() - places.availablePermits());
	}

	/**
	 * Runs what needs hashes if there is a place for it. It goes on to its end also when
	 * the caller leaves: what was counted has to be decided.
	 * @param work makes its hashes with {@link #make}
	 * @return what it brings; {@code overloaded} without having begun if all places are
	 * taken
	 */
	<T> Mono<T> inAPlace(Mono<T> work) {
		return Mono.deferContextual((context) -> {
			if (!this.free.tryAcquire()) {
				return Mono.error(full());
			}
			return Mono.fromFuture(work.doFinally((end) -> this.free.release())
				.contextWrite((none) -> none.putAll(context))
				.toFuture(), true);
		});
	}

	/** Makes a hash on one of the threads; for whoever has a place. */
	<T> Mono<T> make(Supplier<T> hash) {
		return Mono.fromSupplier(hash).subscribeOn(this.scheduler);
	}

	/** What to say when there is no place. */
	static Problem full() {
		return Problem.of(ProblemCode.OVERLOADED).retryAfter(AGAIN);
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
		this.threads.shutdownNow();
	}

}
