package pl.bramka.gateway.payments;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.operator.FeeBearer;

/**
 * A payment in our books.
 *
 * @param id its id
 * @param orderId what the operator knows it by
 * @param customerId whose
 * @param state how far it is
 * @param bearer who bears the operator's fee
 * @param amount what the documents cost together
 * @param fee what was quoted on top
 * @param redirectUrl where the customer pays, once the operator said it
 * @param createdAt when it was written down
 * @param validUntil until when the customer may begin to pay
 * @param paidAt when the operator had the money
 * @param closedAt when it became final
 * @param overpaid whether the operator has money for it that nobody owed
 * @param absences how often the operator said that it has no such order
 */
record StoredPayment(String id, String orderId, String customerId, PaymentState state, FeeBearer bearer, Money amount,
		Money fee, @Nullable URI redirectUrl, Instant createdAt, Instant validUntil, @Nullable Instant paidAt,
		@Nullable Instant closedAt, boolean overpaid, int absences) {

	/**
	 * A document of it.
	 *
	 * @param invoiceId the document's number
	 * @param contractAccountId the payer number it is of
	 * @param amount what is paid of it
	 */
	record Item(String invoiceId, String contractAccountId, Money amount) {
	}

	static StoredPayment of(Readable row) {
		String currency = Columns.text(row, "currency");
		String redirect = row.get("redirect_url", String.class);
		return new StoredPayment(Columns.text(row, "id"), Columns.text(row, "order_id"),
				Columns.text(row, "customer_id"), PaymentState.valueOf(Columns.text(row, "state")),
				FeeBearer.valueOf(Columns.text(row, "fee_bearer")), money(row, "amount", currency),
				money(row, "fee", currency), (redirect != null) ? URI.create(redirect) : null,
				Columns.time(row, "created_at"), Columns.time(row, "valid_until"), Columns.timeOrNull(row, "paid_at"),
				Columns.timeOrNull(row, "closed_at"), Boolean.TRUE.equals(row.get("overpaid", Boolean.class)),
				Objects.requireNonNull(row.get("absences", Integer.class)));
	}

	static Money money(Readable row, String column, String currency) {
		return new Money(Objects.requireNonNull(row.get(column, Long.class)), currency);
	}

	boolean isClosed() {
		return this.closedAt != null;
	}

	/** Neither whose nor where to pay. */
	@Override
	public String toString() {
		return "StoredPayment[" + this.id + ", " + this.state + "]";
	}

}
