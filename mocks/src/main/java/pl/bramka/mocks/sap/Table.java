package pl.bramka.mocks.sap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rows that requests may change. What they add is bounded: beyond the limit the oldest
 * addition is dropped, so that a long load test cannot fill the memory.
 */
public final class Table implements Rows {

	private static final int ADDITIONS = 5_000;

	private final List<Row> original;

	private final List<Row> kept = new ArrayList<>();

	private final Deque<Row> added = new ArrayDeque<>();

	private volatile List<Row> rows = List.of();

	/**
	 * A table that starts with, and is reset to, these rows.
	 */
	public Table(List<Row> original) {
		this.original = List.copyOf(original);
		reset();
	}

	@Override
	public List<Row> matching(Filter filter) {
		return this.rows.stream().filter(filter::accepts).toList();
	}

	/** Adds a row behind all others. */
	public synchronized void add(Row row) {
		if (this.added.size() == ADDITIONS) {
			this.added.removeFirst();
		}
		this.added.addLast(row);
		publish();
	}

	/** Changes every row that the filter accepts. */
	public synchronized void change(Filter which, UnaryOperator<Row> change) {
		UnaryOperator<Row> selective = (row) -> which.accepts(row) ? change.apply(row) : row;
		this.kept.replaceAll(selective);
		List<Row> changed = this.added.stream().map(selective).toList();
		this.added.clear();
		this.added.addAll(changed);
		publish();
	}

	/** Removes every row that the filter accepts. */
	public synchronized void remove(Filter which) {
		this.kept.removeIf(which::accepts);
		this.added.removeIf(which::accepts);
		publish();
	}

	/** Back to the original rows. */
	public synchronized void reset() {
		this.kept.clear();
		this.kept.addAll(this.original);
		this.added.clear();
		publish();
	}

	private void publish() {
		List<Row> all = new ArrayList<>(this.kept);
		all.addAll(this.added);
		this.rows = all;
	}

}
