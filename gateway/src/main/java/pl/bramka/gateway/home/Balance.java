package pl.bramka.gateway.home;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

import pl.bramka.gateway.invoices.OpenInvoices;
import pl.bramka.gateway.money.Money;

/**
 * How much is open. Credits count against debts.
 *
 * @param total all of it; not the sum of the media if a payer number stands for several
 * @param media per medium
 * @param message for a person: how many documents are to be paid, how much that is, by
 * when, and what stands against it as a credit
 */
record Balance(Money total, List<OpenInvoices.MediumBalance> media,
		@Schema(example = "3 faktury do zapłaty, razem 1 234,50 zł, najbliższa do 5 grudnia 2026") String message) {

	static Balance of(OpenInvoices open, String message) {
		return new Balance(open.balance().total(), open.balance().media(), message);
	}

}
