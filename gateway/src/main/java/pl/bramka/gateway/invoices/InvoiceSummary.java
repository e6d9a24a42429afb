package pl.bramka.gateway.invoices;

import java.time.LocalDate;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.claims.Claim;
import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.money.Money;

/**
 * A document in a list.
 *
 * @param id the number, with its leading zeros
 * @param kind what it is
 * @param state whether something is left to do
 * @param medium what it is for; absent if its payer number stands for several media
 * @param contractAccountId the payer number
 * @param description its headline
 * @param issuedOn its date
 * @param dueOn the last day to pay; absent if there is none
 * @param amount the whole amount, negative for a credit
 * @param remaining what is not paid yet
 * @param payable whether it can be paid in the app
 * @param overdue whether the last day to pay is over, by the calendar of Warsaw
 * @param payment what a payment made with us has done to it; absent if none has
 * @param notPayable why it cannot be paid in the app; absent if it can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvoiceSummary(@Schema(example = "000500009001") String id, Kind kind, Status state,
		@Nullable Medium medium, @Schema(example = "000200009001") String contractAccountId,
		@Schema(example = "Faktura VAT") String description, LocalDate issuedOn, @Nullable LocalDate dueOn,
		Money amount, Money remaining, boolean payable, boolean overdue, @Nullable InvoicePayment payment,
		@Nullable NotPayable notPayable) {

	static InvoiceSummary from(Document billed, ContractAccount account, ClaimedDocuments claimed, LocalDate today) {
		@Nullable Claim claim = billed.settled() ? null : claimed.of(billed.id());
		Document document = billed.under(claim);
		return new InvoiceSummary(document.id(), document.kind(), document.settled() ? Status.SETTLED : Status.OPEN,
				only(account.media()), account.id(), document.description(), document.issuedOn(), document.dueOn(),
				document.amount(), document.remaining(), document.notPayable() == null, document.isOverdueOn(today),
				payment(claim, claimed, billed.id()), document.notPayable());
	}

	private static @Nullable InvoicePayment payment(@Nullable Claim claim, ClaimedDocuments claimed, String id) {
		if (claim == null || !claimed.known() || claimed.booked(id)) {
			return null;
		}
		return (claim == Claim.PAID) ? InvoicePayment.BOOKING : InvoicePayment.ONGOING;
	}

	static @Nullable Medium only(Set<Medium> media) {
		return (media.size() == 1) ? media.iterator().next() : null;
	}

	/** What a document is. */
	@Schema(name = "InvoiceKind")
	public enum Kind {

		/** An invoice. */
		INVOICE,

		/** A correction of an earlier invoice, often a credit. */
		CORRECTION,

		/** Interest for paying late. */
		INTEREST_NOTE,

		/** An instalment of a forecast. */
		FORECAST

	}

	/** Where a document stands. */
	@Schema(name = "InvoiceState")
	public enum Status {

		/** Something is left to pay, to collect or to credit. */
		OPEN,

		/** Nothing is left. */
		SETTLED

	}

}
