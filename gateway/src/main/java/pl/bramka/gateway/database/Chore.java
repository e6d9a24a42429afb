package pl.bramka.gateway.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * What a node does again and again beside its requests, as a bean. A round that fails is
 * logged, and the next one comes in its time; rounds never overlap.
 */
public final class Chore implements SmartInitializingSingleton, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(Chore.class);

	private final String name;

	private final Duration first;

	private final Duration pause;

	private final Supplier<Mono<Void>> work;

	private @Nullable CompletableFuture<@Nullable Void> running;

	private Chore(String name, Duration first, Duration pause, Supplier<Mono<Void>> work) {
		this.name = name;
		this.first = first;
		this.pause = pause;
		this.work = work;
	}

	/**
	 * A chore that can wait: nodes that start together do not do it together.
	 * @param name for the log
	 * @param pause between rounds, and before the first one at most
	 * @param work one round
	 * @return the chore, not started
	 */
	public static Chore sometime(String name, Duration pause, Supplier<Mono<Void>> work) {
		return new Chore(name, Duration.ofMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis())), pause,
				work);
	}

	/**
	 * A chore that cannot wait.
	 * @param name for the log
	 * @param pause between rounds
	 * @param work one round
	 * @return the chore, not started
	 */
	public static Chore atOnce(String name, Duration pause, Supplier<Mono<Void>> work) {
		return new Chore(name, Duration.ZERO, pause, work);
	}

	/**
	 * A few rows at a time, so that nobody waits for a long statement.
	 * @param batch how many rows one statement takes
	 * @param statement takes them, and says how many there were
	 * @return completes once there are fewer
	 */
	public static Mono<Void> inBatches(int batch, Supplier<Mono<Long>> statement) {
		return Mono.defer(statement).repeat().takeUntil((rows) -> rows < batch).then();
	}

	/** Begins, once everything is there. */
	@Override
	public void afterSingletonsInstantiated() {
		this.running = Flux.interval(this.first, this.pause)
			.onBackpressureDrop()
			.concatMap((tick) -> Mono.defer(this.work).onErrorResume(this::later), 1)
			.then()
			.toFuture();
	}

	private Mono<Void> later(Throwable failure) {
		String why = (failure instanceof Problem problem) ? problem.code().code() : failure.getClass().getSimpleName();
		log.warn("{}: not now ({})", this.name, why);
		return Mono.empty();
	}

	/** A round under way is broken off. */
	@Override
	public void destroy() {
		if (this.running != null) {
			this.running.cancel(false);
		}
	}

}
