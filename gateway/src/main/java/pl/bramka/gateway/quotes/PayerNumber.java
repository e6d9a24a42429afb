package pl.bramka.gateway.quotes;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import pl.bramka.gateway.contracts.Contract;

/**
 * What the fee depends on: its documents are paid without a fee if each of its contracts
 * has a price guarantee and its invoices are e-invoices. The one place that decides it.
 *
 * @param missing what lacks for that; empty if nothing
 * @param contractIds the contracts that were looked at
 */
record PayerNumber(List<Missing> missing, List<String> contractIds) {

	/**
	 * Decides by the contracts of a payer number that are in force: one that is over had
	 * its price guarantee, and one that is to come has yet to have it. If none is in
	 * force nothing guarantees a price.
	 */
	static PayerNumber of(List<Contract> contracts, boolean eInvoice, LocalDate today) {
		List<Contract> inForce = contracts.stream().filter((contract) -> isInForce(contract, today)).toList();
		List<Missing> missing = new ArrayList<>(2);
		if (inForce.isEmpty() || !inForce.stream().allMatch((contract) -> isGuaranteed(contract, today))) {
			missing.add(Missing.PRICE_GUARANTEE);
		}
		if (!eInvoice) {
			missing.add(Missing.E_INVOICE);
		}
		return new PayerNumber(List.copyOf(missing),
				(inForce.isEmpty() ? contracts : inForce).stream().map(Contract::id).toList());
	}

	private static boolean isInForce(Contract contract, LocalDate today) {
		return !contract.validFrom().isAfter(today)
				&& (contract.validTo() == null || !contract.validTo().isBefore(today));
	}

	private static boolean isGuaranteed(Contract contract, LocalDate today) {
		return contract.priceGuaranteeUntil() != null && !contract.priceGuaranteeUntil().isBefore(today);
	}

}
