package pl.bramka.gateway.quotes;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import pl.bramka.gateway.invoices.InvoiceSummary;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * Documents that are paid together, with what that costs now.
 *
 * @param documents in the order in which they were asked for
 * @param amount what is left to pay of them
 * @param fee of the one payment
 * @param free whether every document qualifies
 */
record Basket(List<QuotedDocument> documents, Money amount, Money fee, boolean free) {

	/**
	 * A basket at the prices of a day.
	 * @throws Problem {@code operator-unavailable} if it is not free and nothing says
	 * what it costs; {@code billing-unavailable} if billing counts in another currency
	 * than the operator takes
	 */
	static Basket of(List<InvoiceSummary> found, Map<String, PayerNumber> payers, PriceList prices, LocalDate today) {
		List<QuotedDocument> documents = found.stream().map((document) -> {
			PayerNumber payer = Objects.requireNonNull(payers.get(document.contractAccountId()));
			return new QuotedDocument(document.id(), document.contractAccountId(), document.remaining(),
					payer.missing().isEmpty(), payer.missing(), payer.contractIds());
		}).toList();
		if (documents.stream().anyMatch((document) -> !document.amount().currency().equals(prices.currency()))) {
			throw Problem.of(ProblemCode.BILLING_UNAVAILABLE);
		}
		Money amount = documents.stream()
			.map(QuotedDocument::amount)
			.reduce(Money.zero(prices.currency()), Money::plus);
		boolean free = documents.stream().allMatch(QuotedDocument::free);
		Money fee = free ? Money.zero(prices.currency()) : fee(amount, prices, today);
		return new Basket(documents, amount, fee, free);
	}

	private static Money fee(Money amount, PriceList prices, LocalDate today) {
		return prices.on(today)
			.map((price) -> new Money(price.of(amount.amount()), amount.currency()))
			.orElseThrow(() -> Problem.of(ProblemCode.OPERATOR_UNAVAILABLE));
	}

}
