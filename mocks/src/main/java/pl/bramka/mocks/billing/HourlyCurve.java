package pl.bramka.mocks.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.Meter;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.Filter;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.Rows;

/**
 * The hours of a smart meter, from a year and some weeks ago up to midnight of today.
 * They are made when asked for: a filter on {@code Timestamp} keeps that cheap. Hours are
 * true hours, so that the day on which clocks change has 23 or 25 of them. Not all of
 * them arrive: on a Wednesday, between one and two weeks ago, the hours that begin at 2
 * and 3 o'clock are missing in all registers, and the day after those from 8 to 10 are
 * estimated.
 *
 * @param contract the contract
 * @param meter its meter
 * @param curve what an average day looks like
 * @param start first hour
 * @param end end of the last hour
 * @param gap the day with hours that never arrived
 */
record HourlyCurve(Contract contract, Meter meter, Meter.Curve curve, Instant start, Instant end, LocalDate gap) {

	/** The register of what is fed into the grid; nobody reads it by hand. */
	private static final String FEED_IN = "003";

	private static final int DAYS = 400;

	/** The curves of everybody who has one. */
	static Rows all(Personas personas, LocalDate today) {
		Instant end = today.atStartOfDay(Personas.WARSAW).toInstant();
		Instant start = today.minusDays(DAYS).atStartOfDay(Personas.WARSAW).toInstant();
		LocalDate gap = today.minusWeeks(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.WEDNESDAY));
		List<HourlyCurve> curves = new ArrayList<>();
		personas.all().stream().flatMap((persona) -> persona.contracts().stream()).forEach((contract) -> {
			for (Meter meter : contract.meters()) {
				if (meter.curve() != null) {
					curves.add(new HourlyCurve(contract, meter, meter.curve(), start, end, gap));
				}
			}
		});
		return (filter) -> curves.stream().flatMap((curve) -> curve.rows(filter).stream()).toList();
	}

	private List<Row> rows(Filter filter) {
		List<Row> rows = new ArrayList<>();
		Instant hour = filter.earliest("Timestamp", this.start).truncatedTo(ChronoUnit.HOURS);
		Instant last = filter.latest("Timestamp", this.end.minusSeconds(1));
		for (; !hour.isAfter(last); hour = hour.plus(1, ChronoUnit.HOURS)) {
			ZonedDateTime local = hour.atZone(Personas.WARSAW);
			if (hasArrived(local)) {
				rows.add(row(peak(local) ? "001" : "002", local, this.curve.dailyUse(), useShare(local)));
				rows.add(row(FEED_IN, local, this.curve.dailyFeedIn(), feedInShare(local)));
			}
		}
		return rows.stream().filter(filter::accepts).toList();
	}

	private boolean hasArrived(ZonedDateTime local) {
		return !local.toLocalDate().equals(this.gap) || local.getHour() < 2 || local.getHour() > 3;
	}

	private boolean isEstimated(ZonedDateTime local) {
		return local.toLocalDate().equals(this.gap.plusDays(1)) && local.getHour() >= 8 && local.getHour() <= 10;
	}

	/** What a register counts: the type that it is read by, where it is read by hand. */
	private String type(String register) {
		return this.meter.registers()
			.stream()
			.filter((read) -> read.id().equals(register))
			.map(Meter.Register::type)
			.findFirst()
			.orElse(register.equals(FEED_IN) ? "2.8.0" : "");
	}

	private Row row(String register, ZonedDateTime local, BigDecimal daily, double share) {
		return Row.of("ContractID", this.contract.id(), "DeviceID", this.meter.deviceId(), "RegisterID", register,
				"ZZRegisterTypeID", type(register), "Timestamp", local.toInstant(), "OutputInterval", "60",
				"UnitOfMeasure", "kWh", "Value",
				daily.multiply(BigDecimal.valueOf(share)).setScale(3, RoundingMode.HALF_UP), "ZZQuality",
				isEstimated(local) ? "E" : "M");
	}

	/** G12w: 6 to 13 and 15 to 22 on working days. */
	private static boolean peak(ZonedDateTime local) {
		int hour = local.getHour();
		boolean weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
		return !weekend && ((hour >= 6 && hour < 13) || (hour >= 15 && hour < 22));
	}

	private static double useShare(ZonedDateTime local) {
		int hour = local.getHour();
		return (hour >= 17 && hour < 23) ? 0.09 : (hour >= 9 && hour < 15) ? 0.01 : 0.0333;
	}

	/** A bow over the light hours, lower in winter. */
	private static double feedInShare(ZonedDateTime local) {
		double light = Math.sin((local.getHour() - 6) * Math.PI / 13);
		double season = 1 - 0.7 * Math.cos((local.getMonthValue() - 1) * Math.PI / 6);
		return (local.getHour() > 6 && local.getHour() < 19) ? light * season * 0.12 : 0;
	}

}
