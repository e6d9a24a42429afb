package pl.bramka.gateway.readings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.meters.PastReading;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.readingrules.ReadValue;
import pl.bramka.gateway.readingrules.ReadingKind;

/**
 * A reading that a customer gave.
 *
 * @param id our number of it
 * @param customerId whose
 * @param meterId the meter
 * @param kind what it is for, by the day of its arrival
 * @param confirmed whether the customer was asked and is sure
 * @param values what was read, a value for each register
 * @param arrivedAt when it came here
 * @param on the day of that, by the calendar of Europe/Warsaw
 * @param state how far it is
 * @param sent whether billing may have seen it
 * @param refusal why billing would not take it; absent unless it refused
 * @param billed what it costs; absent unless billing said so
 */
record StoredReading(String id, String customerId, String meterId, ReadingKind kind, boolean confirmed,
		List<ReadValue> values, Instant arrivedAt, LocalDate on, Reading.State state, boolean sent,
		@Nullable ProblemCode refusal, PastReading.@Nullable Billed billed) {

	/** What tells it from others of that day. */
	String key() {
		return "A" + this.id;
	}

	StoredReading taken(Delivery.Taken taken) {
		return new StoredReading(this.id, this.customerId, this.meterId, this.kind, this.confirmed, this.values,
				this.arrivedAt, this.on, taken.locked() ? Reading.State.UNDER_REVIEW : Reading.State.ACCEPTED, true,
				null, taken.billed());
	}

	/** Neither whose nor what. */
	@Override
	public String toString() {
		return "StoredReading[" + this.id + ", " + this.state + "]";
	}

}
