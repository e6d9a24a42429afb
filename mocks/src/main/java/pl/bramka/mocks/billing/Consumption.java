package pl.bramka.mocks.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.Medium;
import pl.bramka.mocks.personas.Meter;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.Row;

/**
 * Use of each month: what an average day of the meters gives, more in winter.
 */
final class Consumption {

	private static final int MONTHS = 36;

	/** A cubic metre of natural gas in kilowatt-hours. */
	private static final BigDecimal KWH_PER_CUBIC_METRE = new BigDecimal("11.2");

	private Consumption() {
	}

	static List<Row> rows(Personas personas, LocalDate today) {
		List<Row> rows = new ArrayList<>();
		personas.all().stream().flatMap((persona) -> persona.contracts().stream()).forEach((contract) -> {
			for (int age = MONTHS; age > 0; age--) {
				LocalDate month = today.withDayOfMonth(1).minusMonths(age);
				if (!month.isBefore(contract.since())) {
					rows.add(month(contract, month));
				}
			}
		});
		return rows;
	}

	private static Row month(Contract contract, LocalDate month) {
		BigDecimal days = BigDecimal.valueOf(month.lengthOfMonth());
		BigDecimal use = dailyUse(contract).multiply(days)
			.multiply(season(contract.medium(), month))
			.setScale(0, RoundingMode.HALF_UP);
		return Row.of("ContractID", contract.id(), "ConsumptionPeriodTypeID", "MO", "StartDate", month, "EndDate",
				month.plusMonths(1).minusDays(1), "ConsumptionValue", use, "ConsumptionUnit", "kWh", "BilledAmount",
				use.multiply(contract.pricePerKwh()).setScale(2, RoundingMode.HALF_UP), "Currency", "PLN",
				"BillingPeriodYear", Integer.toString(month.getYear()), "BillingPeriodMonth",
				Integer.toString(100 + month.getMonthValue()).substring(1), "MeterReadingCategoryID",
				(month.getMonthValue() % 4 == 0) ? "03" : "01");
	}

	private static BigDecimal dailyUse(Contract contract) {
		BigDecimal use = contract.meters()
			.stream()
			.flatMap((meter) -> meter.registers().stream())
			.map(Meter.Register::dailyUse)
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		return (contract.medium() == Medium.GAS) ? use.multiply(KWH_PER_CUBIC_METRE) : use;
	}

	private static BigDecimal season(Medium medium, LocalDate month) {
		double swing = (medium == Medium.GAS) ? 0.8 : 0.2;
		return BigDecimal.valueOf(1 + swing * Math.cos((month.getMonthValue() - 1) * Math.PI / 6));
	}

}
