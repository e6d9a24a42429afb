package pl.bramka.gateway.invoices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.paging.Cursor;

/**
 * A page of a list of documents.
 *
 * @param state stale if any part is; not entitled if there is no payer number whose
 * documents the app shows
 * @param asOf when billing said so: the age of the oldest part
 * @param items the documents, newest first
 * @param nextCursor where the next page begins; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvoicePage(State state, Instant asOf, List<InvoiceSummary> items, @Nullable String nextCursor) {

	static InvoicePage without(State state, Instant asOf) {
		return new InvoicePage(state, asOf, List.of(), null);
	}

	/**
	 * Joins the sorted documents of several payer numbers and takes one page, reading no
	 * further than it has to.
	 * @param accounts the payer numbers
	 * @param parts their documents, in the same order
	 * @param claimed what payments have taken
	 */
	static InvoicePage of(List<ContractAccount> accounts, Aged<List<Documents>> parts, InvoiceQuery query,
			ClaimedDocuments claimed, LocalDate today) {
		List<List<Document>> lists = parts.value().stream().map(query::among).toList();
		int[] next = lists.stream().mapToInt((list) -> Documents.indexAfter(list, query.after())).toArray();
		List<InvoiceSummary> items = new ArrayList<>(query.limit());
		for (int part = newest(lists, next); part >= 0; part = newest(lists, next)) {
			InvoiceSummary document = InvoiceSummary.from(lists.get(part).get(next[part]++), accounts.get(part),
					claimed, today);
			if (!query.includes(document)) {
				continue;
			}
			if (items.size() == query.limit()) {
				return new InvoicePage(parts.state(), parts.asOf(), items,
						new Cursor(items.getLast().issuedOn(), items.getLast().id()).toText());
			}
			items.add(document);
		}
		return new InvoicePage(parts.state(), parts.asOf(), items, null);
	}

	/** Which list goes on with the newest document, or -1 if all are read. */
	private static int newest(List<List<Document>> lists, int[] next) {
		int newest = -1;
		for (int i = 0; i < next.length; i++) {
			if (next[i] < lists.get(i).size() && (newest < 0 || Document.NEWEST_FIRST.compare(lists.get(i).get(next[i]),
					lists.get(newest).get(next[newest])) < 0)) {
				newest = i;
			}
		}
		return newest;
	}

}
