package pl.bramka.gateway.quotes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;

import static org.assertj.core.api.Assertions.assertThat;

class QuoteSentencesTests {

	private final QuoteSentences sentences = new QuoteSentences();

	@SafeVarargs
	private static Basket basket(long fee, List<Missing>... documents) {
		List<QuotedDocument> quoted = IntStream.range(0, documents.length)
			.mapToObj((i) -> new QuotedDocument("no" + (i + 1), "", pln(1), documents[i].isEmpty(), documents[i],
					List.of()))
			.toList();
		return new Basket(quoted, pln(documents.length), pln(fee), Arrays.stream(documents).allMatch(List::isEmpty));
	}

	private static Money pln(long grosze) {
		return new Money(grosze, "PLN");
	}

	@Test
	void formatAmountsAsTheLanguageDoes() {
		Basket basket = basket(123456789, List.of(Missing.E_INVOICE));
		assertThat(this.sentences.of(basket, Language.POLISH)).contains(" 1\u00a0234\u00a0567,89\u00a0zł.");
		assertThat(this.sentences.of(basket, Language.ENGLISH)).contains(" PLN\u00a01,234,567.89 ");
		assertThat(this.sentences.of(basket(100, List.of(Missing.E_INVOICE)), Language.POLISH))
			.contains(" 1,00\u00a0zł.");
	}

	@Test
	void nameOnlyThoseThatDiffer() {
		assertThat(this.sentences.of(basket(150, List.of(Missing.E_INVOICE), List.of(Missing.E_INVOICE)),
				Language.ENGLISH))
			.endsWith(" E-invoices are off.");
		assertThat(this.sentences.of(basket(150, List.of(Missing.E_INVOICE), List.of(Missing.PRICE_GUARANTEE)),
				Language.ENGLISH))
			.endsWith(" The price guarantee is missing (concerns: no2). E-invoices are off (concerns: no1).");
		assertThat(this.sentences.of(basket(150, List.of(Missing.E_INVOICE), List.of(), List.of(Missing.E_INVOICE)),
				Language.ENGLISH))
			.endsWith(" E-invoices are off (concerns: no1, no3). You can pay the rest separately without a fee.");
	}

	@Test
	void areThereInEveryLanguage() {
		List<Basket> baskets = List.of(basket(0, List.of()), basket(150, List.of(Missing.values())),
				basket(150, List.of(Missing.values()), List.of()));
		for (Basket basket : baskets) {
			assertThat(this.sentences.of(basket, Language.POLISH)).doesNotContain("{")
				.isNotEqualTo(this.sentences.of(basket, Language.ENGLISH));
		}
	}

}
