package pl.bramka.mocks;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

import pl.bramka.mocks.control.Order;
import pl.bramka.mocks.control.Route;
import pl.bramka.mocks.operator.Operator;

/**
 * Payments over the control server: what was started, and what becomes of it.
 */
final class PaymentRoutes {

	private final Operator operator;

	private final Settlement settlement;

	PaymentRoutes(Operator operator, Settlement settlement) {
		this.operator = operator;
		this.settlement = settlement;
	}

	List<Route> routes() {
		return List.of(
				new Route("GET", "/payments", "payments started at the operator", (order) -> this.operator.payments()),
				change("/payments/{order}/pay", "the payer pays; a notification follows", Operator::pay),
				change("/payments/{order}/fail", "the payment fails; a notification follows", Operator::fail),
				change("/payments/{order}/announce", "send the newest notification again", Operator::announce),
				new Route("POST", "/payments/{order}/book", "billing books a paid order; 'last' is the newest",
						(order) -> this.settlement.book(order.variable())),
				new Route("PUT", "/settlement",
						"books paid orders by itself: {\"afterSeconds\":30}; without the number never",
						this::settlement),
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

	private Object settlement(Order order) {
		OptionalLong seconds = order.knowing("afterSeconds").number("afterSeconds");
		if (seconds.isPresent() && seconds.getAsLong() < 0) {
			throw new IllegalArgumentException("'afterSeconds' must not be negative");
		}
		this.settlement.bookAfter(seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : null);
		return order.body();
	}

	private Route change(String path, String purpose, BiConsumer<Operator, String> change) {
		return new Route("POST", path, purpose, (order) -> {
			change.accept(this.operator, order.variable());
			return null;
		});
	}

}
