package pl.bramka.gateway;

import java.time.Instant;
import java.util.List;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;

/**
 * The personas as the gateway's features see them.
 */
public final class Customers {

	private Customers() {
	}

	/** Everybody. */
	public static List<Customer> all(TestGateway gateway) {
		return gateway.mocks()
			.personas()
			.all()
			.stream()
			.map((persona) -> new Customer(persona.accountId(), "session", "device", AuthenticationMethod.PIN,
					Instant.EPOCH))
			.toList();
	}

}
