package pl.bramka.gateway.consumption;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.consumption.ConsumptionChart.ConsumptionPoint;
import pl.bramka.gateway.meters.Zone;
import pl.bramka.gateway.consumption.Flow.ZoneSum;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From hours of meters to points.
 */
class CurveTests {

	private static final String METER = "000000000010000491";

	private static Curve.Value use(Zone zone, String hour, String kWh) {
		return new Curve.Value(METER, zone.name(), false, zone, Instant.parse(hour), false, new BigDecimal(kWh));
	}

	private static Curve.Value estimated(Zone zone, String hour, String kWh) {
		return new Curve.Value(METER, zone.name(), false, zone, Instant.parse(hour), true, new BigDecimal(kWh));
	}

	private static Curve.Value fedIn(String hour, String kWh) {
		return new Curve.Value(METER, "003", true, Zone.TOTAL, Instant.parse(hour), false, new BigDecimal(kWh));
	}

	private static ZoneSum sum(Zone zone, @Nullable String measured, @Nullable String estimated) {
		return new ZoneSum(zone, (measured != null) ? new BigDecimal(measured) : null,
				(estimated != null) ? new BigDecimal(estimated) : null);
	}

	/** A tenth of a kilowatt-hour in each true hour of a day. */
	private static List<Curve.Value> allOf(String day) {
		Days days = new Days(LocalDate.parse(day), LocalDate.parse(day));
		List<Curve.Value> values = new ArrayList<>();
		for (Instant hour = days.start(); hour.isBefore(days.end()); hour = hour.plus(1, ChronoUnit.HOURS)) {
			values.add(use(Zone.TOTAL, hour.toString(), "0.100"));
		}
		return values;
	}

	private static Flow use(ConsumptionPoint point) {
		return Objects.requireNonNull(point.use());
	}

	@ParameterizedTest
	@CsvSource({ "2026-10-25, 25, 2.500, +02:00, +01:00", "2026-03-29, 23, 2.300, +01:00, +02:00",
			"2026-07-10, 24, 2.400, +02:00, +02:00", "2026-01-10, 24, 2.400, +01:00, +01:00" })
	void hasTheTrueHoursOfADay(String day, int hours, String sum, String before, String after) {
		List<Curve.Value> values = allOf(day);
		assertThat(Curve.points(Granularity.HOUR, values)).hasSize(hours)
			.extracting((point) -> point.start().toString())
			.doesNotHaveDuplicates()
			.startsWith(day + "T00:00" + before)
			.endsWith(day + "T23:00" + after);
		ConsumptionPoint whole = Curve.points(Granularity.DAY, values).getFirst();
		assertThat(whole.start()).hasToString(day + "T00:00" + before);
		assertThat(whole.end()).hasToString(LocalDate.parse(day).plusDays(1) + "T00:00" + after);
		assertThat(use(whole)).isEqualTo(new Flow(true, List.of(sum(Zone.TOTAL, sum, null))));
		ConsumptionPoint lacking = Curve.points(Granularity.DAY, values.subList(1, values.size())).getFirst();
		assertThat(use(lacking).complete()).isFalse();
	}

	@Test
	void tellsTheTwoHoursApartThatAreBothCalledTwo() {
		assertThat(Curve.points(Granularity.HOUR,
				List.of(use(Zone.TOTAL, "2026-10-25T01:00:00Z", "2"), use(Zone.TOTAL, "2026-10-25T00:00:00Z", "1"))))
			.extracting((point) -> point.start() + " " + point.end() + " " + use(point).zones().getFirst().measured())
			.containsExactly("2026-10-25T02:00+02:00 2026-10-25T02:00+01:00 1",
					"2026-10-25T02:00+01:00 2026-10-25T03:00+01:00 2");
	}

	@Test
	void cutsDaysAtMidnightInWarsaw() {
		assertThat(Curve.points(Granularity.DAY,
				List.of(use(Zone.TOTAL, "2026-07-09T21:00:00Z", "1"), use(Zone.TOTAL, "2026-07-09T22:00:00Z", "2"))))
			.extracting((point) -> point.day() + " " + use(point).zones().getFirst().measured())
			.containsExactly("2026-07-09 1", "2026-07-10 2");
	}

	@Test
	void leavesAGapWhereNothingIsKnown() {
		List<Curve.Value> values = allOf("2026-07-10");
		values.remove(5);
		List<ConsumptionPoint> hours = Curve.points(Granularity.HOUR, values);
		assertThat(hours).hasSize(23).noneMatch((point) -> point.start().getHour() == 5);
		assertThat(hours).allMatch((point) -> use(point).complete());
		assertThat(use(Curve.points(Granularity.DAY, values).getFirst()))
			.isEqualTo(new Flow(false, List.of(sum(Zone.TOTAL, "2.300", null))));
		assertThat(Curve.points(Granularity.DAY, List.of())).isEmpty();
	}

	@Test
	void doesNotTakeZeroForAGap() {
		assertThat(Curve.points(Granularity.HOUR, List.of(use(Zone.PEAK, "2026-07-10T10:00:00Z", "0.000"))))
			.singleElement()
			.extracting(CurveTests::use)
			.isEqualTo(new Flow(true, List.of(sum(Zone.PEAK, "0.000", null))));
	}

	@Test
	void keepsZonesAndEstimatesAndWhatIsFedInApart() {
		ConsumptionPoint day = Curve.points(Granularity.DAY, List.of(use(Zone.PEAK, "2026-07-10T10:00:00Z", "1.001"),
				use(Zone.PEAK, "2026-07-10T11:00:00Z", "2.002"), estimated(Zone.PEAK, "2026-07-10T12:00:00Z", "4"),
				estimated(Zone.OFF_PEAK, "2026-07-10T13:00:00Z", "8"), fedIn("2026-07-10T10:00:00Z", "16"),
				fedIn("2026-07-10T11:00:00Z", "32")))
			.getFirst();
		assertThat(use(day).zones()).containsExactly(sum(Zone.PEAK, "3.003", "4"), sum(Zone.OFF_PEAK, null, "8"));
		assertThat(day.feedIn()).isEqualTo(new Flow(false, List.of(sum(Zone.TOTAL, "48", null))));
	}

	@Test
	void saysOfEachDirectionByItselfWhetherItIsComplete() {
		List<Curve.Value> values = allOf("2026-07-10");
		values.add(fedIn("2026-07-10T10:00:00Z", "1"));
		ConsumptionPoint day = Curve.points(Granularity.DAY, values).getFirst();
		assertThat(use(day).complete()).isTrue();
		assertThat(day.feedIn()).isNotNull().returns(false, Flow::complete);
		ConsumptionPoint onlyFedIn = Curve.points(Granularity.HOUR, List.of(fedIn("2026-07-10T10:00:00Z", "1")))
			.getFirst();
		assertThat(onlyFedIn.use()).isNull();
	}

	@Test
	void countsAnHourOnceHoweverManyRowsAMeterHas() {
		Curve.Value measured = use(Zone.TOTAL, "2026-07-10T10:00:00Z", "1.5");
		Curve.Value guess = estimated(Zone.TOTAL, "2026-07-10T10:00:00Z", "9");
		Curve.Value corrected = use(Zone.TOTAL, "2026-07-10T10:00:00Z", "1.7");
		for (List<Curve.Value> rows : List.of(List.of(measured, measured), List.of(measured, guess),
				List.of(guess, measured))) {
			assertThat(use(Curve.points(Granularity.HOUR, rows).getFirst()).zones())
				.containsExactly(sum(Zone.TOTAL, "1.5", null));
		}
		assertThat(use(Curve.points(Granularity.HOUR, List.of(measured, corrected)).getFirst()).zones())
			.containsExactly(sum(Zone.TOTAL, "1.7", null));
	}

	@Test
	void addsWhatSeveralMetersOfAContractCounted() {
		Curve.Value one = use(Zone.TOTAL, "2026-07-10T10:00:00Z", "1.5");
		Curve.Value other = new Curve.Value("000000000010000999", one.registerId(), false, Zone.TOTAL, one.hour(),
				false, new BigDecimal("0.7"));
		assertThat(use(Curve.points(Granularity.HOUR, List.of(one, other)).getFirst()).zones())
			.containsExactly(sum(Zone.TOTAL, "2.2", null));
	}

	/**
	 * Two meters at once, and one that takes the place of another.
	 * @param from the first hour of the second meter
	 * @param until the last hour of the first meter
	 * @param lost an hour that the second one lacks
	 */
	@ParameterizedTest
	@CsvSource({ "0, 23, -1, true", "0, 23, 10, false", "12, 11, -1, true", "12, 11, 15, false", "12, 10, -1, false",
			"8, 15, -1, true" })
	void missesAnHourOfOneMeterThatAnotherOneHas(int from, int until, int lost, boolean complete) {
		List<Curve.Value> hours = allOf("2026-07-10");
		List<Curve.Value> values = new ArrayList<>(hours.subList(0, until + 1));
		for (int hour = from; hour < 24; hour++) {
			if (hour != lost) {
				Curve.Value first = hours.get(hour);
				values.add(new Curve.Value("000000000010000999", first.registerId(), false, Zone.TOTAL, first.hour(),
						false, first.kWh()));
			}
		}
		assertThat(use(Curve.points(Granularity.DAY, values).getFirst()).complete()).isEqualTo(complete);
	}

}
