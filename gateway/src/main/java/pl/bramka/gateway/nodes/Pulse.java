package pl.bramka.gateway.nodes;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis answers, found out by pings. Four are sent in the time that a command
 * waits at most, and one that has waited for half of it says no: before the first command
 * has waited in vain, so that whoever sent that one does not send another.
 */
final class Pulse {

	private static final Logger log = LoggerFactory.getLogger(Pulse.class);

	private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

	private final Duration pause;

	private final long slow;

	private volatile long askedAt;

	private volatile boolean waiting;

	/**
	 * A pulse that has not been felt yet.
	 * @param timeout how long a command waits at most
	 */
	Pulse(Duration timeout) {
		this.pause = timeout.dividedBy(4);
		this.slow = timeout.dividedBy(2).toNanos();
	}

	private enum State {

		UNKNOWN, ANSWERS, AWAY

	}

	/** Between two pings. */
	Duration pause() {
		return this.pause;
	}

	boolean beats() {
		return this.state.get() == State.ANSWERS && !(this.waiting && System.nanoTime() - this.askedAt > this.slow);
	}

	void asked() {
		this.askedAt = System.nanoTime();
		this.waiting = true;
	}

	void answered() {
		this.waiting = false;
		if (this.state.getAndSet(State.ANSWERS) != State.ANSWERS) {
			log.info("Redis answers");
		}
	}

	/** One line per change: a Redis that is away must not flood the log. */
	void missed(Throwable failure) {
		this.waiting = false;
		if (this.state.getAndSet(State.AWAY) != State.AWAY) {
			log.warn("Redis does not answer: {}", failure.getClass().getSimpleName());
		}
	}

}
