package pl.bramka.gateway.account;

import java.time.Duration;
import java.util.function.BiFunction;

import reactor.core.publisher.Mono;

/**
 * When a call is answered that must not tell by its time what was found: at a fixed time
 * after it came, or at a multiple of that. Which one is settled by what takes equally
 * long whatever is found; the rest, which does not, has to be done by then.
 */
final class AnswerTime {

	/**
	 * Of the fixed time: what the rest must at least have left, or the next one is taken.
	 */
	private static final int LEAST = 3;

	/** Of the fixed time: kept back, to write down how it ended. */
	private static final int RESERVE = 10;

	private final long came = System.nanoTime();

	private final Duration every;

	AnswerTime(Duration every) {
		this.every = every;
	}

	/**
	 * Waits for the time.
	 * @param first settles the time; if it fails, so does this, at once
	 * @param rest is given the time it may take, and never fails
	 * @return completes at the time
	 */
	<T> Mono<Void> after(Mono<T> first, BiFunction<T, Duration, Mono<Void>> rest) {
		return first.flatMap((found) -> {
			Duration left = left();
			return Mono.when(Mono.delay(left), rest.apply(found, left.minus(this.every.dividedBy(RESERVE))));
		});
	}

	private Duration left() {
		long every = this.every.toNanos();
		long past = System.nanoTime() - this.came;
		long times = 1 + (past + every / LEAST) / every;
		return Duration.ofNanos(times * every - past);
	}

}
