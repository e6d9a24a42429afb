package pl.bramka.gateway.freshness;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One load under way, and how many wait for it. Who waits may leave; when the last one
 * has left, the load is cancelled and nobody can come aboard any more.
 * <p>
 * Not {@link Mono#share()}, which is never cancelled, and not a reference-counting
 * {@code Flux}, which would load once more for who comes aboard just after the end.
 */
final class Flight<V> {

	private final CompletableFuture<@Nullable Aged<V>> landing = new CompletableFuture<>();

	/** Whoever starts the flight is aboard. */
	private int aboard = 1;

	private boolean abandoned;

	private @Nullable Future<?> load;

	/** Comes aboard, unless everybody has left. */
	synchronized boolean board() {
		if (this.abandoned) {
			return false;
		}
		this.aboard++;
		return true;
	}

	/**
	 * Leaves before the end.
	 * @return whether that was the last one aboard, so that the load is cancelled
	 */
	boolean leave() {
		Future<?> last;
		synchronized (this) {
			this.aboard--;
			if (this.aboard > 0 || this.landing.isDone()) {
				return false;
			}
			this.abandoned = true;
			last = this.load;
		}
		if (last != null) {
			last.cancel(true);
		}
		return true;
	}

	/** Starts: everybody may have left even before this. */
	void start(Future<?> running) {
		boolean late;
		synchronized (this) {
			this.load = running;
			late = this.abandoned;
		}
		if (late) {
			running.cancel(true);
		}
	}

	void land(@Nullable Aged<V> value) {
		this.landing.complete(value);
	}

	void fail(Throwable failure) {
		this.landing.completeExceptionally(failure);
	}

	/** The end of the flight; empty if what was asked for does not exist. */
	Mono<Aged<V>> landing() {
		return Mono.fromFuture(this.landing, true);
	}

}
