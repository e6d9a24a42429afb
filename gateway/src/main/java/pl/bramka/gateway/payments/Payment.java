package pl.bramka.gateway.payments;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.money.Money;

/**
 * A payment as the app sees it.
 *
 * @param id its id
 * @param state how far it is
 * @param settled whether nothing changes any more, but that paid documents are booked
 * @param amount what the documents cost together
 * @param fee what the operator takes from the customer on top
 * @param total what the customer pays: amount and fee
 * @param documents what is paid, in the order of the quote
 * @param redirectUrl where the customer pays; absent once there is nothing left to pay,
 * and if the operator never said it
 * @param createdAt when it was asked for
 * @param validUntil until when the customer may begin to pay, and retry
 * @param paidAt when it was paid, by the operator's clock; absent until then
 */
public record Payment(String id, State state, @JsonProperty("final") boolean settled, Money amount, Money fee,
		Money total, List<PaymentDocument> documents, @Nullable URI redirectUrl, Instant createdAt, Instant validUntil,
		@Nullable Instant paidAt) {

	/**
	 * How far a payment is.
	 */
	@Schema(name = "PaymentState")
	public enum State {

		/** The customer may be paying. */
		PENDING,

		/** The operator has the money. */
		PAID,

		/**
		 * It was refused. Until it is final the customer may try again where the payment
		 * was begun.
		 */
		FAILED,

		/** Nobody paid in time. */
		EXPIRED

	}

	/**
	 * A document in a payment.
	 *
	 * @param id the document's number
	 * @param amount what is paid of it
	 * @param state how far it is
	 */
	public record PaymentDocument(String id, Money amount, DocumentState state) {
	}

	/**
	 * How far a document of a payment is.
	 */
	@Schema(name = "PaymentDocumentState")
	public enum DocumentState {

		/** It is being paid, and cannot be paid otherwise. */
		PENDING,

		/** It is paid; billing books it within hours. */
		BOOKING,

		/** It is paid and booked. */
		BOOKED,

		/** It was not paid by this payment, and is free. */
		RELEASED

	}

	static Payment from(StoredPayment stored, List<StoredPayment.Item> documents, ClaimedDocuments claimed) {
		boolean open = stored.closedAt() == null;
		return new Payment(stored.id(), stored.state().shown(), !open, stored.amount(), stored.fee(),
				stored.amount().plus(stored.fee()),
				documents.stream()
					.map((document) -> new PaymentDocument(document.invoiceId(), document.amount(),
							state(stored, document, claimed)))
					.toList(),
				open ? stored.redirectUrl() : null, stored.createdAt(), stored.validUntil(), stored.paidAt());
	}

	private static DocumentState state(StoredPayment stored, StoredPayment.Item document, ClaimedDocuments claimed) {
		if (stored.closedAt() == null) {
			return DocumentState.PENDING;
		}
		if (stored.state() != PaymentState.PAID) {
			return DocumentState.RELEASED;
		}
		// What is remembered of a document may be a moment older than the payment.
		boolean booked = claimed.booked(document.invoiceId())
				|| (claimed.known() && claimed.of(document.invoiceId()) == null);
		return booked ? DocumentState.BOOKED : DocumentState.BOOKING;
	}

}
