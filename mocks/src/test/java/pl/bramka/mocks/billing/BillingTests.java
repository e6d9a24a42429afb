package pl.bramka.mocks.billing;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pl.bramka.mocks.personas.DocumentKind;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.SapCaller;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BillingTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-10-15T10:00:00Z"), ZoneOffset.UTC);

	private static final String TOMEK = "1000000048";

	private final Billing billing = new Billing(Personas.load(CLOCK), CLOCK);

	private final SapCaller caller = new SapCaller(Billing.BASE_PATH, this.billing::answer);

	@AfterEach
	void stop() {
		this.caller.close();
	}

	@Test
	void walksFromTheAccountToTheDevices() {
		JsonNode account = this.caller.get(
				"Accounts('1000000042')?$expand=ContractAccounts/Contracts/Premise,ContractAccounts/Contracts/Devices");
		assertThat(account.path("FullName").stringValue()).isEqualTo("Anna Nowak");
		assertThat(account.path("LanguageISO2").stringValue()).isEqualTo("PL");
		assertThat(account.path("Invoices").has("__deferred")).isTrue();
		JsonNode contract = account.at("/ContractAccounts/results/1/Contracts/results/0");
		assertThat(contract.path("DivisionID").stringValue()).isEqualTo("02");
		assertThat(contract.at("/Premise/AddressInfo/ShortForm").stringValue()).isEqualTo("Lipowa 7/3, 44-100 Gliwice");
		assertThat(contract.at("/Devices/results/0/DeviceID").stringValue()).isEqualTo("000000000010000422");
	}

	@ParameterizedTest
	@CsvSource({ "1000000042,1", "1000000047,2" })
	void tellsPersonsFromOrganisations(String account, String type) {
		assertThat(this.caller.get("Accounts('" + account + "')").path("AccountTypeID").stringValue()).isEqualTo(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Accounts", "ContractAccounts", "ContractAccountBalances", "AccountBalances", "Contracts",
			"Invoices", "InvoicePDFs", "PaymentDocuments", "PaymentDocumentItems", "Premises", "Devices",
			"RegistersToRead", "MeterReadingResults", "FutureMeterReadings", "ContractConsumptionValues",
			"ProfileValues", "CommunicationPreferences" })
	void servesTheSetAndEachEntityUnderItsOwnAddress(String set) {
		JsonNode first = this.caller.list(set + "?$top=1").getFirst();
		String uri = first.path("__metadata").path("uri").stringValue();
		JsonNode again = this.caller.get(uri.substring(uri.indexOf(set)));
		assertThat(again).isEqualTo(first);
		assertThat(first.path("__metadata").path("type").stringValue()).startsWith("ERP_UTILITIES_UMC.");
	}

	@Test
	void keepsEveryDocumentOfTenYears() {
		assertThat(this.caller.list("Accounts('" + TOMEK + "')/Invoices")).hasSize(240);
		List<JsonNode> open = this.caller.list(invoices("AccountID eq '" + TOMEK + "' and InvoiceStatusID ne '9'"));
		assertThat(open).extracting((invoice) -> invoice.path("ZZDocumentKind").stringValue())
			.containsExactly("KO", "PR", "NO", "FV");
		assertThat(open.getFirst().path("AmountDue").stringValue()).isEqualTo("-45.10000000000000");
		assertThat(open.getLast().path("InvoiceStatusID").stringValue()).isEqualTo("3");
	}

	@Test
	void filtersInvoicesByDate() {
		List<String> days = this.caller.texts(
				invoices("AccountID eq '" + TOMEK + "' and InvoiceDate ge datetime'2026-01-01T00:00:00'"),
				"InvoiceDate");
		long start = LocalDate.of(2026, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
		assertThat(days).hasSizeBetween(10, 30)
			.allSatisfy((day) -> assertThat(Long.parseLong(day.replaceAll("\\D", ""))).isGreaterThanOrEqualTo(start));
	}

	@Test
	void showsWhatIsOpen() {
		JsonNode invoice = this.caller.get("Invoices('000400042151')");
		assertThat(invoice.path("AmountDue").stringValue()).isEqualTo("213.47000000000000");
		assertThat(invoice.path("AmountRemaining").stringValue()).isEqualTo("213.47000000000000");
		assertThat(invoice.path("AmountPaid").stringValue()).isEqualTo("0.00000000000000");
		assertThat(invoice.path("InvoiceDate").stringValue())
			.isEqualTo("/Date(" + Instant.parse("2026-10-10T00:00:00Z").toEpochMilli() + ")/");
		assertThat(this.caller.get("Accounts('1000000042')/AccountBalance").path("OpenDebits").stringValue())
			.isEqualTo("501.37000000000000");
	}

	@Test
	void separatesCreditsFromDebits() {
		JsonNode balance = this.caller.get("ContractAccounts('000200000481')/ContractAccountBalance");
		assertThat(balance.path("OpenDebits").stringValue()).isEqualTo("199.00000000000000");
		assertThat(balance.path("OpenCredits").stringValue()).isEqualTo("45.10000000000000");
		assertThat(balance.path("CurrentBalance").stringValue()).isEqualTo("153.90000000000000");
	}

	@Test
	void settlesADocument() {
		this.billing.pay("000400042151");
		JsonNode invoice = this.caller.get("Invoices('000400042151')");
		assertThat(invoice.path("InvoiceStatusID").stringValue()).isEqualTo("9");
		assertThat(invoice.path("AmountRemaining").stringValue()).isEqualTo("0.00000000000000");
		JsonNode balance = this.caller.get("ContractAccountBalances('000200000421')");
		assertThat(balance.path("OpenDebits").stringValue()).isEqualTo("0.00000000000000");
		this.billing.pay("000400042151");
		List<JsonNode> payments = this.caller.list("PaymentDocuments?$expand=PaymentDocumentItems&$filter="
				+ SapCaller.encoded("AccountID eq '1000000042' and ExecutionDate ge datetime'2026-10-15T00:00:00'"));
		assertThat(payments).hasSize(1);
		assertThat(payments.getFirst().at("/PaymentDocumentItems/results/0/InvoiceID").stringValue())
			.isEqualTo("000400042151");
		this.billing.reset();
		assertThat(this.caller.get("Invoices('000400042151')").path("InvoiceStatusID").stringValue()).isEqualTo("1");
	}

	@Test
	void makesADocumentWhileSomebodyReads() {
		String today = this.billing.addInvoice("000200000431", 12_345);
		String dated = this.billing.addInvoice("000200000431", DocumentKind.CORRECTION, -500,
				LocalDate.of(2020, 1, 31));
		assertThat(today).isNotEqualTo(dated).startsWith("0");
		JsonNode invoice = this.caller.get("Invoices('" + today + "')");
		assertThat(invoice.path("AccountID").stringValue()).isEqualTo("1000000043");
		assertThat(invoice.path("AmountRemaining").stringValue()).isEqualTo("123.45000000000000");
		assertThat(invoice.path("InvoiceDate").stringValue()).isEqualTo("/Date(1792022400000)/");
		assertThat(this.caller.get("Invoices('" + dated + "')").path("ZZDocumentKind").stringValue()).isEqualTo("KO");
		assertThat(this.caller.get("ContractAccountBalances('000200000431')").path("CurrentBalance").stringValue())
			.isEqualTo("574.57000000000000");
		this.billing.reset();
		assertThat(this.caller.send(this.caller.request("Invoices('" + today + "')")).statusCode()).isEqualTo(404);
		assertThatIllegalArgumentException().isThrownBy(() -> this.billing.addInvoice("0", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.billing.pay("0"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "InvoicePDFs('000400481901')/$value", "Invoices('000400481901')/InvoicePDF/$value" })
	void prints(String path) {
		HttpResponse<byte[]> answer = this.caller.send(this.caller.request(path),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
		String pdf = new String(answer.body(), StandardCharsets.ISO_8859_1);
		assertThat(pdf).startsWith("%PDF-1.4").endsWith("%%EOF\n").contains("000400481901", "-45.10 PLN", "blednego");
		int table = Integer.parseInt(pdf.replaceAll("(?s).*startxref\n(\\d+)\n.*", "$1"));
		assertThat(pdf.substring(table)).startsWith("xref\n0 6\n");
		int firstObject = Integer
			.parseInt(pdf.substring(table).lines().skip(3).findFirst().orElseThrow().substring(0, 10));
		assertThat(pdf.substring(firstObject)).startsWith("1 0 obj\n");
		int length = Integer.parseInt(pdf.replaceAll("(?s).*/Length (\\d+) >>.*", "$1"));
		assertThat(pdf.replaceAll("(?s).*>>\nstream\n(.*)\nendstream.*", "$1")).hasSize(length);
	}

	@Test
	void keepsPiotrsDistributionApart() {
		List<String> descriptions = this.caller.texts("ContractAccounts('000200000452')/Invoices",
				"InvoiceDescription");
		assertThat(descriptions).hasSize(5).containsOnly("Dystrybucja-Niewidoczna");
		assertThat(this.caller.texts("ContractAccounts('000200000451')/Invoices", "InvoiceDescription"))
			.doesNotContain("Dystrybucja-Niewidoczna");
	}

	@Test
	void switchesTheEInvoice() {
		String preference = "CommunicationPreferences(ContractAccountID='000200000431',CommunicationCategoryID='UMCB')";
		assertThat(this.caller.get(preference).path("CommunicationMethodID").stringValue()).isEqualTo("STND");
		assertThat(put(preference, "NONE").statusCode()).isEqualTo(204);
		assertThat(this.caller.get(preference).path("CommunicationMethodID").stringValue()).isEqualTo("NONE");
		HttpResponse<String> refused = put(preference, "PIGEON");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(SapCaller.code(refused)).isEqualTo("EL/209");
		this.billing.reset();
		assertThat(this.caller.get(preference).path("CommunicationMethodID").stringValue()).isEqualTo("STND");
	}

	@Test
	void tellsTheBillingMonth() {
		JsonNode period = this.caller.get("GetCurrentBillingPeriod?ContractID='0030000421'")
			.path("GetCurrentBillingPeriod");
		assertThat(period.path("StartDate").stringValue())
			.isEqualTo("/Date(" + Instant.parse("2026-10-01T00:00:00Z").toEpochMilli() + ")/");
		assertThat(period.path("EndDate").stringValue())
			.isEqualTo("/Date(" + Instant.parse("2026-10-31T00:00:00Z").toEpochMilli() + ")/");
		assertThat(this.caller.send(this.caller.request("GetCurrentBillingPeriod?ContractID='9'")).statusCode())
			.isEqualTo(404);
	}

	@Test
	void tellsTheConsumptionOfWholeMonths() {
		List<JsonNode> months = this.caller.list("Contracts('0030000421')/ContractConsumptionValues?$filter="
				+ SapCaller.encoded("StartDate ge datetime'2025-10-01T00:00:00'"));
		assertThat(months).hasSize(12);
		assertThat(months.getFirst().path("BillingPeriodYear").stringValue()).isEqualTo("2025");
		assertThat(months.getLast().path("BillingPeriodMonth").stringValue()).isEqualTo("09");
		assertThat(months)
			.allSatisfy((month) -> assertThat(month.path("ConsumptionValue").stringValue()).matches("\\d{3}\\.0{14}"));
	}

	@Test
	void listsOlgasMeterTwice() {
		assertThat(this.caller.texts("Contracts('0030000491')/Devices", "SerialNumber")).containsExactly("90100491",
				"");
		assertThat(this.caller.texts("Contracts('0030000491')/Devices", "DeviceID")).containsOnly("000000000010000491")
			.hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "2025-10-25T22:00:00,2025-10-26T23:00:00,25", "2026-03-28T23:00:00,2026-03-29T22:00:00,23",
			"2026-07-09T22:00:00,2026-07-10T22:00:00,24" })
	void countsTrueHours(String from, String to, int hours) {
		List<JsonNode> rows = this.caller.list(profile(from, to));
		assertThat(rows).hasSize(2 * hours);
		assertThat(rows).filteredOn((row) -> !row.path("RegisterID").stringValue().equals("003"))
			.hasSize(hours)
			.extracting((row) -> row.path("Timestamp").stringValue())
			.doesNotHaveDuplicates();
	}

	@Test
	void countsTheWeekendOnTheNightRegister() {
		assertThat(registers("2026-10-09T22:00:00", "2026-10-10T22:00:00")).doesNotContain("001");
		assertThat(registers("2026-10-12T22:00:00", "2026-10-13T22:00:00")).containsSequence("002", "003", "001");
	}

	@Test
	void hasNoHourBeforeAYearAgoOrAfterMidnight() {
		assertThat(this.caller.list(profile("2020-01-01T00:00:00", "2020-01-02T00:00:00"))).isEmpty();
		assertThat(this.caller.list(profile("2026-10-14T22:00:00", "2027-01-01T00:00:00"))).isEmpty();
		assertThat(this.caller.list("ProfileValues")).hasSize(2 * (400 * 24 - 2));
	}

	/** Today is Thursday 15 October 2026. */
	@Test
	void lacksTwoHoursOfAWednesdayAndEstimatesThreeOfTheNextDay() {
		List<JsonNode> gap = this.caller.list(profile("2026-10-06T22:00:00", "2026-10-07T22:00:00"));
		assertThat(gap).hasSize(2 * 22).noneMatch((row) -> row.path("ZZQuality").stringValue().equals("E"));
		assertThat(gap).noneMatch((row) -> row.path("Timestamp")
			.stringValue()
			.contains(Long.toString(Instant.parse("2026-10-07T00:00:00Z").toEpochMilli())));
		List<JsonNode> next = this.caller.list(profile("2026-10-07T22:00:00", "2026-10-08T22:00:00"));
		assertThat(next).hasSize(2 * 24)
			.filteredOn((row) -> row.path("ZZQuality").stringValue().equals("E"))
			.hasSize(2 * 3);
	}

	@Test
	void saysOfTheCurveWhatEachRegisterCounts() {
		assertThat(this.caller.list(profile("2026-10-12T22:00:00", "2026-10-13T22:00:00")))
			.extracting(
					(row) -> row.path("RegisterID").stringValue() + " " + row.path("ZZRegisterTypeID").stringValue())
			.containsOnly("001 1.8.1", "002 1.8.2", "003 2.8.0");
	}

	private List<String> registers(String from, String to) {
		return this.caller.texts(profile(from, to), "RegisterID");
	}

	private static String profile(String from, String to) {
		return "ProfileValues?$filter=" + SapCaller.encoded("ContractID eq '0030000491' and Timestamp ge datetime'"
				+ from + "' and Timestamp lt datetime'" + to + "'");
	}

	private static String invoices(String filter) {
		return "Invoices?$filter=" + SapCaller.encoded(filter);
	}

	private HttpResponse<String> put(String path, String method) {
		return this.caller.write("PUT", path, "{\"CommunicationMethodID\":\"" + method + "\"}");
	}

}
