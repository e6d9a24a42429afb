package pl.bramka.gateway.meters;

import java.math.BigDecimal;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.money.Money;

/**
 * What billing knows that one register showed.
 *
 * @param id billing's number of it
 * @param registerId the register
 * @param on the day it was read
 * @param value what it showed
 * @param use what was used since the reading before; absent if billing does not say
 * @param source who read it
 * @param periodic whether it is one that is billed from, not a control
 * @param locked whether billing found it implausible, and somebody will look at it
 * @param billed what was billed for it and by which document; absent if nothing was
 */
public record PastReading(String id, String registerId, LocalDate on, BigDecimal value, @Nullable BigDecimal use,
		Source source, boolean periodic, boolean locked, @Nullable Billed billed) {

	/**
	 * Who read a register.
	 */
	public enum Source {

		/** The network's operator. */
		OPERATOR,

		/** The customer. */
		CUSTOMER,

		/** Nobody: it was estimated. */
		ESTIMATED

	}

	/**
	 * What a reading cost.
	 *
	 * @param amount to be paid
	 * @param invoiceId the document that says so
	 */
	public record Billed(Money amount, String invoiceId) {
	}

}
