package pl.bramka.mocks.sap;

import java.util.List;
import java.util.function.Function;

/**
 * A function that is called by GET, its parameters being query options.
 *
 * @param name its name, which is also the path
 * @param parameter its one parameter
 * @param many whether it answers a collection
 * @param result what it answers for the value of the parameter
 */
public record FunctionImport(String name, String parameter, boolean many, Function<String, List<Row>> result) {

	List<Row> call(Query query) {
		String text = query.options().get(this.parameter);
		if (text == null || !(Literal.parse(text) instanceof String value)) {
			throw SapFault.malformed("Parameter " + this.parameter + " of " + this.name + " is missing");
		}
		return this.result.apply(value);
	}

}
