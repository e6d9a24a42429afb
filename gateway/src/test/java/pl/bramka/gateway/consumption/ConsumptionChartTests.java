package pl.bramka.gateway.consumption;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import pl.bramka.gateway.consumption.ConsumptionChart.Stretch;
import pl.bramka.gateway.meters.Zone;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.problem.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the points of a chart come to.
 */
class ConsumptionChartTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

	private static Days days(String first, String last) {
		return new Days(LocalDate.parse(first), LocalDate.parse(last));
	}

	/** One kilowatt-hour in each hour of these days. */
	private static Stretch curve(Granularity granularity, Days days) {
		List<Curve.Value> values = new ArrayList<>();
		for (Instant hour = days.start(); hour.isBefore(days.end()); hour = hour.plus(1, ChronoUnit.HOURS)) {
			values.add(new Curve.Value("1", "1", false, Zone.PEAK, hour, false, BigDecimal.ONE));
		}
		return new Stretch("kWh", Curve.points(granularity, values));
	}

	private static Stretch months(String unit, String... firstDays) {
		return Month.joined(Stream.of(firstDays)
			.map(LocalDate::parse)
			.map((day) -> new Month(new Days(day, day.withDayOfMonth(day.lengthOfMonth())), unit,
					day.getMonthValue() == 4, new BigDecimal("100.000")))
			.toList());
	}

	private static ConsumptionChart chart(Granularity granularity, Days days, Stretch... pieces) {
		return ConsumptionChart.of(new ConsumptionQuery(granularity, days), granularity.whole(days), TODAY,
				new Aged<>(List.of(pieces), Instant.EPOCH, State.FRESH));
	}

	private static Flow total(ConsumptionChart chart) {
		return Objects.requireNonNull(chart.totals().use());
	}

	@Test
	void sumsTheDaysAskedForAndNoOthers() {
		Days piece = days("2026-10-20", "2026-10-29");
		ConsumptionChart chart = chart(Granularity.DAY, days("2026-10-24", "2026-10-26"),
				curve(Granularity.DAY, piece));
		assertThat(chart.points()).extracting((point) -> point.day().getDayOfMonth()).containsExactly(24, 25, 26);
		assertThat(total(chart))
			.isEqualTo(new Flow(true, List.of(new Flow.ZoneSum(Zone.PEAK, new BigDecimal(24 + 25 + 24), null))));
		assertThat(chart.totals().feedIn()).isNull();
		assertThat(chart.unit()).isEqualTo("kWh");
	}

	@Test
	void isIncompleteIfADayOrAnHourIsMissing() {
		Days asked = days("2026-10-24", "2026-10-26");
		for (Granularity granularity : List.of(Granularity.HOUR, Granularity.DAY)) {
			Stretch first = curve(granularity, days("2026-10-24", "2026-10-24"));
			Stretch second = curve(granularity, days("2026-10-25", "2026-10-25"));
			Stretch third = curve(granularity, days("2026-10-26", "2026-10-26"));
			assertThat(total(chart(granularity, asked, first, second, third)).complete()).isTrue();
			assertThat(total(chart(granularity, asked, first, third)).complete()).isFalse();
		}
	}

	@Test
	void doesNotMissWhatIsNotOver() {
		Days asked = days("2026-11-23", "2026-11-30");
		for (Granularity granularity : List.of(Granularity.HOUR, Granularity.DAY)) {
			assertThat(
					total(chart(granularity, asked, curve(granularity, days("2026-11-23", "2026-11-24")))).complete())
				.isTrue();
			assertThat(
					total(chart(granularity, asked, curve(granularity, days("2026-11-24", "2026-11-24")))).complete())
				.isFalse();
		}
	}

	@Test
	void showsMonthsWholeAndEstimatesApart() {
		ConsumptionChart chart = chart(Granularity.MONTH, days("2026-03-31", "2026-05-01"),
				months("kWh", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"));
		assertThat(chart.points()).extracting((point) -> point.start() + " " + point.end())
			.containsExactly("2026-03-01T00:00+01:00 2026-04-01T00:00+02:00",
					"2026-04-01T00:00+02:00 2026-05-01T00:00+02:00", "2026-05-01T00:00+02:00 2026-06-01T00:00+02:00");
		assertThat(total(chart)).isEqualTo(new Flow(true,
				List.of(new Flow.ZoneSum(Zone.TOTAL, new BigDecimal("200.000"), new BigDecimal("100.000")))));
	}

	@Test
	void missesAMonthThatIsOverAndNotTheOneThatRuns() {
		Days asked = days("2026-09-01", "2026-11-25");
		assertThat(total(chart(Granularity.MONTH, asked, months("kWh", "2026-09-01", "2026-10-01"))).complete())
			.isTrue();
		assertThat(total(chart(Granularity.MONTH, asked, months("kWh", "2026-09-01"))).complete()).isFalse();
		assertThat(total(chart(Granularity.MONTH, asked, months("kWh", "2026-10-01", "2026-10-17"))).complete())
			.isFalse();
	}

	@Test
	void countsAMonthOnceThatBillingListsTwice() {
		assertThat(months("kWh", "2026-09-01", "2026-09-01").points()).hasSize(1);
	}

	@Test
	void hasNoUnitAndNoTotalsOfNothing() {
		ConsumptionChart chart = chart(Granularity.DAY, days("2026-10-24", "2026-10-26"),
				curve(Granularity.DAY, days("2026-10-20", "2026-10-23")));
		assertThat(chart.points()).isEmpty();
		assertThat(chart.unit()).isNull();
		assertThat(chart.totals()).isEqualTo(new ConsumptionChart.ConsumptionTotals(null, null));
	}

	@Test
	void sumsNothingInDifferentUnits() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> chart(Granularity.MONTH,
				days("2025-12-01", "2026-01-31"), months("kWh", "2025-12-01"), months("m3", "2026-01-01")));
	}

}
