package pl.bramka.gateway.meters;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.Medium;

/**
 * A meter of a contract, with all that billing says of it.
 *
 * @param id billing's number of it, with its leading zeros
 * @param contract the contract it measures for
 * @param serialNumber the number on its plate; empty if billing does not know it
 * @param description what it is
 * @param registers what is to be read on it; none of a meter that was taken away
 * @param plannedOn the next planned reading; absent if none is
 * @param billingMonth the days of the current billing period; absent unless the customer
 * reads the meter and is billed for it
 * @param results what it showed before, the latest first
 */
public record Meter(String id, Contract contract, String serialNumber, String description, List<Register> registers,
		@Nullable LocalDate plannedOn, @Nullable BillingMonth billingMonth, List<PastReading> results) {

	/**
	 * A stretch of days.
	 *
	 * @param first its first day
	 * @param last its last day
	 */
	public record BillingMonth(LocalDate first, LocalDate last) {

		/**
		 * Whether a day is in it.
		 * @param day the day, by the calendar of Europe/Warsaw
		 * @return whether it is
		 */
		public boolean has(LocalDate day) {
			return !day.isBefore(this.first) && !day.isAfter(this.last);
		}

	}

	/**
	 * Whether the customer may read this kind of meter at all.
	 * @return whether it measures electricity
	 */
	public boolean isElectric() {
		return this.contract.medium() == Medium.ELECTRICITY;
	}

	/** How much of a cache it takes: about a line of text each. */
	int weight() {
		return 1 + this.registers.size() + this.results.size();
	}

}
