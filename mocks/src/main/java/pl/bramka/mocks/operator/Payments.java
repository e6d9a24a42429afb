package pl.bramka.mocks.operator;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.faults.FaultKind;

/**
 * The payments that were started, and what becomes of them.
 */
final class Payments {

	/** Bound; the oldest payment gives way. */
	private static final int MOST = 10_000;

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private final Map<String, Payment> byOrder = new LinkedHashMap<>();

	private final Clock clock;

	private final Notifications notifications;

	Payments(Clock clock, Notifications notifications) {
		this.clock = clock;
		this.notifications = notifications;
	}

	synchronized List<Payment> all() {
		return List.copyOf(this.byOrder.values());
	}

	synchronized Optional<Payment> find(String orderId) {
		return Optional.ofNullable(this.byOrder.get(orderId));
	}

	synchronized Optional<Payment> findAttempt(String remoteId) {
		return this.byOrder.values()
			.stream()
			.filter((payment) -> payment.attempts().stream().anyMatch((each) -> each.remoteId().equals(remoteId)))
			.findFirst();
	}

	synchronized void reset() {
		this.byOrder.clear();
	}

	/**
	 * Why an order that is there already cannot be started again.
	 */
	Optional<String> refusal(StartForm form) {
		return find(form.field("OrderID")).flatMap((payment) -> {
			if (payment.isPaid()) {
				return Optional.of("MULTIPLY_PAID_TRANSACTION");
			}
			boolean same = payment.amount().compareTo(form.amount()) == 0
					&& payment.serviceId().equals(form.field("ServiceID"));
			return same ? Optional.empty() : Optional.of("INVALID_AMOUNT");
		});
	}

	/**
	 * Starts an order, or another attempt of it.
	 */
	synchronized Payment start(StartForm form, @Nullable FaultKind script) {
		String orderId = form.field("OrderID");
		Payment before = this.byOrder.get(orderId);
		if (before == null && this.byOrder.size() >= MOST) {
			this.byOrder.remove(this.byOrder.keySet().iterator().next());
		}
		Attempt attempt = attempt((script == FaultKind.WRONG_AMOUNT) ? BigDecimal.ONE : BigDecimal.ZERO);
		String channel = form.field("GatewayID").matches("0?") ? "509" : form.field("GatewayID");
		return put((before != null) ? before.with(attempt) : new Payment(form.field("ServiceID"), orderId,
				form.amount(), "PLN", channel, form.field("ReturnURL"), form.documents(), script, List.of(attempt)));
	}

	synchronized void pay(String orderId) {
		Payment payment = known(orderId);
		FaultKind script = payment.script();
		if (script == FaultKind.SUCCESS_AFTER_FAILURE) {
			tell(end(payment, Attempt.Status.FAILURE));
		}
		if (script == FaultKind.TWO_REMOTE_IDS) {
			tell(end(payment, Attempt.Status.SUCCESS));
		}
		Payment paid = end(known(orderId), Attempt.Status.SUCCESS);
		for (int times = (script == FaultKind.REPEATED_ITN) ? 3 : 1; times > 0; times--) {
			tell(paid);
		}
	}

	synchronized void fail(String orderId) {
		tell(end(known(orderId), Attempt.Status.FAILURE));
	}

	synchronized void announce(String orderId) {
		tell(known(orderId));
	}

	private Payment end(Payment payment, Attempt.Status status) {
		List<Attempt> attempts = new ArrayList<>(payment.attempts());
		if (attempts.getLast().status() != Attempt.Status.PENDING) {
			attempts.add(attempt(attempts.getLast().surplus()));
		}
		attempts.set(attempts.size() - 1, attempts.getLast().became(status, now()));
		return put(payment.with(attempts));
	}

	private void tell(Payment payment) {
		this.notifications.send(payment.with(List.of(payment.attempts().getLast())),
				payment.script() != FaultKind.BAD_NOTIFICATION_HASH);
	}

	private Payment known(String orderId) {
		return find(orderId).orElseThrow(() -> new IllegalArgumentException("No payment " + orderId));
	}

	private Payment put(Payment payment) {
		this.byOrder.put(payment.orderId(), payment);
		return payment;
	}

	private Attempt attempt(BigDecimal surplus) {
		String remoteId = "9" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
		return new Attempt(remoteId, Attempt.Status.PENDING, now(), surplus);
	}

	private String now() {
		return LocalDateTime.ofInstant(this.clock.instant(), WARSAW).format(DATE);
	}

}
