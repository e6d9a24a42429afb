package pl.bramka.gateway.claims;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;

/**
 * A customer who pays at one node: each step in a transaction of its own, as payments
 * take theirs.
 *
 * @param node where
 * @param customerId who
 */
public record Payer(TestGateway node, String customerId) {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	/** A customer that no other test has. */
	static Payer of(TestGateway node) {
		return new Payer(node, UUID.randomUUID().toString().substring(0, 18));
	}

	Payer at(TestGateway other) {
		return new Payer(other, this.customerId);
	}

	/** A new payment, without documents yet. */
	public String payment() {
		String id = UUID.randomUUID().toString();
		Database database = this.node.bean(Database.class);
		database.step(database.sql("""
				insert into payment (id, order_id, customer_id, state, fee_bearer, amount, fee, currency, created_at,
					valid_until)
				values (:id, :order, :customer, 'PENDING', 'PAYER', 100, 0, 'PLN', :now, :now)
				""")
			.bind("id", id)
			.bind("order", id.substring(0, 32))
			.bind("customer", this.customerId)
			.bind("now", Columns.at(Instant.now()))
			.then()).block(LIMIT);
		return id;
	}

	/** Takes all, or nothing if another has one of them. */
	public Map<String, Claim> take(String payment, List<String> invoices) {
		try {
			return whole(claims().take(this.customerId, payment, invoices)
				.flatMap((others) -> others.isEmpty() ? Mono.just(others) : Mono.error(new Taken(others))));
		}
		catch (RuntimeException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof Taken taken) {
					return taken.others;
				}
			}
			throw ex;
		}
	}

	public List<String> pay(String payment, List<String> invoices) {
		return whole(claims().pay(this.customerId, payment, invoices));
	}

	public void release(String payment) {
		whole(claims().release(payment).thenReturn(true));
	}

	void booked(List<String> invoices) {
		claims().booked(this.customerId, invoices).block(LIMIT);
	}

	ClaimedDocuments claimed() {
		return Objects.requireNonNull(claims().of(this.customerId).block(LIMIT));
	}

	/** As this node sees it once it asks again. */
	ClaimedDocuments claimedAnew() {
		claims().drop(this.customerId);
		return claimed();
	}

	/** Whether billing has shown that it booked the payment of a document. */
	public boolean isBooked(String invoice) {
		return claimedAnew().booked(invoice);
	}

	/** Tells the nodes, as payments do after each step. */
	public void tell() {
		claims().dropEverywhere(this.customerId).block(LIMIT);
	}

	private Claims claims() {
		return this.node.bean(Claims.class);
	}

	private <T> T whole(Mono<T> work) {
		return Objects.requireNonNull(this.node.bean(Database.class).whole(work).block(LIMIT));
	}

	/** Another has some of them. */
	private static final class Taken extends RuntimeException {

		private final transient Map<String, Claim> others;

		private Taken(Map<String, Claim> others) {
			super("taken");
			this.others = others;
		}

	}

}
