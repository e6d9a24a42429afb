package pl.bramka.gateway.payments;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.operator.Attempt;
import pl.bramka.gateway.operator.FeeBearer;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * Payments in the database, as statements for a caller's transaction. Whoever changes a
 * payment holds its row first ({@link #lock}), so that what is said of it at once is
 * taken one after the other, at whatever nodes.
 */
@Component
final class PaymentStore {

	private static final String ALL = """
			select id, order_id, customer_id, state, fee_bearer, amount, fee, currency, redirect_url, created_at,
				valid_until, paid_at, closed_at, overpaid, absences
			from payment where\s""";

	private final Database database;

	PaymentStore(Database database) {
		this.database = database;
	}

	/**
	 * A payment about which the operator is to be asked.
	 *
	 * @param id the payment's
	 * @param orderId what the operator knows it by
	 * @param bearer at whose service
	 * @param since since when it is to be asked
	 */
	record Due(String id, String orderId, FeeBearer bearer, Instant since) {
	}

	/** Writes a payment down, to be asked about from some time on. */
	Mono<Void> insert(StoredPayment payment, @Nullable String link, List<StoredPayment.Item> documents, Instant askAt) {
		GenericExecuteSpec statement = this.database
			.sql("""
					insert into payment (id, order_id, customer_id, link_id, state, fee_bearer, amount, fee, currency, created_at,
						valid_until, next_look_at)
					values (:id, :order, :customer, :link, :state, :bearer, :amount, :fee, :currency, :created, :valid, :ask)
					""");
		return ((link != null) ? statement.bind("link", link) : statement.bindNull("link", String.class))
			.bind("id", payment.id())
			.bind("order", payment.orderId())
			.bind("customer", payment.customerId())
			.bind("state", payment.state().name())
			.bind("bearer", payment.bearer().name())
			.bind("amount", payment.amount().amount())
			.bind("fee", payment.fee().amount())
			.bind("currency", payment.amount().currency())
			.bind("created", Columns.at(payment.createdAt()))
			.bind("valid", Columns.at(payment.validUntil()))
			.bind("ask", Columns.at(askAt))
			.then()
			.then(Flux.range(0, documents.size())
				.concatMap((place) -> insert(payment.id(), documents.get(place), place))
				.then());
	}

	private Mono<Void> insert(String paymentId, StoredPayment.Item document, int place) {
		return this.database.sql("""
				insert into payment_document (payment_id, invoice_id, contract_account_id, amount, place)
				values (:payment, :invoice, :account, :amount, :place)
				""")
			.bind("payment", paymentId)
			.bind("invoice", document.invoiceId())
			.bind("account", document.contractAccountId())
			.bind("amount", document.amount().amount())
			.bind("place", place)
			.then();
	}

	/**
	 * Holds the payment of an order until the transaction ends; empty if there is none.
	 */
	Mono<StoredPayment> lock(String orderId) {
		return this.database.sql(ALL + "order_id = :order for update")
			.bind("order", orderId)
			.map(StoredPayment::of)
			.one();
	}

	/** A customer's payment; empty if it is not there or not theirs. */
	Mono<StoredPayment> find(String customerId, String id) {
		return this.database.sql(ALL + "id = :id and customer_id = :customer")
			.bind("id", id)
			.bind("customer", customerId)
			.map(StoredPayment::of)
			.one();
	}

	/** The payment that a link began last; empty if it began none. */
	Mono<StoredPayment> latestByLink(String customerId, String link) {
		return this.database
			.sql(ALL + "link_id = :link and customer_id = :customer order by created_at desc fetch first 1 rows only")
			.bind("link", link)
			.bind("customer", customerId)
			.map(StoredPayment::of)
			.one();
	}

	/** A customer's payments that a page was shown for, the latest first. */
	Flux<StoredPayment> of(String customerId, Instant since, int most) {
		return this.database.sql(ALL + """
				customer_id = :customer and created_at >= :since and (redirect_url is not null or state <> 'FAILED')
				order by created_at desc, id fetch first :most rows only
				""")
			.bind("customer", customerId)
			.bind("since", Columns.at(since))
			.bind("most", most)
			.map(StoredPayment::of)
			.all();
	}

	/** In the order of the quote. */
	Mono<List<StoredPayment.Item>> documents(StoredPayment payment) {
		return this.database
			.sql("select invoice_id, contract_account_id, amount from payment_document where payment_id = :payment"
					+ " order by place")
			.bind("payment", payment.id())
			.map((row) -> new StoredPayment.Item(Columns.text(row, "invoice_id"),
					Columns.text(row, "contract_account_id"),
					StoredPayment.money(row, "amount", payment.amount().currency())))
			.all()
			.collectList();
	}

	/** How far each attempt came, by the operator's number of it. */
	Mono<Map<String, Attempt.Status>> attempts(String orderId) {
		return this.database.sql("select remote_id, status from payment_attempt where order_id = :order")
			.bind("order", orderId)
			.map((row) -> Map.entry(Columns.text(row, "remote_id"),
					Attempt.Status.valueOf(Columns.text(row, "status"))))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/** Keeps how far an attempt came; the payment's row is held. */
	Mono<Void> put(Attempt attempt, Attempt.@Nullable Status before) {
		String statement = (before != null)
				? "update payment_attempt set status = :status, amount = :amount, currency = :currency,"
						+ " happened_at = :at where order_id = :order and remote_id = :remote"
				: "insert into payment_attempt (order_id, remote_id, status, amount, currency, happened_at)"
						+ " values (:order, :remote, :status, :amount, :currency, :at)";
		return this.database.sql(statement)
			.bind("order", attempt.orderId())
			.bind("remote", attempt.remoteId())
			.bind("status", attempt.status().name())
			.bind("amount", attempt.amount().amount())
			.bind("currency", attempt.amount().currency())
			.bind("at", Columns.at(attempt.at()))
			.then();
	}

	/** The operator has the order, and said where to pay it. */
	Mono<Void> accepted(String id, URI redirectUrl, Instant askAt) {
		return of(id, """
				update payment set redirect_url = :redirect,
					next_look_at = case when closed_at is null then :ask else next_look_at end
				where id = :id
				""").bind("redirect", redirectUrl.toString()).bind("ask", Columns.at(askAt)).then();
	}

	/** Another state; open still. */
	Mono<Void> move(String id, PaymentState state) {
		return of(id, "update payment set state = :state, absences = 0 where id = :id").bind("state", state.name())
			.then();
	}

	/** Nothing is left to ask. */
	Mono<Void> close(String id, PaymentState state, Instant now) {
		return of(id, "update payment set state = :state, closed_at = :now, next_look_at = null where id = :id")
			.bind("state", state.name())
			.bind("now", Columns.at(now))
			.then();
	}

	/** The operator has the money. */
	Mono<Void> pay(String id, Instant paidAt, Instant now) {
		return of(id, """
				update payment set state = 'PAID', paid_at = :paid, closed_at = :now, next_look_at = null
				where id = :id
				""").bind("paid", Columns.at(paidAt)).bind("now", Columns.at(now)).then();
	}

	/** The operator has money that nobody owed. */
	Mono<Void> overpaid(String id) {
		return of(id, "update payment set overpaid = true where id = :id").then();
	}

	/** The operator has no such order, once more. */
	Mono<Void> absent(String id) {
		return of(id, "update payment set absences = absences + 1 where id = :id").then();
	}

	/** When the operator is asked next. */
	Mono<Void> askAt(String id, Instant when) {
		return of(id, "update payment set next_look_at = :ask where id = :id and closed_at is null")
			.bind("ask", Columns.at(when))
			.then();
	}

	/** Payments about which the operator is to be asked. */
	Flux<Due> due(Instant now, int most) {
		return this.database.sql("""
				select order_id, fee_bearer, next_look_at, id from payment where next_look_at <= :now
				order by next_look_at fetch first :most rows only
				""")
			.bind("now", Columns.at(now))
			.bind("most", most)
			.map((row) -> new Due(Columns.text(row, "id"), Columns.text(row, "order_id"),
					FeeBearer.valueOf(Columns.text(row, "fee_bearer")), Columns.time(row, "next_look_at")))
			.all();
	}

	/** Takes the asking upon oneself for a while; whether nobody else has. */
	Mono<Boolean> lease(Due due, Instant until) {
		return of(due.id(), "update payment set next_look_at = :until where id = :id and next_look_at = :seen")
			.bind("until", Columns.at(until))
			.bind("seen", Columns.at(due.since()))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows > 0);
	}

	/**
	 * Has the operator asked now about everything open that is not due before some time.
	 */
	Mono<Void> wake(Instant now, Instant later) {
		return this.database
			.sql("update payment set next_look_at = :now where closed_at is null and next_look_at > :later")
			.bind("now", Columns.at(now))
			.bind("later", Columns.at(later))
			.then();
	}

	private GenericExecuteSpec of(String id, String statement) {
		return this.database.sql(statement).bind("id", id);
	}

}
