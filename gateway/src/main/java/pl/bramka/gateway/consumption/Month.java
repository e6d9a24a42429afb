package pl.bramka.gateway.consumption;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import pl.bramka.gateway.consumption.ConsumptionChart.ConsumptionPoint;
import pl.bramka.gateway.consumption.ConsumptionChart.Stretch;
import pl.bramka.gateway.meters.Zone;
import pl.bramka.gateway.consumption.Flow.ZoneSum;

/**
 * A month, or the part of it in which the contract was in force, as billing accounted for
 * it.
 *
 * @param days its days
 * @param unit of the value
 * @param estimated whether nobody read the meter
 * @param value how much was used
 */
record Month(Days days, String unit, boolean estimated, BigDecimal value) {

	/** In order; a month that billing lists twice counts once, as it stands last. */
	static Stretch joined(List<Month> months) {
		Map<LocalDate, Month> once = new TreeMap<>();
		months.forEach((month) -> once.put(month.days().first(), month));
		List<String> units = once.values().stream().map(Month::unit).distinct().toList();
		if (units.size() > 1) {
			throw new IllegalArgumentException("several units");
		}
		return new Stretch(units.isEmpty() ? null : units.getFirst(),
				once.values().stream().map(Month::point).toList());
	}

	private ConsumptionPoint point() {
		ZoneSum whole = ZoneSum.of(Zone.TOTAL, this.estimated, this.value);
		return new ConsumptionPoint(midnight(this.days.first()), midnight(this.days.last().plusDays(1)),
				Flow.of(List.of(whole), true), null);
	}

	private static OffsetDateTime midnight(LocalDate day) {
		return day.atStartOfDay(Days.WARSAW).toOffsetDateTime();
	}

}
