package pl.bramka.gateway.invoices;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.paging.Cursor;

import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Rendition;

/**
 * The documents of one payer number, sorted once, newest first. Immutable but for the
 * first page that was made of it and is kept beside it.
 */
final class Documents {

	/** What a kept first page takes, in documents. */
	private static final int PAGE_WEIGHT = 30;

	private final List<Document> all;

	private final List<Document> open;

	private volatile @Nullable FirstPage firstPage;

	private Documents(List<Document> all, List<Document> open) {
		this.all = all;
		this.open = open;
	}

	static Documents of(List<Document> unsorted) {
		List<Document> all = unsorted.stream().sorted(Document.NEWEST_FIRST).toList();
		return new Documents(all, all.stream().filter((document) -> !document.settled()).toList());
	}

	/** Newest first. */
	List<Document> all() {
		return this.all;
	}

	/** Newest first, without those that are settled. */
	List<Document> open() {
		return this.open;
	}

	/** The one with a number, if there is one. */
	@Nullable Document find(String id) {
		return this.all.stream().filter((document) -> document.id().equals(id)).findFirst().orElse(null);
	}

	/** The numbers of those that billing settled. */
	List<String> settled() {
		return this.all.stream().filter(Document::settled).map(Document::id).toList();
	}

	int weight() {
		return PAGE_WEIGHT + this.all.size();
	}

	/** Where the documents after a position begin. */
	static int indexAfter(List<Document> documents, @Nullable Cursor cursor) {
		if (cursor == null) {
			return 0;
		}
		int index = Collections.binarySearch(documents, Document.at(cursor), Document.NEWEST_FIRST);
		return (index >= 0) ? index + 1 : -index - 1;
	}

	@Nullable FirstPage firstPage() {
		return this.firstPage;
	}

	void keep(FirstPage page) {
		this.firstPage = page;
	}

	/**
	 * The first page of the whole list, as it was sent last.
	 *
	 * @param accounts the payer numbers it covers
	 * @param parts what it was made of
	 * @param claimed what payments had taken
	 * @param today the day by which documents are overdue
	 * @param rendition the page
	 */
	record FirstPage(List<ContractAccount> accounts, List<Aged<Documents>> parts, ClaimedDocuments claimed,
			LocalDate today, Rendition<InvoicePage> rendition) {

		/** Whether it still holds. Documents equal only themselves, so this is cheap. */
		boolean isMadeOf(List<ContractAccount> accounts, List<Aged<Documents>> parts, ClaimedDocuments claimed,
				LocalDate today) {
			return this.claimed.equals(claimed) && this.today.equals(today) && this.parts.equals(parts)
					&& this.accounts.equals(accounts);
		}

	}

}
