package pl.bramka.gateway.nodes;

import java.util.concurrent.atomic.AtomicReference;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.event.command.CommandFailedEvent;
import io.lettuce.core.event.command.CommandListener;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pl.bramka.gateway.observability.Names;

/**
 * Whether Redis answers. Any command that waits in vain says that it does not, so that
 * the next one is not even tried; an answered ping says that it does.
 */
final class Pulse implements CommandListener {

	private static final Logger log = LoggerFactory.getLogger(Pulse.class);

	private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

	Pulse(MeterRegistry meters) {
		meters.gauge(Names.REDIS_UP, this, (pulse) -> pulse.beats() ? 1 : 0);
	}

	private enum State {

		UNKNOWN, ANSWERS, AWAY

	}

	boolean beats() {
		return this.state.get() == State.ANSWERS;
	}

	void felt() {
		if (this.state.getAndSet(State.ANSWERS) != State.ANSWERS) {
			log.info("Redis answers");
		}
	}

	/** One line per change: a Redis that is away must not flood the log. */
	void missed(Throwable failure) {
		if (this.state.getAndSet(State.AWAY) != State.AWAY) {
			log.warn("Redis does not answer: {}", failure.getClass().getSimpleName());
		}
	}

	@Override
	public void commandFailed(CommandFailedEvent event) {
		if (event.getCause() instanceof RedisCommandTimeoutException) {
			missed(event.getCause());
		}
	}

}
