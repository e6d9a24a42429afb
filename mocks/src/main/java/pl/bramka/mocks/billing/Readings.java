package pl.bramka.mocks.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.DocumentKind;
import pl.bramka.mocks.personas.Meter;
import pl.bramka.mocks.sap.Filter;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.SapFault;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes readings in. All registers of a meter come in one piece. A periodic reading
 * counts only around the planned one; where the customer has Telerachunek, it is billed
 * at once.
 */
final class Readings {

	/** The planned reading may come that many days early or late. */
	static final int DAYS_EARLY = 5;

	static final int DAYS_LATE = 2;

	private static final String PERIODIC = "01";

	private static final String SURE = "ZI01";

	private final Metering metering;

	private final Ledger ledger;

	private final Customers customers;

	private final Supplier<LocalDate> today;

	private final AtomicInteger taken = new AtomicInteger();

	private final Map<String, Integer> takenOf = new HashMap<>();

	Readings(Metering metering, Ledger ledger, Customers customers, Supplier<LocalDate> today) {
		this.metering = metering;
		this.ledger = ledger;
		this.customers = customers;
		this.today = today;
	}

	/** Takes one meter's reading and answers the leading result. */
	synchronized Row take(ObjectNode body) {
		List<ReadingEntry> entries = ReadingEntry.all(body);
		ReadingEntry lead = entries.getFirst();
		checkMeter(entries, lead);
		Meter meter = this.metering.meter(lead.deviceId());
		Contract contract = this.metering.contract(lead.deviceId());
		boolean periodic = lead.reason().equals(PERIODIC);
		checkTime(meter, lead, periodic);
		List<TakenReading> all = entries.stream()
			.map((entry) -> TakenReading.of(entry, meter, previous(entry)))
			.toList();
		List<ReadingEntry> doubtful = all.stream().filter(TakenReading::implausible).map(TakenReading::entry).toList();
		if (!doubtful.stream().allMatch((entry) -> entry.note().equals(SURE))) {
			throw SapFault.business("ZBFF_MR/001", "Odczyt jest nieprawdopodobny, potwierdź wartość",
					Collections.nCopies(doubtful.size(), "ReadingResult").toArray(String[]::new));
		}
		boolean implausible = !doubtful.isEmpty();
		boolean billed = periodic && contract.telerachunek() && !implausible;
		String status = implausible ? "2" : billed ? "7" : "1";
		BigDecimal amount = billed ? amount(contract, all) : null;
		String invoice = (amount != null) ? bill(contract, amount) : "";
		Row answer = all.getFirst().row(nextId(), status, "", amount, invoice);
		this.metering.results.add(answer);
		String leading = answer.text("MeterReadingResultID");
		all.stream().skip(1).forEach((one) -> this.metering.results.add(one.row(nextId(), status, leading, null, "")));
		if (periodic && !implausible) {
			all.forEach(this::moveOn);
		}
		this.takenOf.merge(lead.deviceId(), 1, Integer::sum);
		return answer;
	}

	/** A periodic reading that nobody doubts. */
	synchronized void readByOperator(String deviceId, List<String> values, LocalDate day) {
		Meter meter = this.metering.meter(deviceId);
		for (int i = 0; i < values.size(); i++) {
			ReadingEntry entry = new ReadingEntry(deviceId, meter.registers().get(i).id(),
					new BigDecimal(values.get(i)), day, "", PERIODIC);
			TakenReading read = TakenReading.of(entry, meter, previous(entry));
			this.metering.results.add(read.row(nextId(), "1", "", null, "").with("MeterReadingCategoryID", "01"));
			moveOn(read);
		}
	}

	synchronized int taken(String deviceId) {
		return this.takenOf.getOrDefault(deviceId, 0);
	}

	synchronized void reset() {
		this.taken.set(0);
		this.takenOf.clear();
	}

	private String nextId() {
		return String.format(Locale.ROOT, "%020d", this.taken.incrementAndGet());
	}

	private void checkMeter(List<ReadingEntry> entries, ReadingEntry lead) {
		if (!this.metering.knows(lead.deviceId())) {
			throw SapFault.business("EL/209", "Nie można przetworzyć odczytu: nieznany licznik", "DeviceID");
		}
		Set<String> expected = this.metering.meter(lead.deviceId())
			.registers()
			.stream()
			.map(Meter.Register::id)
			.collect(Collectors.toSet());
		Set<String> given = entries.stream().map(ReadingEntry::registerId).collect(Collectors.toSet());
		boolean oneMeterOneDay = entries.stream()
			.allMatch((entry) -> entry.deviceId().equals(lead.deviceId()) && entry.day().equals(lead.day()));
		if (!oneMeterOneDay || !given.equals(expected) || entries.size() != expected.size()) {
			throw SapFault.business("EL/209", "Nie można przetworzyć odczytu: podaj wszystkie strefy licznika",
					"RegisterID");
		}
	}

	private void checkTime(Meter meter, ReadingEntry lead, boolean periodic) {
		LocalDate day = lead.day();
		if (day.isAfter(this.today.get()) || day.isBefore(meter.lastRead())) {
			throw SapFault.business("EL/209", "Nie można przetworzyć odczytu: niewłaściwa data", "ReadingDateTime");
		}
		LocalDate opens = meter.nextRead().minusDays(DAYS_EARLY);
		LocalDate closes = meter.nextRead().plusDays(DAYS_LATE);
		boolean repeated = this.metering.results.matching(Filter.equal("DeviceID", meter.deviceId()))
			.stream()
			.anyMatch((row) -> {
				LocalDate before = row.date("ReadingDateTime");
				boolean sameRead = periodic && row.text("MeterReadingReasonID").equals(PERIODIC);
				return before.equals(day) || (sameRead && !before.isBefore(opens));
			});
		if (repeated) {
			throw SapFault.business("EL/424", "Odczyt już istnieje", "ReadingDateTime");
		}
		if (periodic && (day.isBefore(opens) || day.isAfter(closes))) {
			throw SapFault.business("EL/459", "Odczyt poza terminem odczytu rozliczeniowego", "ReadingDateTime");
		}
	}

	private Row previous(ReadingEntry entry) {
		return this.metering.registers.matching(register(entry)).getFirst();
	}

	private static Filter register(ReadingEntry entry) {
		return Filter.equal("DeviceID", entry.deviceId()).and(Filter.equal("RegisterID", entry.registerId()));
	}

	private void moveOn(TakenReading one) {
		this.metering.registers.change(register(one.entry()),
				(row) -> row.with("PreviousMeterReadingResult", one.entry().value())
					.with("PreviousMeterReadingDate", one.entry().day())
					.with("PreviousMeterReadingCategoryID", "02"));
	}

	private static BigDecimal amount(Contract contract, List<TakenReading> all) {
		BigDecimal use = all.stream().map(TakenReading::use).reduce(BigDecimal.ZERO, BigDecimal::add);
		return use.multiply(contract.pricePerKwh()).setScale(2, RoundingMode.HALF_UP);
	}

	private String bill(Contract contract, BigDecimal amount) {
		Row row = this.customers.contracts.matching(Filter.equal("ContractID", contract.id())).getFirst();
		Row account = this.customers.contractAccount(row.text("ContractAccountID"));
		return this.ledger.add(account, DocumentKind.INVOICE, amount.movePointRight(2).longValueExact(),
				this.today.get());
	}

}
