package pl.bramka.gateway.strict;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.stereotype.Component;

/**
 * How many bytes of bodies are held at once, by all connections together.
 */
@Component
final class Bodies {

	private final AtomicLong held = new AtomicLong();

	private final long most;

	Bodies(StrictProperties settings) {
		this.most = settings.bodies().toBytes();
	}

	/** Whether there is room for so many more; then they are counted. */
	boolean take(int bytes) {
		if (this.held.addAndGet(bytes) <= this.most) {
			return true;
		}
		this.held.addAndGet(-bytes);
		return false;
	}

	/** So many are held no longer. */
	void give(long bytes) {
		this.held.addAndGet(-bytes);
	}

}
