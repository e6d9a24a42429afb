package pl.bramka.gateway.ratelimit;

import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.List;
import java.util.Set;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import pl.bramka.gateway.keys.Pseudonyms;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Asks the limits whether a request may go on. All limits of one place are asked at once;
 * if one of them refuses, what the others took is given back, and also what wider limits
 * took of this request before: whoever runs into their own limit takes nothing from their
 * neighbours.
 */
@Component
public final class Limits {

	private static final String TAKEN = Limits.class.getName();

	/** Long enough for a Redis that starts again, or for the next one in its place. */
	private static final Duration WITHOUT_STORE = Duration.ofSeconds(5);

	/** After these the provider may have looked at the password, and it was not right. */
	private static final Set<ProblemCode> MAY_BE_GUESSES = Set.of(ProblemCode.INVALID_CREDENTIALS,
			ProblemCode.IDENTITY_UNAVAILABLE, ProblemCode.IDENTITY_REFUSED, ProblemCode.DEADLINE_EXCEEDED,
			ProblemCode.INTERNAL_ERROR);

	private final LimitsInForce limits;

	private final LocalBuckets local;

	private final SharedBuckets shared;

	private final Pseudonyms pseudonyms;

	Limits(LimitsInForce limits, LocalBuckets local, SharedBuckets shared, Pseudonyms pseudonyms) {
		this.limits = limits;
		this.local = local;
		this.shared = shared;
		this.pseudonyms = pseudonyms;
	}

	/**
	 * Counts a call that no gate could count, since only now it is known whose it is.
	 * @param exchange the call
	 * @param key what is known now
	 * @param value the device's thumbprint, the e-mail as given
	 * @return empty if the call may go on, a problem otherwise
	 */
	public Mono<Void> charge(ServerWebExchange exchange, LimitKey key, String value) {
		return Mono.defer(() -> pass(exchange, of(exchange, key, value))).then();
	}

	/**
	 * Lets somebody try a password. The try is counted before the provider is asked, so
	 * that never more are under way than are left, and given back once the password was
	 * right: only wrong ones count. A try that is refused here costs nothing, so asking
	 * again keeps nobody out for longer.
	 * @param exchange the call
	 * @param device the device's thumbprint
	 * @param email the e-mail as given
	 * @param attempt asks the provider; subscribed only if the limits allow it
	 * @return what the attempt brings, or a problem
	 */
	public <T> Mono<T> attempt(ServerWebExchange exchange, String device, String email, Mono<T> attempt) {
		return Mono.defer(() -> {
			List<Charge> charges = of(exchange, LimitKey.DEVICE, device);
			charges.addAll(of(exchange, LimitKey.EMAIL, email));
			return pass(exchange, charges).flatMap((allowed) -> attempt)
				.doOnSuccess((session) -> wasNoGuess(exchange))
				.doOnError(Problem.class, (problem) -> {
					if (!MAY_BE_GUESSES.contains(problem.code())) {
						wasNoGuess(exchange);
					}
				});
		});
	}

	/** What this request takes of the limits of one kind of key. */
	List<Charge> of(ServerWebExchange exchange, LimitKey key, String value) {
		return this.limits.charges(exchange.getRequest(), key,
				(key == LimitKey.EMAIL) ? this.pseudonyms.of(spelled(value)) : value);
	}

	/**
	 * Takes all or nothing.
	 * @return the exchange to go on with, or a problem
	 */
	Mono<ServerWebExchange> pass(ServerWebExchange exchange, List<Charge> charges) {
		if (charges.isEmpty()) {
			return Mono.just(exchange);
		}
		List<CompletableFuture<Outcome>> asked = charges.stream().map(this::ask).toList();
		CompletableFuture<Void> all = CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new));
		if (all.isDone()) {
			return settle(exchange, asked);
		}
		// Redis answers on a thread of its own, which all its commands share.
		return Mono.fromFuture(all.thenApplyAsync((nothing) -> asked, eventLoop(exchange.getRequest())), true)
			.flatMap((answered) -> settle(exchange, answered));
	}

	private CompletableFuture<Outcome> ask(Charge charge) {
		if (!charge.limit().policy().shared() || !this.shared.exist()) {
			return CompletableFuture.completedFuture(new Outcome(charge, this.local.take(charge), false));
		}
		return this.shared.take(charge)
			.thenApply((answer) -> answer.map((result) -> new Outcome(charge, result, true))
				.orElseGet(() -> withoutStore(charge)));
	}

	private Outcome withoutStore(Charge charge) {
		if (charge.limit().policy().failClosed()) {
			return new Outcome(charge, null, false);
		}
		charge.limit().countAlone();
		return new Outcome(charge, this.local.take(charge), false);
	}

	private Mono<ServerWebExchange> settle(ServerWebExchange exchange, List<CompletableFuture<Outcome>> answered) {
		List<Outcome> outcomes = answered.stream().map(CompletableFuture::resultNow).toList();
		List<Outcome> stopping = outcomes.stream().filter(Outcome::stops).toList();
		List<Outcome> taken = exchange.getAttributeOrDefault(TAKEN, List.of());
		if (!stopping.isEmpty()) {
			taken.forEach(this::giveBack);
			outcomes.forEach(this::giveBack);
			exchange.getAttributes().remove(TAKEN);
			return Mono.error(refusal(exchange, stopping));
		}
		List<Outcome> more = new ArrayList<>(taken);
		more.addAll(outcomes);
		exchange.getAttributes().put(TAKEN, more);
		outcomes.forEach((outcome) -> outcome.limit().count(outcome.result()));
		LimitHeaders.tell(exchange.getResponse().getHeaders(), outcomes);
		boolean cached = outcomes.stream().anyMatch((outcome) -> outcome.result() == Limit.Result.CACHED);
		return Mono.just(cached ? fromCache(exchange) : exchange);
	}

	private static Problem refusal(ServerWebExchange exchange, List<Outcome> stopping) {
		stopping.forEach((outcome) -> outcome.limit().count(outcome.result()));
		long nanos = stopping.stream().mapToLong(Outcome::nanosToWait).max().orElse(0);
		boolean unavailable = stopping.stream().anyMatch((outcome) -> outcome.answer() == null);
		long seconds = unavailable ? WITHOUT_STORE.toSeconds() : LimitHeaders.seconds(nanos);
		LimitHeaders.refuse(exchange.getResponse().getHeaders(), stopping, seconds);
		return Problem.of(unavailable ? ProblemCode.STORE_UNAVAILABLE : ProblemCode.TOO_MANY_REQUESTS)
			.retryAfter(Duration.ofSeconds(seconds))
			.with("retryAfterSeconds", seconds);
	}

	private void wasNoGuess(ServerWebExchange exchange) {
		List<Outcome> taken = exchange.getAttributeOrDefault(TAKEN, List.of());
		taken.stream().filter((outcome) -> outcome.limit().policy().key() == LimitKey.EMAIL).forEach(this::giveBack);
	}

	private void giveBack(Outcome outcome) {
		if (outcome.result() == Limit.Result.PASSED) {
			if (outcome.shared()) {
				this.shared.giveBack(outcome.charge());
			}
			else {
				this.local.giveBack(outcome.charge());
			}
		}
	}

	private static ServerWebExchange fromCache(ServerWebExchange exchange) {
		return exchange.mutate()
			.request((request) -> request.headers((headers) -> headers.remove(HttpHeaders.CACHE_CONTROL)))
			.build();
	}

	/**
	 * One count for all spellings that a provider may take for the same account:
	 * characters that cannot be seen do not count, nor does their width.
	 */
	private static String spelled(String email) {
		return Normalizer.normalize(email, Normalizer.Form.NFKC)
			.codePoints()
			.filter((c) -> !Character.isWhitespace(c) && !Character.isISOControl(c) && !Character.isSpaceChar(c)
					&& Character.getType(c) != Character.FORMAT)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static Executor eventLoop(ServerHttpRequest request) {
		Executor[] loop = { Runnable::run };
		if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest connected) {
			connected.withConnection((connection) -> loop[0] = connection.channel().eventLoop());
		}
		return loop[0];
	}

}
