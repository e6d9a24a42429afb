package pl.bramka.gateway.consumption;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.meters.Zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * From what billing writes to what is shown.
 */
class BillingConsumptionTests {

	private static final String MONTH = """
			{"__metadata":{"type":"ERP_UTILITIES_UMC.ContractConsumptionValue"},"ContractID":"0030000421",
			"ConsumptionPeriodTypeID":"MO","StartDate":"/Date(1772323200000)/","EndDate":"/Date(1774915200000)/",
			"ConsumptionValue":"152.00000000000000","ConsumptionUnit":"kWh","BilledAmount":"163.47000000000000",
			"Currency":"PLN","BillingPeriodYear":"2026","BillingPeriodMonth":"03","MeterReadingCategoryID":"01",
			"ZZMore":"x"}""";

	/** One o'clock on 25 October 2026 in Warsaw. */
	private static final String HOUR = """
			{"ContractID":"0030000491","DeviceID":"000000000010000491","RegisterID":"001","ZZRegisterTypeID":"1.8.1",
			"Timestamp":"/Date(1792882800000)/","OutputInterval":"60","UnitOfMeasure":"kWh",
			"Value":"0.34950000000000","ZZQuality":"M","ZZMore":"x"}""";

	private static final Days YEAR = new Days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));

	private final JsonMapper json = JsonMapper.builder().build();

	private Optional<Month> month(String wire) {
		return this.json.readValue(wire, BillingConsumption.Period.class).month("0030000421", YEAR);
	}

	private Optional<Curve.Value> hour(String wire) {
		return this.json.readValue(wire, BillingConsumption.ProfileValue.class).value("0030000491", YEAR);
	}

	private static String with(String wire, String field, String value) {
		String member = value.equals("null") ? "null" : "\"" + value + "\"";
		return wire.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":" + member);
	}

	@Test
	void readsAMonth() {
		assertThat(month(MONTH)).contains(new Month(new Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31)),
				"kWh", false, new BigDecimal("152.000")));
	}

	@ParameterizedTest
	@CsvSource({ "01, false", "02, false", "03, true", "04, true", "05, true", "99, true" })
	void knowsWhatNobodyRead(String category, boolean estimated) {
		assertThat(month(with(MONTH, "MeterReadingCategoryID", category))).get().returns(estimated, Month::estimated);
	}

	@Test
	void takesMonthsOnlyAndTheUnitThatBillingSays() {
		assertThat(month(with(MONTH, "ConsumptionPeriodTypeID", "YR"))).isEmpty();
		assertThat(month(with(MONTH, "ConsumptionUnit", "m3"))).get().returns("m3", Month::unit);
	}

	@ParameterizedTest
	@CsvSource({ "ContractID, 0030000422", "ContractID, null", "ConsumptionPeriodTypeID, null",
			"StartDate, /Date(1640995200000)/", "StartDate, 2026-03-01", "EndDate, /Date(1769904000000)/",
			"ConsumptionValue, 1E+999999999", "ConsumptionValue, many", "ConsumptionValue, null",
			"ConsumptionUnit, null", "ConsumptionUnit, ''", "MeterReadingCategoryID, null" })
	void refusesAGarbledMonth(String field, String value) {
		assertThatException().isThrownBy(() -> month(with(MONTH, field, value)));
	}

	@Test
	void readsAnHourRoundedToAWattHour() {
		assertThat(hour(HOUR)).contains(new Curve.Value("000000000010000491", "001", false, Zone.PEAK,
				Instant.parse("2026-10-24T23:00:00Z"), false, new BigDecimal("0.350")));
	}

	@ParameterizedTest
	@CsvSource({ "1.8.0, false, TOTAL", "1.8.1, false, PEAK", "1.8.2, false, OFF_PEAK", "1.8.3, false, OTHER",
			"2.8.0, true, TOTAL", "2.8.1, true, PEAK", "1-0:1.8.2, false, OFF_PEAK" })
	void knowsWhatARegisterCounts(String type, boolean fedIn, Zone zone) {
		assertThat(hour(with(HOUR, "ZZRegisterTypeID", type))).get()
			.returns(fedIn, Curve.Value::fedIn)
			.returns(zone, Curve.Value::zone);
	}

	@ParameterizedTest
	@CsvSource({ "ZZRegisterTypeID, 5.8.0", "ZZRegisterTypeID, 7-0:3.0.0", "Value, null", "Value, ''" })
	void leavesOutWhatIsNoEnergyOrNoValue(String field, String value) {
		assertThat(hour(with(HOUR, field, value))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "M, false", "E, true", "null, false" })
	void knowsWhatIsEstimated(String quality, boolean estimated) {
		assertThat(hour(with(HOUR, "ZZQuality", quality))).get().returns(estimated, Curve.Value::estimated);
	}

	@ParameterizedTest
	@CsvSource({ "ContractID, 0030000492", "DeviceID, null", "RegisterID, null", "ZZRegisterTypeID, null",
			"Timestamp, null", "Timestamp, /Date(1792884600000)/", "Timestamp, /Date(1640995200000)/",
			"OutputInterval, 15", "UnitOfMeasure, MWh", "UnitOfMeasure, null", "Value, 1e3" })
	void refusesAGarbledHour(String field, String value) {
		assertThatException().isThrownBy(() -> hour(with(HOUR, field, value)));
	}

}
