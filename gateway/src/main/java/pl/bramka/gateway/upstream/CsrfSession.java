package pl.bramka.gateway.upstream;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * The handshake before a change in an SAP service: a token and its cookies, fetched
 * together and sent together. When the service says the token is missing or expired, both
 * are fetched once again and the change is sent once again; it was not carried out, so
 * that is no retry.
 */
final class CsrfSession {

	private static final String HEADER = "X-CSRF-Token";

	private final Mono<Reply> handshake;

	private final AtomicReference<@Nullable Mono<Pass>> current = new AtomicReference<>();

	/** The handshake is a read with {@link #askForToken}. */
	CsrfSession(Mono<Reply> handshake) {
		this.handshake = handshake;
	}

	record Pass(String token, String cookies) {

		void writeTo(HttpHeaders headers) {
			headers.set(HEADER, this.token);
			if (!this.cookies.isEmpty()) {
				headers.set(HttpHeaders.COOKIE, this.cookies);
			}
		}

		/** Never the token. */
		@Override
		public String toString() {
			return "Pass";
		}

	}

	static void askForToken(HttpHeaders headers) {
		headers.set(HEADER, "Fetch");
	}

	/** Sends a change with a pass, and once more with a new one if that is asked for. */
	Mono<Reply> send(Function<Pass, Mono<Reply>> change) {
		return Mono.defer(() -> sendOnce(change))
			.flatMap((reply) -> wantsNewToken(reply) ? sendOnce(change) : Mono.just(reply));
	}

	/** Sends with the current pass and forgets the pass if it was refused. */
	private Mono<Reply> sendOnce(Function<Pass, Mono<Reply>> change) {
		Mono<Pass> pass = pass();
		return pass.flatMap(change).doOnNext((reply) -> {
			if (wantsNewToken(reply)) {
				this.current.compareAndSet(pass, null);
			}
		});
	}

	/**
	 * One handshake however many changes wait for it. Only a pass is kept: a handshake
	 * that failed, or that nobody waits for any more, is begun anew by the next change.
	 */
	private Mono<Pass> pass() {
		Mono<Pass> known = this.current.get();
		if (known != null) {
			return known;
		}
		Mono<Pass> fetched = this.handshake.map(CsrfSession::pass).cacheInvalidateIf((pass) -> false);
		return this.current.compareAndSet(null, fetched) ? fetched : pass();
	}

	private static Pass pass(Reply reply) {
		String token = reply.headers().getFirst(HEADER);
		if (!reply.isSuccess() || !reply.isJson() || token == null) {
			throw reply.failure();
		}
		String cookies = reply.headers()
			.getOrEmpty(HttpHeaders.SET_COOKIE)
			.stream()
			.map((cookie) -> cookie.split(";", 2)[0])
			.collect(Collectors.joining("; "));
		return new Pass(token, cookies);
	}

	private static boolean wantsNewToken(Reply reply) {
		return reply.status() == 403 && "Required".equalsIgnoreCase(reply.headers().getFirst(HEADER));
	}

}
