package pl.bramka.gateway.invoices;

import java.util.List;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.paging.Cursor;

/**
 * Which documents are asked for.
 *
 * @param state only those, if given
 * @param medium only those, if given
 * @param contractId only the documents of that contract's payer number, if given
 * @param after where the page begins, if not at the newest
 * @param limit how many at most, 1 to 100
 */
record InvoiceQuery(InvoiceSummary.@Nullable Status state, @Nullable Medium medium, @Nullable String contractId,
		@Nullable Cursor after, int limit) {

	/** A screenful and some. */
	static final int USUAL_LIMIT = 20;

	/** Whether this is what every app asks first. */
	boolean isFirstPage() {
		return this.state == null && this.medium == null && this.contractId == null && this.after == null
				&& this.limit == USUAL_LIMIT;
	}

	/** The payer numbers to ask, of those that the app may show. */
	List<ContractAccount> among(List<ContractAccount> accounts, @Nullable Contract contract) {
		if (this.medium == null && contract == null) {
			return accounts;
		}
		return accounts.stream()
			.filter((account) -> this.medium == null || account.media().contains(this.medium))
			.filter((account) -> contract == null || account.id().equals(contract.contractAccountId()))
			.toList();
	}

	/** The shortest list that has all documents asked for. */
	List<Document> among(Documents documents) {
		return (this.state == InvoiceSummary.Status.OPEN) ? documents.open() : documents.all();
	}

	boolean includes(InvoiceSummary document) {
		return this.state == null || this.state == document.state();
	}

}
