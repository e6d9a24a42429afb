package pl.bramka.gateway.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.util.concurrent.EventExecutor;

import pl.bramka.gateway.strict.Admission.Asking;

/**
 * Who is begun with next on one event loop. A loop that takes all who stand before it in
 * one go sees nothing else until the last of them is done; so it begins with a few
 * milliseconds' worth, looks who else has come, and goes on with the most important ones.
 * Whoever has waited too long is let go: for a short while a burst may wait, but where
 * the queue never ends, or the node has had too much to do for a while, only as long as
 * is healthy (modelled on the queues of Maurer, "Fail at Scale", ACM Queue 2015). Touched
 * by its event loop alone, except where told otherwise.
 */
final class Turns {

	/**
	 * Work begun before looking who else has come: an answer or two. Where refusing takes
	 * most of the time, a round takes several times as long as this, and a refusal waits
	 * for a round.
	 */
	private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(2);

	/** Work begun in one go, of the critical ones. */
	private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(50);

	/** A queue that does not end for so long stands; and so long may a burst wait. */
	private static final long BURST = TimeUnit.MILLISECONDS.toNanos(100);

	/** Places, by importance as those of the node. */
	private static final int PLACES = 500;

	private static final long NONE = Long.MAX_VALUE;

	private final EventExecutor loop;

	private final Supplier<LoadProperties> settings;

	private final BooleanSupplier busy;

	private final Function<Importance, Duration> later;

	private final Map<Importance, Queue<Waiting>> queues = new EnumMap<>(Importance.class);

	/** The shortest wait of any who was not critical; for whichever thread looks. */
	private final AtomicLong shortest = new AtomicLong(NONE);

	private int waiting;

	private boolean looking;

	/** What this round of the loop has spent on beginning. */
	private long spent;

	/** Since when the loop does other things. */
	private long away;

	private long standsSince;

	/**
	 * One in a queue.
	 *
	 * @param asking to be told
	 * @param importance of it
	 * @param since when it came
	 */
	private record Waiting(Asking asking, Importance importance, long since) {
	}

	/**
	 * Nobody waits yet.
	 * @param loop the event loop
	 * @param settings what is healthy
	 * @param busy whether the node has had too much to do for a while
	 * @param later tells one that is let go when to come back
	 */
	Turns(EventExecutor loop, Supplier<LoadProperties> settings, BooleanSupplier busy,
			Function<Importance, Duration> later) {
		this.loop = loop;
		this.settings = settings;
		this.busy = busy;
		this.later = later;
		for (Importance each : Importance.values()) {
			this.queues.put(each, new ArrayDeque<>());
		}
	}

	/**
	 * One more has come; on the event loop.
	 * @param importance of it
	 * @param asking told when it is its turn, often at once
	 */
	void take(Importance importance, Asking asking) {
		Waiting one = new Waiting(asking, importance, System.nanoTime());
		if (this.waiting == 0 && this.spent < SLICE) {
			begin(one);
		}
		else if (this.waiting >= importance.places(PLACES)) {
			letGo(one);
			return;
		}
		else {
			if (this.waiting == 0) {
				this.standsSince = one.since;
			}
			queue(importance).add(one);
			this.waiting++;
		}
		if (!this.looking) {
			this.looking = true;
			this.away = one.since;
			this.loop.execute(this::next);
		}
	}

	/**
	 * After all who have come in this round of the loop. Where it has spent long on
	 * letting go, the critical ones are given as long: a slice in each round would be
	 * less than comes in.
	 */
	private void next() {
		long critical = Math.clamp(System.nanoTime() - this.away, SLICE, LONGEST);
		this.spent = 0;
		try {
			letLateOnesGo();
			while (this.waiting > 0 && this.spent < (queue(Importance.CRITICAL).isEmpty() ? SLICE : critical)) {
				begin(first());
			}
		}
		finally {
			this.away = System.nanoTime();
			this.looking = this.waiting > 0;
			if (this.looking) {
				lookAgain();
			}
			else {
				this.spent = 0;
			}
		}
	}

	/**
	 * In the loop's next round: were it the next task, it would be run before anybody is
	 * looked at.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // It is never called off.
	private void lookAgain() {
		this.loop.schedule(this::next, 0, TimeUnit.NANOSECONDS);
	}

	private Waiting first() {
		this.waiting--;
		for (Importance each : Importance.values()) {
			Waiting one = queue(each).poll();
			if (one != null) {
				return one;
			}
		}
		throw new IllegalStateException("counted, but not there");
	}

	private void letLateOnesGo() {
		long now = System.nanoTime();
		long patience = patience(now - this.standsSince);
		for (Importance each : Importance.values()) {
			Queue<Waiting> queue = queue(each);
			while (each.mayBeLetGo() && !queue.isEmpty() && now - queue.element().since > patience) {
				this.waiting--;
				Waiting late = queue.remove();
				this.shortest.accumulateAndGet(now - late.since, Math::min);
				letGo(late);
			}
		}
	}

	private long patience(long standsFor) {
		boolean burst = standsFor <= BURST && !this.busy.getAsBoolean();
		return burst ? BURST : this.settings.get().standingDelay().toNanos();
	}

	private void begin(Waiting one) {
		long now = System.nanoTime();
		if (one.importance.mayBeLetGo()) {
			this.shortest.accumulateAndGet(now - one.since, Math::min);
		}
		one.asking.begin();
		this.spent += System.nanoTime() - now;
	}

	private void letGo(Waiting one) {
		one.asking.letGo(this.later.apply(one.importance));
	}

	private Queue<Waiting> queue(Importance importance) {
		return Objects.requireNonNull(this.queues.get(importance));
	}

	/**
	 * The shortest that anybody had to wait who may be let go, since the last look; from
	 * any thread.
	 */
	Duration standing() {
		long seen = this.shortest.getAndSet(NONE);
		return (seen != NONE) ? Duration.ofNanos(seen) : Duration.ZERO;
	}

}
