package pl.bramka.mocks.billing;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.SapCaller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class ReadingsTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String ANNA = "000000000010000421";

	private static final String JAN = "000000000010000431";

	/** In Warsaw it is the 15th already. */
	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-10-14T22:30:00Z"), ZoneOffset.UTC);

	private static final LocalDate TODAY = LocalDate.of(2026, 10, 15);

	private final Billing billing = new Billing(Personas.load(CLOCK), CLOCK);

	private final SapCaller caller = new SapCaller(Billing.BASE_PATH, this.billing::answer);

	@AfterEach
	void stop() {
		this.caller.close();
	}

	@Test
	void billsAPeriodicReadingWithTelerachunek() {
		JsonNode result = accepted(post(anna("18450", "25030", "01")));
		assertThat(result.path("MeterReadingStatusID").stringValue()).isEqualTo("7");
		assertThat(result.path("MeterReadingCategoryID").stringValue()).isEqualTo("02");
		assertThat(result.path("Consumption").stringValue()).isEqualTo("108.00000000000000");
		assertThat(result.path("ZZBilledAmount").stringValue()).isEqualTo("272.34000000000000");
		JsonNode invoice = this.caller.get("Invoices('" + result.path("ZZInvoiceID").stringValue() + "')");
		assertThat(invoice.path("AmountRemaining").stringValue()).isEqualTo("272.34000000000000");
		assertThat(invoice.path("ContractAccountID").stringValue()).isEqualTo("000200000421");
	}

	@Test
	void keepsAllRegistersOfOnePost() {
		JsonNode result = accepted(post(anna("18450", "25030", "01")));
		assertThat(result.at("/DependentMeterReadingResults/results/0/ReadingResult").stringValue())
			.isEqualTo("25030.00000000000000");
		List<JsonNode> kept = this.caller.list("Devices('" + ANNA + "')/MeterReadingResults?$filter="
				+ SapCaller.encoded("ReadingDateTime eq datetime'2026-10-15T00:00:00'"));
		assertThat(kept).extracting((row) -> row.path("RegisterID").stringValue()).containsExactly("001", "002");
		assertThat(kept.get(1).path("ZZInvoiceID").stringValue()).isEmpty();
		assertThat(this.caller.texts("Devices('" + ANNA + "')/RegistersToRead", "PreviousMeterReadingResult"))
			.containsExactly("18450.00000000000000", "25030.00000000000000");
	}

	@Test
	void bearsNoAmountOnAControlReading() {
		JsonNode result = accepted(post(jan("43400", "10", TODAY)));
		assertThat(result.path("MeterReadingStatusID").stringValue()).isEqualTo("1");
		assertThat(result.path("ZZBilledAmount").isNull()).isTrue();
		assertThat(result.path("ZZInvoiceID").stringValue()).isEmpty();
		assertThat(this.caller.texts("Devices('" + JAN + "')/RegistersToRead", "PreviousMeterReadingResult"))
			.containsExactly("43120.00000000000000");
	}

	@Test
	void takesAControlReadingFromAnnaWithoutBilling() {
		JsonNode result = accepted(post(anna("18450", "25030", "10")));
		assertThat(result.path("ZZBilledAmount").isNull()).isTrue();
	}

	@Test
	void answersEl424WhenAReadingIsThere() {
		accepted(post(jan("43400", "10", TODAY)));
		assertRefused(post(jan("43401", "10", TODAY)), "EL/424");
		assertRefused(post(jan("43120", "10", TODAY.minusDays(40))), "EL/424");
	}

	@Test
	void answersEl424WhenThePlannedReadingIsTaken() {
		accepted(post(anna("18450", "25030", "01", TODAY.minusDays(1))));
		assertRefused(post(anna("18451", "25031", "01", TODAY)), "EL/424");
		accepted(post(anna("18451", "25031", "10", TODAY)));
	}

	@Test
	void answersEl459OutsideTheWindow() {
		assertRefused(post(jan("43400", "01", TODAY)), "EL/459");
		assertRefused(post(anna("18440", "25020", "01", TODAY.minusDays(6))), "EL/459");
		accepted(post(anna("18440", "25020", "01", TODAY.minusDays(5))));
	}

	@ParameterizedTest
	@CsvSource({ "43119", "45000" })
	void asksTwiceAboutAnImplausibleReading(String value) {
		HttpResponse<String> refused = post(jan(value, "10", TODAY));
		assertRefused(refused, "ZBFF_MR/001");
		assertThat(SapCaller.tree(refused).at("/error/innererror/errordetails/0/target").stringValue())
			.isEqualTo("ReadingResult");
		JsonNode result = accepted(post(jan(value, "10", TODAY).put("MeterReadingNoteID", "ZI01")));
		assertThat(result.path("MeterReadingStatusID").stringValue()).isEqualTo("2");
	}

	@Test
	void doesNotBillWhatItLocked() {
		ObjectNode sure = anna("18450", "99000", "01");
		HttpResponse<String> refused = post(sure);
		assertRefused(refused, "ZBFF_MR/001");
		assertThat(SapCaller.tree(refused).at("/error/innererror/errordetails").size()).isOne();
		assertRefused(post(sure.deepCopy().put("MeterReadingNoteID", "ZI01")), "ZBFF_MR/001");
		sure.withArray("DependentMeterReadingResults")
			.forEach((one) -> ((ObjectNode) one).put("MeterReadingNoteID", "ZI01"));
		JsonNode result = accepted(post(sure));
		assertThat(result.path("MeterReadingStatusID").stringValue()).isEqualTo("2");
		assertThat(result.path("ZZBilledAmount").isNull()).isTrue();
	}

	@Test
	void answersEl209ToWhatItCannotProcess() {
		ObjectNode oneZone = anna("18450", "25030", "01");
		oneZone.remove("DependentMeterReadingResults");
		assertRefused(post(oneZone), "EL/209");
		assertRefused(post(jan("43400", "10", TODAY).put("DeviceID", "000000000099999999")), "EL/209");
		assertRefused(post(jan("43400", "10", TODAY).put("RegisterID", "002")), "EL/209");
		assertRefused(post(jan("43400", "10", TODAY.plusDays(1))), "EL/209");
		assertRefused(post(jan("43100", "10", TODAY.minusDays(41))), "EL/209");
		assertRefused(post(jan("43400.5", "10", TODAY)), "EL/209");
		assertRefused(post(jan("1000000", "10", TODAY)), "EL/209");
		assertRefused(post(jan("-1", "10", TODAY)), "EL/209");
	}

	@Test
	void wantsItsNumbersAsStrings() {
		ObjectNode number = jan("43400", "10", TODAY).put("ReadingResult", 43_400);
		assertThat(post(number).statusCode()).isEqualTo(400);
		assertThat(SapCaller.code(post(jan("many", "10", TODAY)))).startsWith("005056");
		assertThat(SapCaller.code(post(jan("43400", "10", TODAY).put("ReadingDateTime", "today"))))
			.startsWith("005056");
	}

	@Test
	void readsEitherFormOfADate() {
		accepted(post(jan("43400", "10", TODAY).put("ReadingDateTime", "/Date(1792022400000)/")));
		assertRefused(post(jan("43400", "10", TODAY).put("ReadingDateTime", "2026-10-15T00:00:00")), "EL/424");
	}

	@Test
	void takesNothingWithoutAToken() {
		HttpResponse<String> answer = this.caller.send(this.caller.request("MeterReadingResults")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(jan("43400", "10", TODAY).toString())));
		assertThat(answer.statusCode()).isEqualTo(403);
		accepted(post(jan("43400", "10", TODAY)));
	}

	@Test
	void forgetsReadingsAtReset() {
		accepted(post(jan("43400", "10", TODAY)));
		this.billing.reset();
		try (SapCaller fresh = new SapCaller(Billing.BASE_PATH, this.billing::answer)) {
			assertThat(fresh.write("POST", "MeterReadingResults", jan("43400", "10", TODAY).toString()).statusCode())
				.isEqualTo(201);
		}
	}

	private static ObjectNode anna(String day, String night, String reason) {
		return anna(day, night, reason, TODAY);
	}

	private static ObjectNode anna(String day, String night, String reason, LocalDate date) {
		ObjectNode lead = reading(ANNA, "001", day, reason, date);
		lead.putArray("DependentMeterReadingResults").add(reading(ANNA, "002", night, reason, date));
		return lead;
	}

	private static ObjectNode jan(String value, String reason, LocalDate date) {
		return reading(JAN, "001", value, reason, date);
	}

	private static ObjectNode reading(String device, String register, String value, String reason, LocalDate date) {
		return JSON.createObjectNode()
			.put("DeviceID", device)
			.put("RegisterID", register)
			.put("ReadingResult", value)
			.put("ReadingDateTime", date + "T00:00:00")
			.put("MeterReadingReasonID", reason);
	}

	private HttpResponse<String> post(ObjectNode reading) {
		return this.caller.write("POST", "MeterReadingResults", reading.toString());
	}

	private static JsonNode accepted(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return SapCaller.tree(answer).path("d");
	}

	private static void assertRefused(HttpResponse<String> answer, String code) {
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(SapCaller.code(answer)).isEqualTo(code);
	}

}
