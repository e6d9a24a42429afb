package pl.bramka.gateway.quotes;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import pl.bramka.gateway.invoices.InvoiceSummary;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.operator.FeeBearer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class BasketTests {

	private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

	private static final PayerNumber FREE = new PayerNumber(List.of(), List.of("1"));

	private static final PayerNumber COSTS = new PayerNumber(List.of(Missing.E_INVOICE), List.of("2"));

	private static final PriceList PRICES = new PriceList("PLN",
			List.of(new PriceList.Price(DAY, null, 9, 100L, 1000L)));

	private static InvoiceSummary document(String id, String payer, Money rest) {
		return new InvoiceSummary(id, InvoiceSummary.Kind.INVOICE, InvoiceSummary.Status.OPEN, null, payer, "", DAY,
				null, rest, rest, true, false, null, null);
	}

	private static Basket basket(Map<String, PayerNumber> payers, InvoiceSummary... documents) {
		return Basket.of(List.of(documents), payers, PRICES, DAY);
	}

	@Test
	void isFreeOnlyIfEveryDocumentIs() {
		InvoiceSummary one = document("1", "a", pln(21347));
		InvoiceSummary other = document("2", "b", pln(5000));
		assertThat(basket(Map.of("a", FREE), one).free()).isTrue();
		assertThat(basket(Map.of("a", FREE, "b", FREE), one, other).fee()).isEqualTo(pln(0));
		Basket mixed = basket(Map.of("a", FREE, "b", COSTS), one, other);
		assertThat(mixed.free()).isFalse();
		assertThat(mixed.fee()).as("of the whole amount, once").isEqualTo(pln(237));
		assertThat(mixed.documents()).extracting(QuotedDocument::free).containsExactly(true, false);
	}

	@Test
	void takesNoMoreThanTheListSays() {
		Random random = new Random(11);
		for (int round = 0; round < 2000; round++) {
			List<InvoiceSummary> documents = new ArrayList<>();
			Map<String, PayerNumber> payers = new HashMap<>();
			long sum = 0;
			for (int i = 0; i <= random.nextInt(20); i++) {
				long rest = 1 + random.nextLong(10_000_000);
				String payer = "payer" + random.nextInt(4);
				sum += rest;
				documents.add(document("document" + i, payer, pln(rest)));
				payers.putIfAbsent(payer, random.nextBoolean() ? FREE : COSTS);
			}
			Basket basket = Basket.of(documents, payers, PRICES, DAY);
			boolean free = documents.stream()
				.allMatch((document) -> FREE.equals(payers.get(document.contractAccountId())));
			assertThat(basket.free()).isEqualTo(free);
			assertThat(basket.amount()).isEqualTo(pln(sum));
			assertThat(basket.fee().amount()).isBetween(free ? 0L : 100L, free ? 0L : 1000L);
		}
	}

	@Test
	void needsAPriceUnlessItIsFree() {
		InvoiceSummary one = document("1", "a", pln(21347));
		LocalDate before = DAY.minusDays(1);
		assertThat(Basket.of(List.of(one), Map.of("a", FREE), PRICES, before).free()).isTrue();
		assertThatException().isThrownBy(() -> Basket.of(List.of(one), Map.of("a", COSTS), PRICES, before))
			.withMessage("operator-unavailable");
	}

	@Test
	void isOfOneCurrency() {
		assertThatException().isThrownBy(() -> basket(Map.of("a", FREE), document("1", "a", new Money(1, "EUR"))))
			.withMessage("billing-unavailable");
	}

	@Test
	void isPromisedAsItIs() {
		InvoiceSummary one = document("1", "a", pln(21347));
		InvoiceSummary other = document("2", "b", pln(5000));
		Basket basket = basket(Map.of("a", COSTS, "b", FREE), one, other);
		Instant until = Instant.parse("2026-11-25T10:00:00Z");
		Promise promise = Promise.of("1000000042", until, basket);
		assertThat(promise.documentIds()).containsExactly("1", "2");
		assertThat(promise.holds(basket, until)).isTrue();
		assertThat(promise.holds(basket, until.plusMillis(1))).isFalse();
		assertThat(promise.holds(basket(Map.of("a", FREE, "b", FREE), one, other), until)).isFalse();
		assertThat(promise.holds(basket(Map.of("a", COSTS, "b", FREE), document("1", "a", pln(21346)), other), until))
			.as("another amount at the same fee")
			.isFalse();
		assertThat(promise.holds(basket(Map.of("a", COSTS), one), until)).isFalse();
		Basket dearer = new Basket(basket.documents(), basket.amount(), pln(238), false);
		assertThat(promise.holds(dearer, until)).isFalse();
		assertThat(promise.toString()).doesNotContain("1000000042");
	}

	@Test
	void saysWhoBearsTheFee() {
		assertThat(quote(true).bearer()).isEqualTo(FeeBearer.MERCHANT);
		assertThat(quote(false).bearer()).isEqualTo(FeeBearer.PAYER);
	}

	private static Quote quote(boolean free) {
		return new Quote("", Instant.EPOCH, pln(1), pln(0), pln(1), free, "", List.of());
	}

	private static Money pln(long grosze) {
		return new Money(grosze, "PLN");
	}

}
