package pl.bramka.gateway.home;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.invoices.InvoiceSummary;
import pl.bramka.gateway.invoices.OpenInvoices;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.wording.Wording;

import org.springframework.stereotype.Component;

/**
 * What the first screen says of what is open.
 */
@Component
final class BalanceSentences {

	private final Wording wording = Wording.of("home");

	/**
	 * How much is to be paid and by when, and the credit that stands against it: what is
	 * to be paid is the sum of documents, of which the customer knows each.
	 */
	String of(OpenInvoices open, Language language) {
		Money total = open.balance().total();
		Money due = open.due()
			.stream()
			.map(InvoiceSummary::remaining)
			.reduce(Money.zero(total.currency()), Money::plus);
		String owed = owed(open.due(), due, language);
		long credit = due.amount() - total.amount();
		return (credit > 0) ? owed + ", " + this.wording.say(language, "credit", new Money(credit, total.currency()))
				: owed;
	}

	private String owed(List<InvoiceSummary> due, Money sum, Language language) {
		if (due.isEmpty()) {
			return this.wording.say(language, "nothing");
		}
		InvoiceSummary first = due.getFirst();
		@Nullable LocalDate day = first.dueOn();
		if (day == null) {
			return this.wording.count(language, "undated", due.size(), sum);
		}
		return this.wording.count(language, first.overdue() ? "overdue" : "due", due.size(), sum, day);
	}

}
