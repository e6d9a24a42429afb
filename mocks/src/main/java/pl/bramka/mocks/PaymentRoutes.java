package pl.bramka.mocks;

import java.net.URI;
import java.util.List;
import java.util.function.BiConsumer;

import pl.bramka.mocks.control.Order;
import pl.bramka.mocks.control.Route;
import pl.bramka.mocks.operator.Operator;

/**
 * Payments over the control server: what was started, and what becomes of it.
 */
final class PaymentRoutes {

	private final Operator operator;

	PaymentRoutes(Operator operator) {
		this.operator = operator;
	}

	List<Route> routes() {
		return List.of(
				new Route("GET", "/payments", "payments started at the operator", (order) -> this.operator.payments()),
				change("/payments/{order}/pay", "the payer pays; a notification follows", Operator::pay),
				change("/payments/{order}/fail", "the payment fails; a notification follows", Operator::fail),
				change("/payments/{order}/announce", "send the newest notification again", Operator::announce),
				new Route("GET", "/notifications", "notifications that the operator sent",
						(order) -> this.operator.deliveries()),
				new Route("PUT", "/notifications",
						"where notifications go, and whether every payment is paid at once:"
								+ " {\"url\":\"http://localhost:8080/v1/operator/notifications\",\"payAtOnce\":true}",
						this::notifications));
	}

	private Object notifications(Order order) {
		order.knowing("url", "payAtOnce");
		URI url = URI.create(order.requiredText("url"));
		if (url.getHost() == null) {
			throw new IllegalArgumentException("'url' must be a whole URL");
		}
		boolean payAtOnce = order.body().path("payAtOnce").asBoolean(false);
		this.operator.notifyTo(url);
		this.operator.payAtOnce(payAtOnce);
		return order.body();
	}

	private Route change(String path, String purpose, BiConsumer<Operator, String> change) {
		return new Route("POST", path, purpose, (order) -> {
			change.accept(this.operator, order.variable());
			return null;
		});
	}

}
