package pl.bramka.gateway.wording;

import java.time.LocalDate;
import java.util.MissingResourceException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WordingTests {

	private final Wording wording = Wording.of("wording.whole");

	@ParameterizedTest
	@CsvSource({ "0, 0 faktur, 0 invoices", "1, 1 faktura, 1 invoice", "2, 2 faktury, 2 invoices",
			"4, 4 faktury, 4 invoices", "5, 5 faktur, 5 invoices", "11, 11 faktur, 11 invoices",
			"12, 12 faktur, 12 invoices", "14, 14 faktur, 14 invoices", "21, 21 faktur, 21 invoices",
			"22, 22 faktury, 22 invoices", "25, 25 faktur, 25 invoices", "100, 100 faktur, 100 invoices",
			"101, 101 faktur, 101 invoices", "102, 102 faktury, 102 invoices", "112, 112 faktur, 112 invoices",
			"122, 122 faktury, 122 invoices" })
	void agreesWithTheNumber(long number, String polish, String english) {
		assertThat(this.wording.count(Language.POLISH, "invoices", number)).isEqualTo(polish);
		assertThat(this.wording.count(Language.ENGLISH, "invoices", number)).isEqualTo(english);
	}

	@Test
	void groupsLargeNumbers() {
		assertThat(this.wording.count(Language.POLISH, "invoices", 12345)).isEqualTo("12\u00a0345 faktur");
		assertThat(this.wording.count(Language.ENGLISH, "invoices", 12345)).isEqualTo("12,345 invoices");
	}

	/** Every space within an amount is a no-break space, U+00A0. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0         | 0,00~zł           | PLN~0.00
			1         | 0,01~zł           | PLN~0.01
			100       | 1,00~zł           | PLN~1.00
			123450    | 1~234,50~zł       | PLN~1,234.50
			123456789 | 1~234~567,89~zł   | PLN~1,234,567.89
			-5000     | -50,00~zł         | -PLN~50.00
			-123456   | -1~234,56~zł      | -PLN~1,234.56
			""")
	void writesAmounts(long grosze, String polish, String english) {
		Money money = new Money(grosze, "PLN");
		assertThat(Figures.amount(money, Language.POLISH)).isEqualTo(polish.replace('~', '\u00a0'));
		assertThat(Figures.amount(money, Language.ENGLISH)).isEqualTo(english.replace('~', '\u00a0'));
	}

	@Test
	void writesOtherCurrenciesWithTheirHundredths() {
		assertThat(Figures.amount(new Money(1250, "EUR"), Language.ENGLISH)).isEqualTo("€12.50");
		assertThat(Figures.amount(new Money(1250, "JPY"), Language.POLISH)).isEqualTo("12,50\u00a0JPY");
		assertThatIllegalArgumentException().isThrownBy(() -> Figures.amount(new Money(1250, "QQQ"), Language.POLISH));
	}

	@ParameterizedTest
	@CsvSource({ "2026-12-05, 5 grudnia 2026, 5 December 2026", "2026-01-31, 31 stycznia 2026, 31 January 2026",
			"2028-02-29, 29 lutego 2028, 29 February 2028", "2026-05-01, 1 maja 2026, 1 May 2026",
			"2026-09-10, 10 września 2026, 10 September 2026" })
	void writesDays(LocalDate day, String polish, String english) {
		assertThat(Figures.day(day, Language.POLISH)).isEqualTo(polish);
		assertThat(Figures.day(day, Language.ENGLISH)).isEqualTo(english);
	}

	@Test
	void putsFiguresIntoSentences() {
		Money money = new Money(123450, "PLN");
		LocalDate day = LocalDate.of(2026, 12, 5);
		assertThat(this.wording.say(Language.POLISH, "sum", money, day))
			.isEqualTo("Razem 1\u00a0234,50\u00a0zł do 5 grudnia 2026");
		assertThat(this.wording.say(Language.ENGLISH, "sum", money, day))
			.isEqualTo("PLN\u00a01,234.50 in total by 5 December 2026");
		assertThat(this.wording.say(Language.ENGLISH, "name", "{0} 'Zofia'")).isEqualTo("It's from {0} 'Zofia'");
	}

	@Test
	void refusesToStartWithoutASentence() {
		assertThatIllegalStateException().isThrownBy(() -> Wording.of("wording.silent"))
			.withMessageContaining("wording.silent");
		assertThatIllegalStateException().isThrownBy(() -> Wording.of("wording.formless"))
			.withMessageContaining("invoices");
		assertThatExceptionOfType(MissingResourceException.class).isThrownBy(() -> Wording.of("wording.nowhere"));
	}

	@ParameterizedTest
	@CsvSource({ "account", "compatibility", "home", "operator", "quotes" })
	void isWholeOfEveryFeature(String feature) {
		assertThat(Wording.of(feature)).isNotNull();
	}

}
