package pl.bramka.gateway.contracts;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of contracts that exist for the app.
 */
public enum ContractKind {

	/** Sale only. */
	SALES,

	/** Sale and distribution with one seller. */
	COMPREHENSIVE;

	/**
	 * The kind by CRM's name, or nothing if there is no such contract for the app. The
	 * one place that decides it: a distribution contract is neither, and so is every kind
	 * that CRM may invent.
	 */
	static @Nullable ContractKind of(String type) {
		return switch (type) {
			case "SALES" -> SALES;
			case "COMPREHENSIVE" -> COMPREHENSIVE;
			default -> null;
		};
	}

}
