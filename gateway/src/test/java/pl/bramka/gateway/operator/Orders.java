package pl.bramka.gateway.operator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;
import pl.bramka.mocks.operator.Payment;

/**
 * What tests have paid.
 */
final class Orders {

	static final String KEY = "demo-shared-key";

	private static final AtomicInteger NUMBER = new AtomicInteger(1000);

	private Orders() {
	}

	/** Two documents together, at somebody's cost. */
	static Order anOrder(FeeBearer bearer) {
		return new Order("PAY-" + NUMBER.incrementAndGet(), bearer, zloty(21347),
				List.of(new Order.Item("000500009001", "000200000421", zloty(20000)),
						new Order.Item("FV/12/2026 <\"&ł>", "000200000422", zloty(1347))),
				Language.POLISH, Instant.now().plus(Duration.ofMinutes(30)));
	}

	static Money zloty(long grosze) {
		return new Money(grosze, "PLN");
	}

	/** How an installation stands with the pretended operator. */
	static OperatorProperties settings(URI... pages) {
		return new OperatorProperties(new OperatorProperties.Account(Payment.MERCHANT_BORNE, KEY),
				new OperatorProperties.Account(Payment.PAYER_BORNE, KEY), URI.create("bramka://paid"), List.of(pages));
	}

}
