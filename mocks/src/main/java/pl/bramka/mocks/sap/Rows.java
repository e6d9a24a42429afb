package pl.bramka.mocks.sap;

import java.util.List;

/**
 * Where the entities of a set come from.
 */
@FunctionalInterface
public interface Rows {

	/**
	 * The rows that a filter accepts.
	 */
	List<Row> matching(Filter filter);

}
