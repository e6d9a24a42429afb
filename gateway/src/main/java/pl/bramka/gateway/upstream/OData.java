package pl.bramka.gateway.upstream;

import java.util.List;
import java.util.function.Function;

import reactor.core.publisher.Mono;

/**
 * A system that speaks SAP OData V2: billing or CRM.
 */
public interface OData {

	/**
	 * Reads one entity.
	 * @param query what to read
	 * @param wire the record that holds the fields we read
	 * @param from makes our shape of it; whatever it throws counts as a garbled answer
	 * @param <W> the wire record
	 * @param <T> our shape
	 * @return the entity; empty if the system has none under that key; a
	 * {@link pl.bramka.gateway.problem.Problem} if it failed or refused
	 */
	<W, T> Mono<T> one(ODataQuery query, Class<W> wire, Function<W, T> from);

	/**
	 * Reads a collection.
	 * @param query what to read
	 * @param wire the record that holds the fields we read of each entity
	 * @param from makes our shape of one; whatever it throws counts as a garbled answer
	 * @param <W> the wire record
	 * @param <T> our shape
	 * @return the entities, an empty list if there are none; a
	 * {@link pl.bramka.gateway.problem.Problem} if the system failed or refused
	 */
	<W, T> Mono<List<T>> many(ODataQuery query, Class<W> wire, Function<W, T> from);

	/**
	 * Changes something, after the handshake the protocol asks for. Sent once: a change
	 * is never retried.
	 * @param write what to change
	 * @param wire the record that holds the fields we read of the answer
	 * @param from makes our shape of it; whatever it throws counts as a garbled answer
	 * @param <W> the wire record
	 * @param <T> our shape
	 * @return the answer; empty if the system gave none; a {@link Refusal} with the
	 * system's code if it said no; a {@link pl.bramka.gateway.problem.Problem} if it
	 * failed
	 */
	<W, T> Mono<T> write(ODataWrite write, Class<W> wire, Function<W, T> from);

	/**
	 * Reads a file piece by piece: no more of it is kept than is on its way.
	 * @param query where it is
	 * @param kind what it must be, whatever the system calls it
	 * @param limits how long and how large it may be
	 * @param to takes it; called once the first bytes have come and are those of such a
	 * file, before that whatever fails is a problem. Ends with a problem if the rest does
	 * not come
	 * @param <T> what taking it brings
	 * @return what taking it brought; empty if the system has no such file; a
	 * {@link pl.bramka.gateway.problem.Problem} if it failed or refused
	 */
	<T> Mono<T> file(ODataQuery query, FileKind kind, FileLimits limits, Function<FileStream, Mono<T>> to);

}
