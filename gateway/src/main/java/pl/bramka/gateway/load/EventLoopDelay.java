package pl.bramka.gateway.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;

/**
 * How long tasks wait for an event loop. Each loop is given a task that should run at a
 * known time; what counts is the shortest wait since the last look, since a single long
 * one is a collection of garbage or a large answer, while a wait that never gets shorter
 * is a queue that stands. Modelled on CoDel (Nichols, Jacobson: Controlling Queue Delay,
 * 2012), which tells a standing queue from a burst by the minimum.
 */
final class EventLoopDelay implements AutoCloseable {

	private static final int SILENT_LOOKS = 2;

	private static final Duration PERIOD = Duration.ofMillis(25);

	private final List<Probe> probes = new ArrayList<>();

	EventLoopDelay(EventExecutorGroup loops) {
		for (EventExecutor loop : loops) {
			this.probes.add(new Probe(loop));
		}
	}

	/** The wait on the loop that keeps tasks waiting longest; begins a new look. */
	Duration standing() {
		long longest = 0;
		for (Probe probe : this.probes) {
			longest = Math.max(longest, probe.shortest());
		}
		return Duration.ofNanos(longest);
	}

	@Override
	public void close() {
		this.probes.forEach((probe) -> probe.runs.cancel(false));
	}

	private static final class Probe implements Runnable {

		private static final long NONE = Long.MAX_VALUE;

		private final AtomicLong shortest = new AtomicLong(NONE);

		private final Future<?> runs;

		/** Touched by the one who looks alone. */
		private int silent;

		private volatile long due = System.nanoTime() + PERIOD.toNanos();

		Probe(EventExecutor loop) {
			this.runs = loop.scheduleWithFixedDelay(this, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
		}

		@Override
		public void run() {
			long now = System.nanoTime();
			long late = Math.max(0, now - this.due);
			this.shortest.accumulateAndGet(late, Math::min);
			this.due = now + PERIOD.toNanos();
		}

		/**
		 * A loop that did not get to its task may have been stopped with the whole
		 * process, by a collection or by the machine, which says nothing; one that does
		 * not get to it for long is held up.
		 */
		long shortest() {
			long seen = this.shortest.getAndSet(NONE);
			if (seen != NONE) {
				this.silent = 0;
				return seen;
			}
			this.silent++;
			return (this.silent > SILENT_LOOKS) ? Math.max(0, System.nanoTime() - this.due) : 0;
		}

	}

}
