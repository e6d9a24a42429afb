package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final ODataQuery QUERY = ODataQuery.of("contract", "Contracts('{}')", "22");

	private static final ODataWrite WRITE = new ODataWrite("change", HttpMethod.POST, "MeterReadingResults", List.of(),
			Map.of("DeviceID", "1"));

	@Test
	void handsDownTheTimeThatIsLeft() {
		try (RawServer silent = new RawServer(RawServer.Peer::untilClosed);
				PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(PATIENCE).to(silent.uri())) {
			Duration took = StepVerifier.create(read(pipe).contextWrite(Deadline.in(Duration.ofSeconds(3))::write))
				.expectErrorSatisfies(DeadlineTest::isDeadlineExceeded)
				.verify(PATIENCE);
			assertThat(took).isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
			assertThat(silent.connections()).isOne();
			assertThat(pipe.outcomes("out_of_time")).isOne();
		}
	}

	@Test
	void blamesTheSystemWhenItHadMostOfItsTime() {
		try (RawServer silent = new RawServer(RawServer.Peer::untilClosed);
				PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(Duration.ofSeconds(4)).to(silent.uri())) {
			StepVerifier.create(read(pipe).contextWrite(Deadline.in(Duration.ofMillis(3900))::write))
				.expectErrorSatisfies((failure) -> assertThat(code(failure)).isEqualTo(ProblemCode.BILLING_UNAVAILABLE))
				.verify(PATIENCE);
			assertThat(pipe.outcomes("timeout")).isOne();
		}
	}

	@Test
	void startsNoCallOnceTheTimeIsSpent() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(200, "{\"d\":{\"ContractID\":\"22\"}}");
				PipeFixture.Open pipe = PipeFixture.aPipe().to(billing.uri())) {
			for (Mono<String> call : List.of(read(pipe), write(pipe))) {
				StepVerifier.create(call.contextWrite(Deadline.in(Duration.ofMillis(20))::write))
					.expectErrorSatisfies(DeadlineTest::isDeadlineExceeded)
					.verify(PATIENCE);
			}
			assertThat(billing.received()).isEmpty();
			assertThat(pipe.outcomes("out_of_time")).isEqualTo(2);
		}
	}

	@Test
	void startsNoSecondCallWhenTheFirstSpentTheTime() {
		CountDownLatch over = new CountDownLatch(1);
		try (ScriptedUpstream billing = ScriptedUpstream.playing((exchange) -> {
			over.await(250, TimeUnit.MILLISECONDS);
			ScriptedUpstream.json(exchange, 200, "{\"d\":{\"ContractID\":\"22\"}}");
		}); PipeFixture.Open pipe = PipeFixture.aPipe().deadline(PATIENCE, Duration.ofMillis(200)).to(billing.uri())) {
			Mono<String> twoInARow = read(pipe).then(read(pipe));
			StepVerifier.create(twoInARow.contextWrite(Deadline.in(Duration.ofMillis(450))::write))
				.expectErrorSatisfies(DeadlineTest::isDeadlineExceeded)
				.verify(PATIENCE);
			assertThat(billing.received()).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void startsNoSecondTryWhenTheTimeIsSpent() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = PipeFixture.aPipe().secondTries(1, 100).to(billing.uri())) {
			read(pipe).onErrorComplete().block(PATIENCE);
			assertThat(billing.received()).as("there is time").hasSize(2);
			billing.nowPlays((exchange) -> {
				new CountDownLatch(1).await(2, TimeUnit.SECONDS);
				ScriptedUpstream.send(exchange, 503, "text/html", "<html/>");
			});
			// Less is left after the answer than the shortest pause before a second try.
			StepVerifier.create(read(pipe).contextWrite(Deadline.in(Duration.ofMillis(2024))::write))
				.expectErrorSatisfies(DeadlineTest::isDeadlineExceeded)
				.verify(PATIENCE);
			assertThat(billing.received()).as("there is none").hasSize(3);
		}
	}

	@Test
	void keepsTheLimitWhereNoRequestSetOne() {
		try (RawServer silent = new RawServer(RawServer.Peer::untilClosed);
				PipeFixture.Open pipe = PipeFixture.aPipe()
					.tryLimit(Duration.ofSeconds(5))
					.deadline(Duration.ofMillis(200), Duration.ZERO)
					.to(silent.uri())) {
			StepVerifier.create(read(pipe)).expectErrorSatisfies(DeadlineTest::isDeadlineExceeded).verify(PATIENCE);
		}
	}

	@Test
	void closesTheSocketWithin100MillisecondsWhenTheCallerLeaves() throws Exception {
		closesTheSocketWithin100Milliseconds(DeadlineTest::read);
	}

	@Test
	void closesTheHandshakesSocketWithin100MillisecondsToo() throws Exception {
		closesTheSocketWithin100Milliseconds(DeadlineTest::write);
	}

	/** The best of five, since a busy machine may hold any one of them up. */
	private static void closesTheSocketWithin100Milliseconds(Function<PipeFixture.Open, Mono<String>> call)
			throws Exception {
		BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
		BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
		try (RawServer silent = new RawServer((peer) -> {
			peer.request();
			asked.add(System.nanoTime());
			peer.untilClosed();
			closed.add(System.nanoTime());
		}); PipeFixture.Open pipe = PipeFixture.aPipe().to(silent.uri())) {
			Duration best = PATIENCE;
			for (int i = 0; i < 5; i++) {
				Disposable caller = call.apply(pipe).subscribe();
				assertThat(asked.poll(20, TimeUnit.SECONDS)).isNotNull();
				long left = System.nanoTime();
				caller.dispose();
				long end = Objects.requireNonNull(closed.poll(5, TimeUnit.SECONDS), "never closed");
				Duration took = Duration.ofNanos(end - left);
				best = (took.compareTo(best) < 0) ? took : best;
			}
			assertThat(best).isLessThan(Duration.ofMillis(100));
			Awaitility.await().atMost(PATIENCE).until(() -> pipe.outcomes("cancelled") == 5);
			assertThat(pipe.outcomes()).isEqualTo(5);
		}
	}

	@Test
	void beginsAtTheGate() {
		DeadlineProperties settings = new DeadlineProperties(Duration.ofSeconds(4), Duration.ofMillis(150));
		DeadlineGate gate = new DeadlineGate(() -> settings);
		AtomicReference<Duration> left = new AtomicReference<>(Duration.ZERO);
		Mono<Void> request = gate.filter(MockServerWebExchange.from(MockServerHttpRequest.get("/v1/invoices")),
				(exchange) -> Mono.deferContextual((context) -> {
					left.set(Deadline.of(context, Duration.ZERO).left());
					return Mono.empty();
				}));
		StepVerifier.create(request).expectComplete().verify(PATIENCE);
		assertThat(left.get()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
	}

	private static Mono<String> read(PipeFixture.Open pipe) {
		return pipe.billing().one(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Mono<String> write(PipeFixture.Open pipe) {
		return pipe.billing().write(WRITE, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static ProblemCode code(Throwable failure) {
		return ((Problem) failure).code();
	}

	private static void isDeadlineExceeded(Throwable failure) {
		assertThat(code(failure)).isEqualTo(ProblemCode.DEADLINE_EXCEEDED);
	}

}
