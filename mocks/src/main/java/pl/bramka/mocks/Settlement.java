package pl.bramka.mocks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.billing.Billing;
import pl.bramka.mocks.operator.Operator;
import pl.bramka.mocks.operator.Payment;

/**
 * The way of the money from the payment operator to billing, which takes hours: a paid
 * order is open in billing until it is booked.
 */
public final class Settlement implements AutoCloseable {

	private static final long LOOK_MILLIS = 200;

	private final Operator operator;

	private final Billing billing;

	/**
	 * When each paid order is to be booked, in nanoseconds; Long.MAX_VALUE once it was.
	 */
	private final Map<String, Long> due = new ConcurrentHashMap<>();

	private final ScheduledExecutorService clerk = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("settlement").factory());

	private volatile @Nullable Duration after;

	Settlement(Operator operator, Billing billing) {
		this.operator = operator;
		this.billing = billing;
		var unused = this.clerk.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Books an order, once.
	 * @param orderId of a paid order, or {@code last} for the newest
	 * @return the documents of the order
	 * @throws IllegalArgumentException if there is no such order, or nobody paid it
	 */
	public synchronized List<String> book(String orderId) {
		List<Payment> paid = this.operator.payments().stream().filter(Payment::isPaid).toList();
		Payment payment = paid.reversed()
			.stream()
			.filter((each) -> orderId.equals("last") || each.orderId().equals(orderId))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No paid order " + orderId));
		this.billing.book(payment.orderId(), payment.documents());
		return payment.documents();
	}

	/**
	 * Says whether paid orders are booked without being told.
	 * @param pause after the payment, or null for never, as at first
	 */
	public void bookAfter(@Nullable Duration pause) {
		this.after = pause;
	}

	void reset() {
		this.after = null;
		this.due.clear();
	}

	@Override
	public void close() {
		this.clerk.shutdownNow();
	}

	private void look() {
		Duration pause = this.after;
		if (pause == null) {
			return;
		}
		long now = System.nanoTime();
		this.operator.payments().stream().filter(Payment::isPaid).map(Payment::orderId).forEach((order) -> {
			long at = this.due.computeIfAbsent(order, (fresh) -> now + pause.toNanos());
			if (at != Long.MAX_VALUE && at - now <= 0) {
				this.due.put(order, Long.MAX_VALUE);
				bookIfPossible(order);
			}
		});
	}

	private void bookIfPossible(String order) {
		try {
			book(order);
		}
		catch (IllegalArgumentException ex) {
			// Billing does not know its documents, or all was reset: the next order is
			// looked at nevertheless.
		}
	}

}
