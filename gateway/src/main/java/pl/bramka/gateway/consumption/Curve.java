package pl.bramka.gateway.consumption;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.consumption.ConsumptionChart.ConsumptionPoint;
import pl.bramka.gateway.meters.Zone;
import pl.bramka.gateway.consumption.Flow.ZoneSum;

/**
 * Makes points of the hours that a contract's smart meters counted.
 */
final class Curve {

	private Curve() {
	}

	/**
	 * What one register of one meter counted in one hour.
	 *
	 * @param deviceId the meter
	 * @param registerId its register
	 * @param fedIn whether that went into the grid, and not out of it
	 * @param zone what the register counts
	 * @param hour when the hour began
	 * @param estimated whether it was estimated
	 * @param kWh how much
	 */
	record Value(String deviceId, String registerId, boolean fedIn, Zone zone, Instant hour, boolean estimated,
			BigDecimal kWh) {

		private List<Object> place() {
			return List.of(this.deviceId, this.registerId, this.hour);
		}

		/** What was measured replaces an estimate, and is not replaced by one. */
		private Value or(Value later) {
			return (later.estimated && !this.estimated) ? this : later;
		}

	}

	/**
	 * The hours or days that have a value, in order; one without any is no point, and
	 * never one of zero. A day is complete if in each of its true hours some meter of the
	 * contract has a value of that direction.
	 */
	static List<ConsumptionPoint> points(Granularity granularity, List<Value> values) {
		Map<Instant, List<Value>> steps = new TreeMap<>();
		for (Value value : once(values)) {
			steps.computeIfAbsent(start(granularity, value.hour()).toInstant(), (start) -> new ArrayList<>())
				.add(value);
		}
		return steps.entrySet().stream().map((step) -> {
			ZonedDateTime start = step.getKey().atZone(Days.WARSAW);
			ZonedDateTime end = (granularity == Granularity.HOUR) ? start.plusHours(1)
					: start.toLocalDate().plusDays(1).atStartOfDay(Days.WARSAW);
			long hours = end.toEpochSecond() - start.toEpochSecond();
			return new ConsumptionPoint(start.toOffsetDateTime(), end.toOffsetDateTime(),
					flow(step.getValue(), false, hours / 3600), flow(step.getValue(), true, hours / 3600));
		}).toList();
	}

	private static ZonedDateTime start(Granularity granularity, Instant hour) {
		ZonedDateTime local = hour.atZone(Days.WARSAW);
		return (granularity == Granularity.HOUR) ? local : local.toLocalDate().atStartOfDay(Days.WARSAW);
	}

	/** A meter that billing lists in two rows has each of its hours twice. */
	private static Collection<Value> once(List<Value> values) {
		Map<List<Object>, Value> once = new HashMap<>();
		values.forEach((value) -> once.merge(value.place(), value, Value::or));
		return once.values();
	}

	private static @Nullable Flow flow(List<Value> values, boolean fedIn, long hours) {
		List<Value> flowing = values.stream().filter((value) -> value.fedIn() == fedIn).toList();
		long known = flowing.stream().map(Value::hour).distinct().count();
		return Flow.of(
				flowing.stream().map((value) -> ZoneSum.of(value.zone(), value.estimated(), value.kWh())).toList(),
				known == hours);
	}

}
