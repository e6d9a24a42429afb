package pl.bramka.gateway.upstream;

import java.util.List;

/**
 * One read of an SAP OData service.
 *
 * @param name what the call is called where it is measured: few, fixed names
 * @param path entity path and query options below the service root, a constant template
 * with {@code {}} for each variable, for instance
 * {@code Accounts('{}')/Invoices?$filter=InvoiceDate ge datetime'{}T00:00:00'}
 * @param variables what goes into the template in order; each is encoded, and its quotes
 * are doubled, so that no value can leave its literal
 */
public record ODataQuery(String name, String path, List<String> variables) {

	/**
	 * Refuses a template that does not have one place for each variable.
	 */
	public ODataQuery {
		checkPlaces(path, variables);
	}

	/**
	 * A query.
	 * @param name the name where it is measured
	 * @param path the template
	 * @param variables the values in order
	 * @return the query
	 */
	public static ODataQuery of(String name, String path, String... variables) {
		return new ODataQuery(name, path, List.of(variables));
	}

	static void checkPlaces(String path, List<String> variables) {
		int places = path.split("\\{}", -1).length - 1;
		if (places != variables.size()) {
			throw new IllegalArgumentException(places + " places for " + variables.size() + " variables in " + path);
		}
	}

}
