package pl.bramka.gateway.invoices;

import java.time.LocalDate;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.claims.Claim;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.paging.Cursor;

/**
 * A document as it is kept: nothing that depends on today or on the contracts.
 *
 * @param id the number, with its leading zeros
 * @param kind what it is
 * @param description its headline, possibly empty
 * @param issuedOn its date
 * @param dueOn the last day to pay, if billing names one
 * @param amount the whole amount, negative for a credit
 * @param remaining what is not paid yet
 * @param settled whether nothing is left to do
 * @param notPayable why it cannot be paid by us, if so
 * @param text what billing writes on it, if anything
 */
record Document(String id, InvoiceSummary.Kind kind, String description, LocalDate issuedOn, @Nullable LocalDate dueOn,
		Money amount, Money remaining, boolean settled, @Nullable NotPayable notPayable, @Nullable String text) {

	/** Numbers are compared as text: all that matters is that the order is total. */
	static final Comparator<Document> NEWEST_FIRST = Comparator.comparing(Document::issuedOn)
		.thenComparing(Document::id)
		.reversed();

	/** A document at a position, for comparison. */
	static Document at(Cursor cursor) {
		Money nothing = Money.zero("PLN");
		return new Document(cursor.id(), InvoiceSummary.Kind.INVOICE, "", cursor.on(), null, nothing, nothing, true,
				NotPayable.PAID, null);
	}

	/** As it stands with what a payment has done to it; what billing settled stays so. */
	Document under(@Nullable Claim claim) {
		if (claim == null || this.settled) {
			return this;
		}
		if (claim == Claim.PAID) {
			return new Document(this.id, this.kind, this.description, this.issuedOn, this.dueOn, this.amount,
					Money.zero(this.remaining.currency()), true, NotPayable.PAID, this.text);
		}
		return (this.notPayable != null) ? this : new Document(this.id, this.kind, this.description, this.issuedOn,
				this.dueOn, this.amount, this.remaining, false, NotPayable.ONGOING, this.text);
	}

	boolean isOverdueOn(LocalDate today) {
		return !this.settled && this.remaining.signum() > 0 && this.dueOn != null && this.dueOn.isBefore(today);
	}

}
