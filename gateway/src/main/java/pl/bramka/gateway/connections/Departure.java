package pl.bramka.gateway.connections;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * How a node leaves without failing a request. Its readiness already says no when this
 * begins. For a while it goes on serving, and each answer closes its connection; then it
 * takes no new connections, closes those that nobody uses, and waits for the answers that
 * are under way. The server's own graceful shutdown comes after it; alone it would close
 * connections on which a request has just arrived.
 */
@Component
final class Departure implements SmartLifecycle {

	private static final Duration LOOK = Duration.ofMillis(50);

	/** A connection that was just made gets this long to bring its request. */
	private static final Duration JUST_MADE = Duration.ofSeconds(1);

	private final OpenConnections connections;

	private final ConnectionsProperties settings;

	private volatile boolean running;

	Departure(OpenConnections connections, ConnectionsProperties settings) {
		this.connections = connections;
		this.settings = settings;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public void stop(Runnable done) {
		stop();
		this.connections.leave();
		after(this.settings.leave(), () -> stopListening(done));
	}

	private void stopListening(Runnable done) {
		this.connections.stopListening();
		long end = System.nanoTime() + this.settings.finish().toNanos();
		Duration justMade = (JUST_MADE.compareTo(this.settings.leave()) < 0) ? JUST_MADE : this.settings.leave();
		after(justMade, () -> awaitAnswers(end, done));
	}

	private void awaitAnswers(long end, Runnable done) {
		this.connections.closeIdle();
		if (this.connections.isEmpty() || System.nanoTime() > end) {
			done.run();
		}
		else {
			after(LOOK, () -> awaitAnswers(end, done));
		}
	}

	private static void after(Duration time, Runnable step) {
		CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS).execute(step);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** The first to stop. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
