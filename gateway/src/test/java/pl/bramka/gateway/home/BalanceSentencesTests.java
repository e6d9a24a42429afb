package pl.bramka.gateway.home;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.invoices.InvoiceSummary;
import pl.bramka.gateway.invoices.OpenInvoices;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;

import static org.assertj.core.api.Assertions.assertThat;

class BalanceSentencesTests {

	private static final LocalDate DAY = LocalDate.of(2026, 12, 5);

	private final BalanceSentences sentences = new BalanceSentences();

	private static Money pln(long grosze) {
		return new Money(grosze, "PLN");
	}

	private static InvoiceSummary document(long grosze, @Nullable LocalDate dueOn, boolean overdue) {
		return new InvoiceSummary("1", InvoiceSummary.Kind.INVOICE, InvoiceSummary.Status.OPEN, Medium.ELECTRICITY, "2",
				"Faktura", LocalDate.of(2026, 11, 1), dueOn, pln(grosze), pln(grosze), true, overdue, null, null);
	}

	/** So many documents, and a credit that counts against them. */
	private static OpenInvoices open(int documents, long each, long credit, @Nullable LocalDate day, boolean overdue) {
		List<InvoiceSummary> due = IntStream.range(0, documents).mapToObj((i) -> document(each, day, overdue)).toList();
		return new OpenInvoices(new OpenInvoices.Balance(pln(documents * each - credit), List.of()), due);
	}

	private void says(OpenInvoices open, String polish, String english) {
		assertThat(this.sentences.of(open, Language.POLISH)).isEqualTo(polish.replace('~', '\u00a0'));
		assertThat(this.sentences.of(open, Language.ENGLISH)).isEqualTo(english.replace('~', '\u00a0'));
	}

	@Test
	void sayWhatIsToBePaidAndByWhen() {
		says(open(3, 41150, 0, DAY, false), "3 faktury do zapłaty, razem 1~234,50~zł, najbliższa do 5 grudnia 2026",
				"3 invoices to pay, PLN~1,234.50 in total, the next by 5 December 2026");
		says(open(1, 21347, 0, DAY, false), "1 faktura do zapłaty, 213,47~zł, do 5 grudnia 2026",
				"1 invoice to pay, PLN~213.47, by 5 December 2026");
		says(open(1, 21347, 0, null, false), "1 faktura do zapłaty, 213,47~zł", "1 invoice to pay, PLN~213.47");
		says(open(5, 100, 0, null, false), "5 faktur do zapłaty, razem 5,00~zł",
				"5 invoices to pay, PLN~5.00 in total");
	}

	@Test
	void sayWhatIsLate() {
		says(open(1, 21347, 0, DAY, true), "1 faktura do zapłaty, 213,47~zł, termin minął 5 grudnia 2026",
				"1 invoice to pay, PLN~213.47, was due on 5 December 2026");
		says(open(2, 100, 0, DAY, true),
				"2 faktury do zapłaty, razem 2,00~zł, termin najwcześniejszej minął 5 grudnia 2026",
				"2 invoices to pay, PLN~2.00 in total, the first was due on 5 December 2026");
	}

	@Test
	void sayWhatStandsAgainstIt() {
		says(open(2, 10000, 5001, DAY, false),
				"2 faktury do zapłaty, razem 200,00~zł, najbliższa do 5 grudnia 2026, nadpłata 50,01~zł",
				"2 invoices to pay, PLN~200.00 in total, the next by 5 December 2026, a credit of PLN~50.01");
		says(open(0, 0, 5001, null, false), "Nic do zapłaty, nadpłata 50,01~zł",
				"Nothing to pay, a credit of PLN~50.01");
		says(open(0, 0, 0, null, false), "Nic do zapłaty", "Nothing to pay");
	}

	@ParameterizedTest
	@CsvSource({ "1, faktura, invoice", "2, faktury, invoices", "4, faktury, invoices", "5, faktur, invoices",
			"11, faktur, invoices", "12, faktur, invoices", "14, faktur, invoices", "21, faktur, invoices",
			"22, faktury, invoices", "25, faktur, invoices", "100, faktur, invoices", "101, faktur, invoices",
			"102, faktury, invoices", "112, faktur, invoices", "122, faktury, invoices" })
	void agreeWithTheNumber(int number, String polish, String english) {
		for (boolean overdue : List.of(true, false)) {
			OpenInvoices open = open(number, 1, 0, DAY, overdue);
			assertThat(this.sentences.of(open, Language.POLISH)).startsWith(number + " " + polish + " do zapłaty, ");
			assertThat(this.sentences.of(open, Language.ENGLISH)).startsWith(number + " " + english + " to pay, ");
		}
		assertThat(this.sentences.of(open(number, 1, 0, null, false), Language.POLISH))
			.startsWith(number + " " + polish + " do zapłaty, ");
	}

}
