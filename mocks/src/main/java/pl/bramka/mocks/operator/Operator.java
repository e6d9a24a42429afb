package pl.bramka.mocks.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.faults.FaultPlayer;

/**
 * The payment operator. Payments are started by the gateway, and paid or failed by a
 * person on the paywall, by a test, or at once.
 */
public final class Operator implements FaultPlayer, AutoCloseable {

	private static final String CONTINUE = "/payment/continue/";

	private final URI base;

	private final Payments payments;

	private final Notifications notifications;

	private volatile boolean payAtOnce;

	/**
	 * An operator that notifies nobody yet.
	 * @param base its own base URL, to which it redirects
	 * @param clock tells when something was paid
	 */
	public Operator(URI base, Clock clock) {
		this.base = base;
		this.notifications = new Notifications(clock);
		this.payments = new Payments(clock, this.notifications);
	}

	/**
	 * Says where notifications go.
	 * @param url of the merchant, or null for nowhere
	 */
	public void notifyTo(@Nullable URI url) {
		this.notifications.to(url);
	}

	/**
	 * Says when an unconfirmed notification is sent again; 3 min, 10 min, 1 h at first.
	 * @param pauses one for each repetition
	 */
	public void repeatAfter(Duration... pauses) {
		this.notifications.repeatAfter(List.of(pauses));
	}

	/**
	 * Says whether every payment is paid as soon as it is started.
	 * @param payAtOnce false at first: a person or a test pays
	 */
	public void payAtOnce(boolean payAtOnce) {
		this.payAtOnce = payAtOnce;
	}

	/**
	 * The payer pays; notifications follow.
	 * @param orderId of a started payment
	 * @throws IllegalArgumentException if it was not started
	 */
	public void pay(String orderId) {
		this.payments.pay(orderId);
	}

	/**
	 * The payer fails to pay; a notification follows.
	 * @param orderId of a started payment
	 * @throws IllegalArgumentException if it was not started
	 */
	public void fail(String orderId) {
		this.payments.fail(orderId);
	}

	/**
	 * Sends the notification of the newest attempt, again or while it is pending.
	 * @param orderId of a started payment
	 * @throws IllegalArgumentException if it was not started
	 */
	public void announce(String orderId) {
		this.payments.announce(orderId);
	}

	/**
	 * The payments that were started.
	 * @return oldest first
	 */
	public List<Payment> payments() {
		return this.payments.all();
	}

	/**
	 * The notifications that were sent.
	 * @return oldest first
	 */
	public List<Delivery> deliveries() {
		return this.notifications.deliveries();
	}

	@Override
	public ResponseDefinition answer(Request request) {
		return answer(request, null, true);
	}

	@Override
	public ResponseDefinition answer(Request request, FaultKind kind) {
		return answer(request, kind, kind != FaultKind.BAD_HASH);
	}

	@Override
	public void reset() {
		this.payments.reset();
		this.notifications.reset();
		this.payAtOnce = false;
	}

	@Override
	public void close() {
		this.notifications.close();
	}

	private ResponseDefinition answer(Request request, @Nullable FaultKind script, boolean rightHash) {
		String path = request.getUrl().replaceFirst("[?#].*", "");
		boolean post = request.getMethod().getName().equals("POST");
		if (post && path.equals("/payment")) {
			return start(new StartForm(request), script, rightHash);
		}
		if (post && path.equals("/webapi/transactionStatus")) {
			return status(new StartForm(request), rightHash);
		}
		if (path.startsWith(CONTINUE)) {
			return paywall(new StartForm(request), path.substring(CONTINUE.length()).replaceFirst("/.*", ""), post);
		}
		return new ResponseDefinition(404, "ERROR: nothing at " + path);
	}

	private ResponseDefinition start(StartForm form, @Nullable FaultKind script, boolean rightHash) {
		Optional<String> refusal = form.refusal().or(() -> this.payments.refusal(form));
		if (refusal.isPresent()) {
			return xml(new Xml().open("transaction")
				.leaf("orderID", form.field("OrderID"))
				.leaf("confirmation", "NOTCONFIRMED")
				.leaf("reason", refusal.get())
				.hash(rightHash)
				.end());
		}
		Payment payment = this.payments.start(form, script);
		String remoteId = payment.attempts().getLast().remoteId();
		URI next = URI.create(this.base + CONTINUE + remoteId + "/" + Hash.of(List.of(remoteId)).substring(0, 8));
		if (this.payAtOnce) {
			pay(payment.orderId());
		}
		if (!"pay-bm-continue-transaction-url".equals(form.request().getHeader("BmHeader"))) {
			// Without the header it is a browser that posts the form.
			return redirect(next.toString());
		}
		return xml(new Xml().open("transaction")
			.leaf("status", "PENDING")
			.leaf("redirecturl", next.toString())
			.leaf("orderID", payment.orderId())
			.leaf("remoteID", remoteId)
			.hash(rightHash)
			.end());
	}

	private ResponseDefinition status(StartForm form, boolean rightHash) {
		if (!form.isKnownService() || !form.isHashed()) {
			return xml(new Xml().open("error").leaf("name", "INVALID_HASH").end());
		}
		List<Payment> found = this.payments.find(form.field("OrderID"))
			.filter((payment) -> payment.serviceId().equals(form.field("ServiceID")))
			.stream()
			.toList();
		return xml(Payment.list(form.field("ServiceID"), found, rightHash));
	}

	private ResponseDefinition paywall(StartForm form, String remoteId, boolean decided) {
		Optional<Payment> payment = this.payments.findAttempt(remoteId);
		if (payment.isEmpty()) {
			return new ResponseDefinition(404, "ERROR: no such transaction");
		}
		if (!decided) {
			return paywall(payment.get());
		}
		if (form.field("outcome").equals("pay")) {
			pay(payment.get().orderId());
		}
		// Who pays later goes back, and the transaction stays pending.
		else if (!form.field("outcome").equals("later")) {
			fail(payment.get().orderId());
		}
		String back = payment.get().returnUrl();
		return back.isEmpty() ? page("/operator/done.html")
				: redirect(back + (back.contains("?") ? "&" : "?") + "ServiceID=" + payment.get().serviceId()
						+ "&OrderID=" + payment.get().orderId() + "&Hash="
						+ Hash.of(List.of(payment.get().serviceId(), payment.get().orderId())));
	}

	private static ResponseDefinition paywall(Payment payment) {
		ResponseDefinition page = page("/operator/paywall.html");
		return ResponseDefinitionBuilder.like(page)
			.withBody(new String(page.getByteBody(), StandardCharsets.UTF_8)
				.replace("{amount}", payment.toPay().toPlainString().replace('.', ','))
				.replace("{order}", payment.orderId())
				.getBytes(StandardCharsets.UTF_8))
			.build();
	}

	private static ResponseDefinition redirect(String location) {
		return new ResponseDefinitionBuilder().withStatus(303).withHeader("Location", location).build();
	}

	private static ResponseDefinition xml(String document) {
		return new ResponseDefinitionBuilder().withStatus(200)
			.withHeader("Content-Type", "application/xml; charset=utf-8")
			.withBody(document.getBytes(StandardCharsets.UTF_8))
			.build();
	}

	private static ResponseDefinition page(String resource) {
		try (InputStream stream = Operator.class.getResourceAsStream(resource)) {
			return new ResponseDefinitionBuilder().withStatus(200)
				.withHeader("Content-Type", "text/html; charset=utf-8")
				.withBody(Objects.requireNonNull(stream, resource).readAllBytes())
				.build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
