package pl.bramka.gateway.freshness;

import java.time.Instant;
import java.util.function.Function;

/**
 * A value and how old it is.
 *
 * @param value what was loaded
 * @param asOf when the upstream said so
 * @param state {@link State#FRESH} or {@link State#STALE}
 * @param <V> the kind of value
 */
public record Aged<V>(V value, Instant asOf, State state) {

	/**
	 * Something made of the value, as old as the value.
	 * @param change makes it
	 * @param <R> the kind of result
	 * @return the result with the same age
	 */
	public <R> Aged<R> map(Function<V, R> change) {
		return new Aged<>(change.apply(this.value), this.asOf, this.state);
	}

}
