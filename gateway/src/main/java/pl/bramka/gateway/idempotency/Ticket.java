package pl.bramka.gateway.idempotency;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The right to work on a request. One holds it at a time; whoever was given up for dead
 * finds it gone.
 */
public final class Ticket {

	private final RequestStore store;

	private final Request request;

	private final Instant busyUntil;

	private final @Nullable String subject;

	Ticket(RequestStore store, Request request, Instant busyUntil, @Nullable String subject) {
		this.store = store;
		this.request = request;
		this.busyUntil = busyUntil;
		this.subject = subject;
	}

	/**
	 * What somebody before began for this request and did not finish: it must be gone on
	 * with, and not begun again.
	 * @return its id, or nothing if nothing was begun
	 */
	public Optional<String> subject() {
		return Optional.ofNullable(this.subject);
	}

	/**
	 * Says what is begun, within the transaction that begins it.
	 * @param id of what
	 * @return completes if the ticket is still held; {@code request-under-way} otherwise
	 */
	public Mono<Void> begin(String id) {
		return this.store.begin(this.request, this.busyUntil, id);
	}

	/**
	 * Takes back that something was begun, within the transaction that ends it: it has
	 * had no effect, and the request may come again.
	 * @return completes when it is
	 */
	public Mono<Void> forget() {
		return this.store.forget(this.request);
	}

	Request request() {
		return this.request;
	}

	Instant busyUntil() {
		return this.busyUntil;
	}

}
