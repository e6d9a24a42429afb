package pl.bramka.gateway.consumption;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * Use over time.
 *
 * @param state stale if any part is
 * @param asOf when billing said so: the age of the oldest part
 * @param granularity what a point stands for
 * @param from the first day that was asked for
 * @param to the last day that was asked for
 * @param unit of all values; absent if there are none
 * @param points in order; a step that billing knows nothing of is left out
 * @param totals all points together
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConsumptionChart(State state, Instant asOf, Granularity granularity, LocalDate from, LocalDate to,
		@Schema(example = "kWh") @Nullable String unit, List<ConsumptionPoint> points, ConsumptionTotals totals) {

	/**
	 * One step of a chart.
	 *
	 * @param start when it begins, by the clock of Europe/Warsaw: the offset tells the
	 * two hours apart that are both called 2 o'clock when summer time ends
	 * @param end when it ends, not part of it
	 * @param use what was taken from the grid; absent if billing knows nothing of it
	 * @param feedIn what a prosumer gave to the grid, never part of the use; absent if
	 * there is none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ConsumptionPoint(@Schema(example = "2026-10-25T02:00:00+01:00") OffsetDateTime start,
			@Schema(example = "2026-10-25T03:00:00+01:00") OffsetDateTime end, @Nullable Flow use,
			@Nullable Flow feedIn) {

		LocalDate day() {
			return this.start.toLocalDate();
		}

		@Nullable Flow flow(boolean fedIn) {
			return fedIn ? this.feedIn : this.use;
		}

		private boolean isWhole(boolean fedIn) {
			Flow flow = flow(fedIn);
			return flow != null && flow.complete();
		}

		int weight() {
			return ((this.use != null) ? this.use.zones().size() : 0)
					+ ((this.feedIn != null) ? this.feedIn.zones().size() : 0);
		}

	}

	/**
	 * All points of a chart together. Complete if no step is missing that is over by now
	 * and lies in the contract's time, and all of them are complete.
	 *
	 * @param use what was taken from the grid; absent if no point has it
	 * @param feedIn what was given to the grid; absent if no point has it
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ConsumptionTotals(@Nullable Flow use, @Nullable Flow feedIn) {
	}

	/**
	 * What billing says of some days.
	 *
	 * @param unit of its values, if there are any
	 * @param points in order
	 */
	record Stretch(@Nullable String unit, List<ConsumptionPoint> points) {

		/** What an empty one takes, in values. */
		private static final int EMPTY = 10;

		int weight() {
			return EMPTY + this.points.stream().mapToInt(ConsumptionPoint::weight).sum();
		}

	}

	/**
	 * Joins what billing said of pieces of the days.
	 * @param query what was asked for
	 * @param days the steps of it that there can be
	 * @param today tells which steps are over
	 * @param pieces in order; they may have more days
	 */
	static ConsumptionChart of(ConsumptionQuery query, Days days, LocalDate today, Aged<List<Stretch>> pieces) {
		Granularity granularity = query.granularity();
		List<ConsumptionPoint> points = pieces.value()
			.stream()
			.flatMap((piece) -> piece.points().stream())
			.filter((point) -> days.has(point.day()))
			.toList();
		Days over = days.and(new Days(days.first(), granularity.over(today)));
		return new ConsumptionChart(pieces.state(), pieces.asOf(), granularity, query.days().first(),
				query.days().last(), points.isEmpty() ? null : unit(pieces.value()), points,
				new ConsumptionTotals(total(granularity, points, over, false), total(granularity, points, over, true)));
	}

	private static @Nullable Flow total(Granularity granularity, List<ConsumptionPoint> points, Days over,
			boolean fedIn) {
		long known = points.stream()
			.filter((point) -> over.has(point.day()) && point.isWhole(fedIn))
			.map((point) -> granularity.step(point.start()))
			.distinct()
			.count();
		return Flow.of(points.stream()
			.map((point) -> point.flow(fedIn))
			.filter(Objects::nonNull)
			.flatMap((flow) -> flow.zones().stream())
			.toList(), known >= granularity.steps(over));
	}

	/** Of values in different units there is no chart and no sum. */
	private static @Nullable String unit(List<Stretch> pieces) {
		List<String> units = pieces.stream().map(Stretch::unit).filter(Objects::nonNull).distinct().toList();
		if (units.size() > 1) {
			throw Problem.of(ProblemCode.BILLING_UNAVAILABLE);
		}
		return units.isEmpty() ? null : units.getFirst();
	}

}
