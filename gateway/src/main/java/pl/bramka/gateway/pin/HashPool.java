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

	/** One place of so many may be taken by tries on no known device. */
	private static final int STRANGERS = 3;

	private final Semaphore free;

	private final Semaphore strangers;

	private final ExecutorService threads;

	private final Scheduler scheduler;

	HashPool(PinProperties settings, MeterRegistry meters) {
		this.free = new Semaphore(settings.places());
		this.strangers = new Semaphore(Math.max(1, settings.places() / STRANGERS));
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
	 * @param known whether it is for a device that we know: anybody can make a key and
	 * call it a device, so all others together get a share of the places only
	 * @param work makes its hashes with {@link #make}
	 * @return what it brings; {@code overloaded} without having begun if all places are
	 * taken
	 */
	<T> Mono<T> inAPlace(boolean known, Mono<T> work) {
		return Mono.deferContextual((context) -> {
			if (!take(known)) {
				return Mono.error(full());
			}
			// The place is free before anybody hears how it ended.
			Mono<T> held = Mono.using(() -> known, (mine) -> work, this::give);
			return Mono.fromFuture(held.contextWrite((none) -> none.putAll(context)).toFuture(), true);
		});
	}

	private boolean take(boolean known) {
		if (!known && !this.strangers.tryAcquire()) {
			return false;
		}
		boolean taken = this.free.tryAcquire();
		if (!taken && !known) {
			this.strangers.release();
		}
		return taken;
	}

	private void give(boolean known) {
		this.free.release();
		if (!known) {
			this.strangers.release();
		}
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
