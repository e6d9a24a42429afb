package pl.bramka.gateway.invoices;

import java.time.LocalDate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.money.Money;

/**
 * One document: what the list shows of it, and more.
 *
 * @param summary what the list shows
 * @param amountPaid what is paid of it already
 * @param text what billing writes on it; absent if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvoiceDetail(@JsonUnwrapped InvoiceSummary summary, Money amountPaid, @Nullable String text) {

	static InvoiceDetail from(Document billed, ContractAccount account, ClaimedDocuments claimed, LocalDate today) {
		InvoiceSummary summary = InvoiceSummary.from(billed, account, claimed, today);
		Money rest = summary.remaining();
		return new InvoiceDetail(summary, summary.amount().plus(new Money(-rest.amount(), rest.currency())),
				billed.text());
	}

}
