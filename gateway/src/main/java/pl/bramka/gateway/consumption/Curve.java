package pl.bramka.gateway.consumption;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
	 * contract has a value of that direction, and no meter lacks one between two others:
	 * a meter that is exchanged ends, and the next one begins.
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
			long hours = ChronoUnit.HOURS.between(start, end);
			return new ConsumptionPoint(start.toOffsetDateTime(), end.toOffsetDateTime(),
					flow(step.getValue(), false, hours), flow(step.getValue(), true, hours));
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
		Map<String, SortedSet<Instant>> known = flowing.stream()
			.collect(Collectors.groupingBy(Value::deviceId,
					Collectors.mapping(Value::hour, Collectors.toCollection(TreeSet::new))));
		boolean complete = known.values().stream().flatMap(Set::stream).distinct().count() == hours
				&& known.values().stream().allMatch(Curve::isUnbroken);
		return Flow.of(
				flowing.stream().map((value) -> ZoneSum.of(value.zone(), value.estimated(), value.kWh())).toList(),
				complete);
	}

	private static boolean isUnbroken(SortedSet<Instant> hours) {
		return ChronoUnit.HOURS.between(hours.first(), hours.last()) + 1 == hours.size();
	}

}
