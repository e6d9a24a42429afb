package pl.bramka.gateway.invoices;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.money.Money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * From what billing writes to what is kept.
 */
class BillingInvoicesTests {

	private static final String WIRE = """
			{"__metadata":{"type":"ERP_UTILITIES_UMC.Invoice"},"InvoiceID":"000400042151","AccountID":"1000000042",
			"ContractAccountID":"000200000421","AmountDue":"213.47000000000000","AmountPaid":"0.00000000000000",
			"AmountRemaining":"213.47000000000000","Currency":"PLN","DueDate":"/Date(1774742400000)/",
			"InvoiceDate":"/Date(1773532800000)/","InvoiceDescription":"Faktura VAT za prąd","InvoiceStatusID":"1",
			"InvoiceText":"Sprzedaż","ZZDocumentKind":"FV","ZZPrintLot":"L-1","InvoicePDF":{"__deferred":{"uri":"…"}}}""";

	private final JsonMapper json = JsonMapper.builder().build();

	private Document read(String wire) {
		return this.json.readValue(wire, BillingInvoices.Invoice.class).document("1000000042", "000200000421");
	}

	private static String with(String field, String value) {
		return WIRE.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"" + value + "\"");
	}

	@Test
	void keepsLeadingZerosAndCalendarDays() {
		assertThat(read(WIRE)).isEqualTo(new Document("000400042151", InvoiceSummary.Kind.INVOICE,
				"Faktura VAT za prąd", LocalDate.of(2026, 3, 15), LocalDate.of(2026, 3, 29), new Money(21347, "PLN"),
				new Money(21347, "PLN"), false, null, "Sprzedaż"));
	}

	@ParameterizedTest
	@CsvSource({ "FV, INVOICE", "KO, CORRECTION", "NO, INTEREST_NOTE", "PR, FORECAST", "'', INVOICE", "XX, INVOICE" })
	void knowsTheKinds(String code, InvoiceSummary.Kind kind) {
		assertThat(read(with("ZZDocumentKind", code)).kind()).isEqualTo(kind);
	}

	@Test
	void takesACreditWithoutAKindForACorrection() {
		String credit = with("AmountDue", "-50.00000000000000").replace("\"ZZDocumentKind\":\"FV\",", "");
		assertThat(read(credit).kind()).isEqualTo(InvoiceSummary.Kind.CORRECTION);
	}

	@ParameterizedTest
	@CsvSource({ "1, 10.00, false,", "1, -10.00, false, NEGATIVE", "1, 0.00, true, PAID", "2, 10.00, false, ONGOING",
			"3, 10.00, false, DIRECT_DEBIT", "4, 10.00, false, ONGOING", "8, 10.00, false, CANCELLED",
			"9, 0.00, true, PAID", "9, 10.00, true, PAID", "7, 10.00, false, ONGOING" })
	void knowsWhatIsSettledAndWhyItCannotBePaid(String status, String remaining, boolean settled,
			@Nullable NotPayable notPayable) {
		String wire = with("InvoiceStatusID", status).replace("\"AmountRemaining\":\"213.47000000000000\"",
				"\"AmountRemaining\":\"" + remaining + "\"");
		assertThat(read(wire)).returns(settled, Document::settled).returns(notPayable, Document::notPayable);
	}

	@Test
	void isOverdueTheDayAfterTheLastDayToPay() {
		Document document = read(WIRE);
		assertThat(document.isOverdueOn(LocalDate.of(2026, 3, 29))).isFalse();
		assertThat(document.isOverdueOn(LocalDate.of(2026, 3, 30))).isTrue();
		assertThat(read(with("InvoiceStatusID", "9")).isOverdueOn(LocalDate.of(2026, 3, 30))).isFalse();
		assertThat(read(with("AmountRemaining", "-1.00")).isOverdueOn(LocalDate.of(2026, 3, 30))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "AccountID", "ContractAccountID" })
	void refusesADocumentOfAnotherCustomer(String field) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(with(field, "1000000043")));
	}

	@ParameterizedTest
	@CsvSource({ "AmountDue, 213.471", "AmountRemaining, 1e2", "Currency, zł", "InvoiceDate, 2026-03-15",
			"DueDate, soon" })
	void refusesWhatIsGarbled(String field, String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(with(field, value)));
	}

}
