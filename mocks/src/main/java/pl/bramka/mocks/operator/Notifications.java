package pl.bramka.mocks.operator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Sends notifications one after the other, and again until the merchant confirms.
 */
final class Notifications implements AutoCloseable {

	private static final int MOST = 10_000;

	private final HttpClient http = HttpClient.newBuilder()
		// An upgrade offered with a POST is not understood by every server.
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private ScheduledThreadPoolExecutor sender = sender();

	private final Deque<Delivery> deliveries = new ArrayDeque<>();

	private final Clock clock;

	private volatile @Nullable URI target;

	private volatile List<Duration> pauses = List.of(Duration.ofMinutes(3), Duration.ofMinutes(10),
			Duration.ofHours(1));

	Notifications(Clock clock) {
		this.clock = clock;
	}

	void to(@Nullable URI target) {
		this.target = target;
	}

	void repeatAfter(List<Duration> pauses) {
		this.pauses = List.copyOf(pauses);
	}

	/**
	 * Sends what one attempt came to.
	 * @param payment with exactly that attempt
	 * @param right whether the hash is right
	 */
	void send(Payment payment, boolean right) {
		schedule(payment, right, 1, Duration.ZERO);
	}

	synchronized List<Delivery> deliveries() {
		return List.copyOf(this.deliveries);
	}

	/**
	 * Forgets what was sent, what waits, and what is being sent at this moment.
	 */
	synchronized void reset() {
		this.sender.shutdownNow();
		this.sender = sender();
		this.deliveries.clear();
	}

	@Override
	public synchronized void close() {
		this.sender.shutdownNow();
	}

	private synchronized void schedule(Payment payment, boolean right, int number, Duration pause) {
		try {
			var unused = this.sender.schedule(() -> deliver(payment, right, number), pause.toMillis(),
					TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// Closed: nobody waits for this notification any more.
		}
	}

	private void deliver(Payment payment, boolean right, int number) {
		URI to = this.target;
		if (to == null) {
			return;
		}
		String answer = "";
		boolean confirmed = false;
		try {
			HttpResponse<String> response = this.http.send(request(to, payment, right), BodyHandlers.ofString());
			answer = "HTTP " + response.statusCode();
			confirmed = response.statusCode() == 200 && isConfirmation(response.body(), payment.orderId());
		}
		catch (IOException ex) {
			answer = ex.toString();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		remember(new Delivery(payment.orderId(), payment.attempts().getFirst().remoteId(),
				payment.attempts().getFirst().status(), number, this.clock.instant(), answer, confirmed));
		if (!confirmed && !Thread.currentThread().isInterrupted() && number <= this.pauses.size()) {
			schedule(payment, right, number + 1, this.pauses.get(number - 1));
		}
	}

	private synchronized void remember(Delivery delivery) {
		if (this.deliveries.size() >= MOST) {
			this.deliveries.removeFirst();
		}
		this.deliveries.addLast(delivery);
	}

	private static HttpRequest request(URI to, Payment payment, boolean right) {
		String list = Payment.list(payment.serviceId(), List.of(payment), right);
		String encoded = Base64.getEncoder().encodeToString(list.getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(to)
			.timeout(Duration.ofSeconds(20))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("transactions=" + URLEncoder.encode(encoded, StandardCharsets.UTF_8)))
			.build();
	}

	private static boolean isConfirmation(String body, String orderId) {
		return Xml.read(body)
			.filter((root) -> root.getTagName().equals("confirmationList"))
			.filter((root) -> Xml.first(root, "orderID").equals(orderId))
			.filter((root) -> Xml.first(root, "confirmation").equals("CONFIRMED"))
			.filter(Xml::isHashed)
			.isPresent();
	}

	private static ScheduledThreadPoolExecutor sender() {
		return new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("itn").factory());
	}

}
