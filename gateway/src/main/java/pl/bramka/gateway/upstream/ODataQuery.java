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
	 * A query.
	 * @param name the name where it is measured
	 * @param path the template
	 * @param variables the values in order
	 * @return the query
	 */
	public static ODataQuery of(String name, String path, String... variables) {
		return new ODataQuery(name, path, List.of(variables));
	}

}
