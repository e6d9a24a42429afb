package pl.bramka.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import pl.bramka.gateway.ApiDescription.Answer;

/**
 * Fails a test class after which an answer was found that the API's recorded description
 * does not describe. Every gateway in the suite hands its answers over, successes and
 * problems alike, while they pass by; they are looked at on a thread of their own.
 * Registered for every class in META-INF/services.
 */
public final class AnswerWatch implements AfterAllCallback {

	private static final ApiDescription DESCRIPTION = ApiDescription.recorded();

	/**
	 * A thread that may block: the validator reads its own files when it is used first.
	 */
	private static final Scheduler READER = Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "answer-watch", 60,
			true);

	private static final Queue<String> VIOLATIONS = new ConcurrentLinkedQueue<>();

	/** What was found good once is good again: load tests ask the same many times. */
	private static final Set<Answer> GOOD = ConcurrentHashMap.newKeySet();

	private static final int MOST_GOOD = 1000;

	private static final int LONGEST_GOOD = 16_000;

	private static final AtomicInteger UNREAD = new AtomicInteger();

	@Override
	public void afterAll(ExtensionContext context) {
		List<String> violations = found();
		if (!violations.isEmpty()) {
			throw new AssertionError("NOT AS DESCRIBED in config/contract/openapi.json:\n"
					+ String.join("\n", violations.stream().limit(30).toList()));
		}
	}

	/** What was wrong with answers up to now; each is told once. */
	static List<String> found() {
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAtomic(UNREAD, org.hamcrest.Matchers.is(0));
		List<String> violations = List.copyOf(VIOLATIONS);
		VIOLATIONS.removeAll(violations);
		// The same mistake in many answers is one.
		return violations.stream()
			.collect(Collectors.toMap((line) -> line.replaceAll(" in \\{.*", ""), (line) -> line, (one, other) -> one,
					TreeMap::new))
			.values()
			.stream()
			.toList();
	}

	private static void look(Answer answer) {
		UNREAD.incrementAndGet();
		READER.schedule(() -> {
			try {
				if (!GOOD.contains(answer)) {
					List<String> violations = DESCRIPTION.violations(answer);
					VIOLATIONS.addAll(violations);
					if (violations.isEmpty() && GOOD.size() < MOST_GOOD && answer.body().length() < LONGEST_GOOD) {
						GOOD.add(answer);
					}
				}
			}
			catch (RuntimeException | Error ex) {
				VIOLATIONS.add(answer + ": " + ex);
			}
			finally {
				UNREAD.decrementAndGet();
			}
		});
	}

	/**
	 * Before every gate, so that it sees what they write.
	 */
	@Order(-2000)
	static final class Filter implements WebFilter {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			// The management port has a context of its own, and a page for people has no
			// schema.
			if (exchange.getApplicationContext() == null || exchange.getApplicationContext().getParent() != null
					|| exchange.getRequest().getPath().value().matches("/v1/docs(/.*)?")) {
				return chain.filter(exchange);
			}
			Copy copy = new Copy(exchange.getRequest(), exchange.getResponse());
			return chain.filter(exchange.mutate().response(copy).build());
		}

	}

	/**
	 * Copies what is written, and changes nothing of it. An answer that breaks off is
	 * none.
	 */
	private static final class Copy extends ServerHttpResponseDecorator {

		private final ServerHttpRequest request;

		private final ByteArrayOutputStream body = new ByteArrayOutputStream();

		Copy(ServerHttpRequest request, ServerHttpResponse response) {
			super(response);
			this.request = request;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> buffers) {
			return super.writeWith((buffers instanceof Mono<? extends DataBuffer> one)
					? one.doOnNext(this::copy).doOnSuccess((buffer) -> end())
					: Flux.from(buffers).doOnNext(this::copy).doOnComplete(this::end));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
			return super.writeAndFlushWith(
					Flux.from(parts).map((part) -> Flux.from(part).doOnNext(this::copy)).doOnComplete(this::end));
		}

		@Override
		public Mono<Void> setComplete() {
			return super.setComplete().doOnSuccess((nothing) -> end());
		}

		private void copy(DataBuffer buffer) {
			ByteBuffer bytes = ByteBuffer.allocate(buffer.readableByteCount());
			buffer.toByteBuffer(bytes);
			this.body.writeBytes(bytes.array());
		}

		private void end() {
			HttpStatusCode status = getStatusCode();
			look(new Answer(this.request.getMethod().name(), this.request.getPath().value(),
					(status != null) ? status.value() : 200, String.valueOf(getHeaders().getContentType()),
					Set.copyOf(getHeaders().headerNames()), this.body.toString(StandardCharsets.UTF_8)));
		}

	}

}
