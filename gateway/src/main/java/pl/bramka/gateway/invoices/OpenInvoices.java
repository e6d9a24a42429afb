package pl.bramka.gateway.invoices;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.money.Money;

/**
 * What is open over all payer numbers.
 *
 * @param balance how much
 * @param due the documents with something to pay, the earliest last day first
 */
public record OpenInvoices(Balance balance, List<InvoiceSummary> due) {

	private static final Comparator<InvoiceSummary> EARLIEST_FIRST = Comparator
		.comparing(InvoiceSummary::dueOn, Comparator.nullsLast(Comparator.naturalOrder()))
		.thenComparing(InvoiceSummary::id);

	/** What billing counts in, also for who owes nothing. */
	private static final Money NOTHING = Money.zero("PLN");

	static OpenInvoices of(List<ContractAccount> accounts, List<Documents> parts, ClaimedDocuments claimed,
			LocalDate today) {
		List<InvoiceSummary> due = new ArrayList<>();
		Map<Medium, Money> media = new EnumMap<>(Medium.class);
		Money total = NOTHING;
		for (int i = 0; i < parts.size(); i++) {
			ContractAccount account = accounts.get(i);
			Money sum = NOTHING;
			for (Document billed : parts.get(i).open()) {
				InvoiceSummary document = InvoiceSummary.from(billed, account, claimed, today);
				sum = sum.plus(document.remaining());
				if (document.remaining().signum() > 0) {
					due.add(document);
				}
			}
			total = total.plus(sum);
			@Nullable Medium medium = InvoiceSummary.only(account.media());
			if (medium != null) {
				media.merge(medium, sum, Money::plus);
			}
		}
		due.sort(EARLIEST_FIRST);
		return new OpenInvoices(Balance.of(total, media), due);
	}

	/**
	 * How much is open. Credits count against debts.
	 *
	 * @param total all of it; not the sum of the media if a payer number stands for
	 * several
	 * @param media per medium
	 */
	public record Balance(Money total, List<MediumBalance> media) {

		static Balance of(Money total, Map<Medium, Money> media) {
			return new Balance(total,
					media.entrySet()
						.stream()
						.map((entry) -> new MediumBalance(entry.getKey(), entry.getValue()))
						.toList());
		}

	}

	/**
	 * How much is open for one medium.
	 *
	 * @param medium electricity or gas
	 * @param total all of it
	 */
	public record MediumBalance(Medium medium, Money total) {
	}

}
