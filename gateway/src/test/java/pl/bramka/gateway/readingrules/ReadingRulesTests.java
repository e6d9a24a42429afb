package pl.bramka.gateway.readingrules;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.ContractKind;
import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.meters.Meter;
import pl.bramka.gateway.meters.PastReading;
import pl.bramka.gateway.meters.Register;
import pl.bramka.gateway.meters.Zone;
import pl.bramka.gateway.problem.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What may be read on which day, and what can be. The planned reading is on 20 December
 * 2026, so the window is 15 to 22 December and the billing month is December.
 */
class ReadingRulesTests {

	private static final LocalDate PLANNED = LocalDate.of(2026, 12, 20);

	private static final ReadingRuleProperties SETTINGS = new ReadingRuleProperties(5, 2, new BigDecimal("3"),
			new BigDecimal("50"), 20);

	/** A meter that counts in whole kWh up to 9999, last read on 20 November. */
	private static Meter meter(Medium medium, boolean telerachunek, int last, PastReading... results) {
		Contract contract = new Contract("0030009001", ContractKind.COMPREHENSIVE, medium, "", "", "G11", null,
				telerachunek, "000200009001", true, LocalDate.of(2020, 1, 1), null, null);
		Register register = new Register("001", "1.8.0", Zone.TOTAL, "kWh", 4, 0, BigDecimal.valueOf(last),
				LocalDate.of(2026, 11, 20));
		return new Meter("1", contract, "S", "", List.of(register), PLANNED,
				telerachunek ? new Meter.BillingMonth(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 31)) : null,
				List.of(results));
	}

	/** Read by the customer. */
	private static PastReading read(String day, int value, boolean periodic) {
		return new PastReading(day, "001", LocalDate.parse(day), BigDecimal.valueOf(value), null,
				PastReading.Source.CUSTOMER, periodic, false, null);
	}

	private static ReadingOptions on(String day, Meter meter) {
		return ReadingOptions.of(meter, LocalDate.parse(day), SETTINGS);
	}

	private static @Nullable String refusal(ReadingOptions options, int value, boolean confirmed) {
		return refusal(options, List.of(new ReadValue("001", BigDecimal.valueOf(value))), confirmed);
	}

	private static @Nullable String refusal(ReadingOptions options, List<ReadValue> values, boolean confirmed) {
		Problem problem = catchThrowableOfType(Problem.class,
				() -> new Judgement(options, SETTINGS).check(values, confirmed));
		return (problem != null) ? problem.code().code() : null;
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-30, CONTROL,,", "2026-12-01, BILLING, NOT_YET, reading-window-closed",
			"2026-12-14, BILLING, NOT_YET, reading-window-closed", "2026-12-15, BILLING,,", "2026-12-20, BILLING,,",
			"2026-12-22, BILLING,,", "2026-12-23, BILLING, OVER, reading-window-closed",
			"2026-12-31, BILLING, OVER, reading-window-closed", "2027-01-01, CONTROL,," })
	void isBilledInTheBillingMonthAndTakenAroundThePlannedDay(String day, ReadingKind kind,
			@Nullable NotReadable reason, @Nullable String code) {
		ReadingOptions options = on(day, meter(Medium.ELECTRICITY, true, 1000));
		assertThat(options.kind()).isEqualTo(kind);
		assertThat(options.reason()).isEqualTo(reason);
		assertThat(options.available()).isEqualTo(reason == null);
		assertThat(options.opensOn()).isEqualTo((kind == ReadingKind.BILLING) ? LocalDate.of(2026, 12, 15) : null);
		assertThat(options.closesOn()).isEqualTo((kind == ReadingKind.BILLING) ? LocalDate.of(2026, 12, 22) : null);
		assertThat(refusal(options, 1001, false)).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource({ "2026-12-01", "2026-12-20", "2026-12-31" })
	void isAControlOnAnyDayWithoutTelerachunek(String day) {
		ReadingOptions options = on(day, meter(Medium.ELECTRICITY, false, 1000));
		assertThat(options.kind()).isEqualTo(ReadingKind.CONTROL);
		assertThat(options.available()).isTrue();
		assertThat(options.opensOn()).isNull();
	}

	@Test
	void isNotOfferedForGasOrWhereThereIsNothingToRead() {
		ReadingOptions gas = on("2026-12-20", meter(Medium.GAS, false, 1000));
		assertThat(gas.reason()).isEqualTo(NotReadable.MEDIUM);
		assertThat(gas.kind()).isNull();
		assertThat(gas.registers()).isEmpty();
		assertThat(refusal(gas, 1001, true)).isEqualTo("reading-not-offered");
		Meter meter = meter(Medium.ELECTRICITY, true, 1000);
		Meter gone = new Meter(meter.id(), meter.contract(), "", "", List.of(), null, meter.billingMonth(), List.of());
		assertThat(on("2026-12-20", gone).reason()).isEqualTo(NotReadable.NO_REGISTERS);
		assertThat(refusal(on("2026-12-20", gone), 1001, true)).isEqualTo("reading-not-offered");
	}

	@ParameterizedTest
	@CsvSource({ "2026-12-20, false, 2026-12-20, GIVEN", "2026-12-19, false, 2026-12-20,",
			"2026-12-15, true, 2026-12-20, GIVEN", "2026-12-14, true, 2026-12-20,",
			"2026-12-16, true, 2026-12-23, GIVEN" })
	void isTakenOnceADayAndOnceForABill(String given, boolean periodic, String day, @Nullable NotReadable reason) {
		ReadingOptions options = on(day, meter(Medium.ELECTRICITY, true, 1000, read(given, 1010, periodic)));
		assertThat(options.reason()).isEqualTo(reason);
		assertThat(refusal(options, 1020, false)).isEqualTo((reason != null) ? "reading-already-given" : null);
	}

	/** 300 kWh in 60 days are 5 a day; 30 days at three times that and 50 are 500. */
	private static Meter usual(int last) {
		return meter(Medium.ELECTRICITY, false, last, read("2026-09-21", last - 300, true),
				read("2026-11-20", last, true));
	}

	@Test
	void tellsWhatIsPlausibleBeforeAnythingIsTyped() {
		PlausibleRange range = on("2026-12-20", usual(1000)).registers().getFirst().plausible();
		assertThat(range).isEqualTo(new PlausibleRange(new BigDecimal("1000"), new BigDecimal("1500"), false));
		PlausibleRange turning = on("2026-12-20", usual(9800)).registers().getFirst().plausible();
		assertThat(turning).isEqualTo(new PlausibleRange(new BigDecimal("9800"), new BigDecimal("300"), true));
		assertThat(on("2026-12-20", meter(Medium.ELECTRICITY, false, 1000)).registers().getFirst().plausible())
			.as("no history")
			.isEqualTo(new PlausibleRange(new BigDecimal("1000"), null, false));
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1000, false,", "1000, 1500, false,", "1000, 1501, false, reading-implausible",
			"1000, 1501, true,", "1000, 999, false, reading-below-previous", "1000, 999, true, reading-below-previous",
			"1000, 0, true, reading-below-previous", "9800, 9800, false,", "9800, 9999, false,", "9800, 0, false,",
			"9800, 300, false,", "9800, 301, false, reading-below-previous", "9800, 301, true, reading-below-previous",
			"9800, 9799, false, reading-below-previous", "1000, 10000, true, reading-out-of-range",
			"1000, -1, true, reading-out-of-range" })
	void knowsATurnedCounterFromAWrongOne(int last, int value, boolean confirmed, @Nullable String code) {
		assertThat(refusal(on("2026-12-20", usual(last)), value, confirmed)).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource({ "1000, 9999, false,", "1000, 999, true, reading-below-previous", "9990, 20, false,",
			"9990, 40, false,", "9990, 41, false, reading-below-previous" })
	void allowsATurnAlsoWhereNothingIsKnownOfTheUse(int last, int value, boolean confirmed, @Nullable String code) {
		assertThat(refusal(on("2026-12-20", meter(Medium.ELECTRICITY, false, last)), value, confirmed)).isEqualTo(code);
	}

	@Test
	void takesThePastTurnOfACounterForUse() {
		Meter turned = meter(Medium.ELECTRICITY, false, 200, read("2026-09-21", 9900, true),
				read("2026-11-20", 200, true));
		assertThat(on("2026-12-20", turned).registers().getFirst().mostUse()).isEqualTo(new BigDecimal("500"));
		Meter corrected = meter(Medium.ELECTRICITY, false, 1000, read("2026-09-21", 1010, true),
				read("2026-11-20", 1000, true));
		assertThat(on("2026-12-20", corrected).registers().getFirst().mostUse()).isEqualTo(new BigDecimal("50"));
	}

	@ParameterizedTest
	@CsvSource({ "'', reading-incomplete", "001, ", "001 001, reading-incomplete", "002, reading-incomplete",
			"001 002, reading-incomplete" })
	void wantsOneValueForEachRegister(String registers, @Nullable String code) {
		List<ReadValue> values = new ArrayList<>();
		Arrays.stream(registers.split(" ", -1))
			.filter((id) -> !id.isEmpty())
			.forEach((id) -> values.add(new ReadValue(id, BigDecimal.valueOf(1001))));
		assertThat(refusal(on("2026-12-20", usual(1000)), values, false)).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource({ "1001.0,", "1001.5, reading-out-of-range", "1E+3,", "1E+12, reading-out-of-range" })
	void takesNoMoreDigitsThanTheCounterHas(BigDecimal value, @Nullable String code) {
		assertThat(refusal(on("2026-12-20", usual(1000)), List.of(new ReadValue("001", value)), true)).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource({ "2026-12-14T22:59:59Z, 2026-12-14", "2026-12-14T23:00:00Z, 2026-12-15",
			"2026-06-30T21:59:59Z, 2026-06-30", "2026-06-30T22:00:00Z, 2026-07-01" })
	void countsDaysByTheCalendarOfWarsaw(String moment, LocalDate day) {
		assertThat(ReadingRules.day(Instant.parse(moment))).isEqualTo(day);
	}

}
