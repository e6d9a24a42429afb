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
 * Whoever waits too long is let go: for a short while a burst may wait, but where the
 * queue never ends, or the node has had too much to do for a while, only as long as is
 * healthy (modelled on the queues of Maurer, "Fail at Scale", ACM Queue 2015), and
 * whoever would have to wait longer is told so at once. Touched by its event loop alone,
 * except where told otherwise.
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

	/**
	 * A queue that does not end for so long stands, until it has ended for as long; and
	 * so long may a burst wait, or twice what is healthy. Short queues end by chance in
	 * between: what counts is the difference.
	 */
	private static final long BURST = TimeUnit.MILLISECONDS.toNanos(100);

	/** How much longer than expected one may wait: rounds of a loop differ. */
	private static final int DOUBT = 2;

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

	private final Pace pace = new Pace();

	/** What this round of the loop has spent on beginning. */
	private long spent;

	/** Since when the loop does other things, or nothing. */
	private long away = System.nanoTime();

	/** What was begun with since then, and how long that took. */
	private int begun;

	private long work;

	/** How much longer the queue has not ended than it has, at most twice a burst. */
	private long stands;

	/**
	 * One in a queue.
	 *
	 * @param asking to be told
	 * @param importance of it
	 * @param since when it came
	 * @param until when it has waited too long
	 */
	private record Waiting(Asking asking, Importance importance, long since, long until) {
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
		long now = System.nanoTime();
		if (!this.looking) {
			this.looking = true;
			ended(now - this.away);
			this.away = now;
			this.loop.execute(this::next);
		}
		boolean burst = this.stands <= burst() && !this.busy.getAsBoolean();
		Waiting one = new Waiting(asking, importance, now, now + (burst ? burst() : DOUBT * healthy()));
		if (this.waiting == 0 && this.spent < SLICE) {
			begin(one);
		}
		else if (this.waiting >= importance.places(PLACES) || (!burst && wouldWaitTooLong(one))) {
			letGo(one);
		}
		else {
			queue(importance).add(one);
			this.waiting++;
		}
	}

	/** As is to be expected where the queue stands. */
	private boolean wouldWaitTooLong(Waiting one) {
		if (!one.importance.mayBeLetGo()) {
			return false;
		}
		int before = 0;
		for (Importance each : Importance.values()) {
			before += (each.compareTo(one.importance) <= 0) ? queue(each).size() : 0;
		}
		long wait = this.pace.expected(before);
		if (wait <= healthy()) {
			return false;
		}
		this.shortest.accumulateAndGet(wait, Math::min);
		return true;
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
			long now = System.nanoTime();
			long round = now - this.away;
			this.pace.round(round, this.begun, Math.min(1, (double) this.work / SLICE));
			this.begun = 0;
			this.work = 0;
			this.away = now;
			this.looking = this.waiting > 0;
			if (this.looking) {
				this.stands = Math.min(2 * burst(), this.stands + round);
				lookAgain();
			}
			else {
				ended(round);
				this.spent = 0;
			}
		}
	}

	private void ended(long nanos) {
		this.stands = Math.max(0, this.stands - nanos);
	}

	private long healthy() {
		return this.settings.get().standingDelay().toNanos();
	}

	/** How long a burst may last, and who came in it may wait. */
	private long burst() {
		return Math.max(BURST, DOUBT * healthy());
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
		for (Importance each : Importance.values()) {
			Queue<Waiting> queue = queue(each);
			while (each.mayBeLetGo() && !queue.isEmpty() && now - queue.element().until > 0) {
				this.waiting--;
				Waiting late = queue.remove();
				this.shortest.accumulateAndGet(now - late.since, Math::min);
				letGo(late);
			}
		}
	}

	private void begin(Waiting one) {
		long now = System.nanoTime();
		if (one.importance.mayBeLetGo()) {
			this.shortest.accumulateAndGet(now - one.since, Math::min);
		}
		this.begun++;
		try {
			one.asking.begin();
		}
		finally {
			long took = System.nanoTime() - now;
			this.spent += took;
			this.work += took;
		}
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
