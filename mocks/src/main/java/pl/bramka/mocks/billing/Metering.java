package pl.bramka.mocks.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.Medium;
import pl.bramka.mocks.personas.Meter;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.Table;

/**
 * Meters, what they showed, and when they are read next.
 */
final class Metering {

	/** How many past readings each register has, and how many days lie between two. */
	private static final int PAST_READINGS = 6;

	private static final int DAYS_BETWEEN = 60;

	final Table devices;

	final Table registers;

	final Table results;

	final Table planned;

	/** The contract of each meter, by DeviceID. */
	private final Map<String, Contract> contracts = new HashMap<>();

	private final Map<String, Meter> meters = new HashMap<>();

	Metering(Personas personas) {
		List<Row> devices = new ArrayList<>();
		List<Row> registers = new ArrayList<>();
		List<Row> results = new ArrayList<>();
		List<Row> planned = new ArrayList<>();
		personas.all().stream().flatMap((persona) -> persona.contracts().stream()).forEach((contract) -> {
			for (Meter meter : contract.meters()) {
				this.contracts.put(meter.deviceId(), contract);
				this.meters.put(meter.deviceId(), meter);
				devices.add(device(contract, meter, meter.serialNumber()));
				if (meter.duplicateRow()) {
					devices.add(device(contract, meter, ""));
				}
				planned.add(Row.of("DeviceID", meter.deviceId(), "MeterReadingDate", meter.nextRead(),
						"MeterReadingReasonID", "01"));
				for (Meter.Register register : meter.registers()) {
					registers.add(register(meter, register));
					past(contract, meter, register, results);
				}
			}
		});
		this.devices = new Table(devices);
		this.registers = new Table(registers);
		this.results = new Table(results);
		this.planned = new Table(planned);
	}

	boolean knows(String deviceId) {
		return this.meters.containsKey(deviceId);
	}

	Contract contract(String deviceId) {
		return present(this.contracts.get(deviceId), deviceId);
	}

	Meter meter(String deviceId) {
		return present(this.meters.get(deviceId), deviceId);
	}

	void reset() {
		this.registers.reset();
		this.results.reset();
	}

	private static Row device(Contract contract, Meter meter, String serialNumber) {
		return Row.of("DeviceID", meter.deviceId(), "ContractID", contract.id(), "DivisionID",
				(contract.medium() == Medium.ELECTRICITY) ? "01" : "02", "SerialNumber", serialNumber,
				"DeviceDescription", meter.description(), "ZZInstallationType", "SLP");
	}

	private static Row register(Meter meter, Meter.Register register) {
		return Row.of("DeviceID", meter.deviceId(), "RegisterID", register.id(), "RegisterTypeID", register.type(),
				"ReadingUnit", register.unit(), "IntegerPlaces", Integer.toString(register.integerPlaces()),
				"DecimalPlaces", Integer.toString(register.decimalPlaces()), "PreviousMeterReadingResult",
				register.lastReading(), "PreviousMeterReadingDate", meter.lastRead(), "PreviousMeterReadingCategoryID",
				"01");
	}

	private static void past(Contract contract, Meter meter, Meter.Register register, List<Row> results) {
		BigDecimal use = register.dailyUse()
			.multiply(BigDecimal.valueOf(DAYS_BETWEEN))
			.setScale(register.decimalPlaces(), RoundingMode.HALF_UP);
		for (int age = PAST_READINGS - 1; age >= 0; age--) {
			LocalDate day = meter.lastRead().minusDays((long) age * DAYS_BETWEEN);
			BigDecimal value = register.lastReading().subtract(use.multiply(BigDecimal.valueOf(age)));
			if (!day.isBefore(contract.since()) && value.signum() >= 0) {
				String id = String.format(Locale.ROOT, "%s%s%02d", meter.deviceId().substring(3), register.id(), age);
				results.add(Row.of("MeterReadingResultID", id, "DeviceID", meter.deviceId(), "RegisterID",
						register.id(), "ReadingResult", value, "ReadingDateTime", day, "ReadingUnit", register.unit(),
						"MeterReadingNoteID", "", "Consumption", use, "MeterReadingReasonID", "01",
						"MeterReadingCategoryID", List.of("01", "02", "03").get(age % 3), "MeterReadingStatusID", "7",
						"ZZBilledAmount", null, "ZZInvoiceID", "", "ZZLeadingResultID", ""));
			}
		}
	}

	private static <T> T present(@Nullable T value, String deviceId) {
		if (value == null) {
			throw new IllegalArgumentException("There is no meter " + deviceId);
		}
		return value;
	}

}
