package pl.bramka.gateway.idempotency;

import java.util.function.Function;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.idempotency.RequestStore.Kept;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * Does what a request asks once, however often and at however many nodes it comes.
 */
@Component
public final class Once {

	private final RequestStore store;

	private final JsonMapper json;

	Once(RequestStore store, JsonMapper json) {
		this.store = store;
		this.json = json;
	}

	/**
	 * Answers a request: by working on it, or as it was answered before. The work goes on
	 * though its caller may leave. What it refuses is not kept, so that the app may
	 * correct itself, unless something was begun: then the request is gone on with when
	 * it comes again.
	 * @param request which
	 * @param shape of the answer, written and read as JSON
	 * @param work does it; must ask the ticket what was begun before, and say what it
	 * begins
	 * @param <T> what is answered
	 * @return the answer; {@code request-under-way} while somebody works on it,
	 * {@code idempotency-key-reused} if the key stands for another request
	 */
	public <T> Mono<T> answer(Request request, Class<T> shape, Function<Ticket, Mono<T>> work) {
		return Mono.deferContextual((context) -> Mono.fromFuture(this.store.claim(request)
			.flatMap((ticket) -> carryOut(ticket, work))
			.switchIfEmpty(Mono.defer(() -> again(request, shape, work)))
			.contextWrite((none) -> none.putAll(context))
			.toFuture(), true));
	}

	/** One that was there a moment ago and is not now was refused just then. */
	private <T> Mono<T> again(Request request, Class<T> shape, Function<Ticket, Mono<T>> work) {
		return this.store.find(request)
			.switchIfEmpty(Mono.error(RequestStore::underWay))
			.flatMap((kept) -> this.store.isOld(kept) ? anew(request, kept, work) : same(request, kept, shape, work));
	}

	private <T> Mono<T> anew(Request request, Kept kept, Function<Ticket, Mono<T>> work) {
		return this.store.remove(request, kept)
			.then(Mono.defer(() -> this.store.claim(request)))
			.switchIfEmpty(Mono.error(RequestStore::underWay))
			.flatMap((ticket) -> carryOut(ticket, work));
	}

	private <T> Mono<T> same(Request request, Kept kept, Class<T> shape, Function<Ticket, Mono<T>> work) {
		if (!kept.hash().equals(request.hash())) {
			return Mono.error(Problem.of(ProblemCode.IDEMPOTENCY_KEY_REUSED));
		}
		if (kept.answer() != null) {
			return Mono.just(this.json.readValue(kept.answer(), shape));
		}
		if (this.store.isBusy(kept)) {
			return Mono.error(RequestStore.underWay());
		}
		return this.store.takeOver(request, kept)
			.switchIfEmpty(Mono.error(RequestStore::underWay))
			.flatMap((ticket) -> carryOut(ticket, work));
	}

	private <T> Mono<T> carryOut(Ticket ticket, Function<Ticket, Mono<T>> work) {
		return Mono.defer(() -> work.apply(ticket))
			.flatMap((answer) -> this.store.answer(ticket, this.json.writeValueAsString(answer))
				// It was done: whoever comes again finds what was begun.
				.onErrorComplete(Problem.class)
				.thenReturn(answer))
			.onErrorResume(
					(failure) -> this.store.leave(ticket).onErrorComplete(Problem.class).then(Mono.error(failure)));
	}

}
