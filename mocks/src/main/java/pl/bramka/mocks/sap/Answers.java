package pl.bramka.mocks.sap;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answers to recent reads, until something changes: writing the same entities again
 * for every request would make the pretended system the slowest part of a load test.
 * Bounded by size.
 */
final class Answers {

	private static final int MOST_BYTES = 16 * 1024 * 1024;

	/** What an entry costs beside its address and body, roughly. */
	private static final int OVERHEAD = 200;

	private final Map<String, Answer> recent = new LinkedHashMap<>(16, 0.75f, true);

	private int bytes;

	private long version;

	synchronized Optional<Answer> find(String address) {
		return Optional.ofNullable(this.recent.get(address));
	}

	/** Counts the changes; an answer is kept only if none came while it was made. */
	synchronized long version() {
		return this.version;
	}

	synchronized void keep(String address, Answer answer, long version) {
		if (version != this.version || this.recent.containsKey(address)) {
			return;
		}
		this.recent.put(address, answer);
		this.bytes += weight(address, answer);
		Iterator<Map.Entry<String, Answer>> eldest = this.recent.entrySet().iterator();
		while (this.bytes > MOST_BYTES) {
			Map.Entry<String, Answer> entry = eldest.next();
			this.bytes -= weight(entry.getKey(), entry.getValue());
			eldest.remove();
		}
	}

	synchronized void forget() {
		this.recent.clear();
		this.bytes = 0;
		this.version++;
	}

	private static int weight(String address, Answer answer) {
		return OVERHEAD + address.length() + answer.body().length;
	}

	/**
	 * The body of a successful answer. It is handed out, never changed.
	 *
	 * @param type its content type
	 * @param body its bytes
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Answer(String type, byte[] body) {

		static final String JSON = "application/json;charset=utf-8";

	}

}
