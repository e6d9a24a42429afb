package pl.bramka.mocks;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The four systems behind the gateway.
 */
public enum UpstreamName {

	/** Invoices, meters, consumption. */
	BILLING,

	/** Customers, contracts, messages. */
	CRM,

	/** The payment operator. */
	OPERATOR,

	/** The identity provider. */
	IDENTITY;

	/**
	 * The name as it is written in URLs and commands.
	 * @return lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Reads a name as it is written in URLs and commands.
	 * @param id lower or upper case
	 * @return the upstream
	 * @throws IllegalArgumentException with the list of names if there is none such
	 */
	public static UpstreamName of(String id) {
		return Arrays.stream(values())
			.filter((name) -> name.id().equalsIgnoreCase(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No upstream '" + id + "'; there are "
					+ Arrays.stream(values()).map(UpstreamName::id).collect(Collectors.joining(", "))));
	}

}
