package pl.bramka.gateway.consumption;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.meters.Zone;

/**
 * What went one way through the meter in some time.
 *
 * @param complete whether there was a value for every hour of that time; if not, it was
 * more than this
 * @param zones how much in each zone, those that have a value
 */
record Flow(boolean complete, List<ZoneSum> zones) {

	/**
	 * How much in one zone, in the chart's unit, always with three decimals. Measured and
	 * estimated stand apart; together they are what was used.
	 *
	 * @param zone the zone
	 * @param measured what was read from the meter; absent if nothing was
	 * @param estimated what was estimated; absent if nothing was
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ZoneSum(Zone zone, @Nullable BigDecimal measured, @Nullable BigDecimal estimated) {

		static ZoneSum of(Zone zone, boolean estimated, BigDecimal value) {
			return new ZoneSum(zone, estimated ? null : value, estimated ? value : null);
		}

		private ZoneSum plus(ZoneSum other) {
			return new ZoneSum(this.zone, sum(this.measured, other.measured), sum(this.estimated, other.estimated));
		}

		/** Of nothing and nothing there is no sum: it is not zero. */
		private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
			if (one == null || other == null) {
				return (one != null) ? one : other;
			}
			return one.add(other);
		}

	}

	/** Nothing if there is no value at all. */
	static @Nullable Flow of(List<ZoneSum> values, boolean complete) {
		Map<Zone, ZoneSum> zones = new EnumMap<>(Zone.class);
		values.forEach((value) -> zones.merge(value.zone(), value, ZoneSum::plus));
		return zones.isEmpty() ? null : new Flow(complete, new ArrayList<>(zones.values()));
	}

}
