package pl.bramka.gateway.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.observability.Names;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pipe that is given other figures while calls go through it.
 */
class RefitTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String ANSWER = "{\"d\":{\"ContractID\":\"22\"}}";

	private static final ODataQuery QUERY = ODataQuery.of("contract", "Contracts('{}')", "22");

	private static final String STATE = "resilience4j.circuitbreaker.state";

	private final CountDownLatch open = new CountDownLatch(1);

	@Test
	void lowersTheBulkheadAtOnceThoughMoreCallsAreUnderWay() {
		try (ScriptedUpstream billing = waiting();
				PipeFixture.Open pipe = patient().concurrency(10).to(billing.uri())) {
			List<CompletableFuture<String>> calls = Stream.generate(() -> read(pipe).toFuture()).limit(9).toList();
			Awaitility.await().atMost(PATIENCE).until(() -> billing.received().size() == 9);
			pipe.refit(patient().concurrency(3));
			assertThat(pipe.gauges(Names.UPSTREAM_UNDER_WAY, "upstream")).containsExactly(9.0);
			assertThat(pipe.gauges(Names.UPSTREAM_CONCURRENCY, "upstream")).containsExactly(3.0);
			StepVerifier.create(read(pipe)).expectError().verify(PATIENCE);
			assertThat(pipe.outcomes("bulkhead_full")).isOne();
			this.open.countDown();
			assertThat(calls).allSatisfy((call) -> assertThat(call).succeedsWithin(PATIENCE).isEqualTo("22"));
			StepVerifier.create(read(pipe)).expectNext("22").expectComplete().verify(PATIENCE);
			assertThat(pipe.gauges(Names.UPSTREAM_UNDER_WAY, "upstream")).containsExactly(0.0);
		}
	}

	@Test
	void raisesTheBulkheadAndStillCountsThoseUnderWay() {
		try (ScriptedUpstream billing = waiting(); PipeFixture.Open pipe = patient().concurrency(2).to(billing.uri())) {
			List<CompletableFuture<String>> two = Stream.generate(() -> read(pipe).toFuture()).limit(2).toList();
			pipe.refit(patient().concurrency(5));
			List<CompletableFuture<String>> three = Stream.generate(() -> read(pipe).toFuture()).limit(3).toList();
			Awaitility.await().atMost(PATIENCE).until(() -> billing.received().size() == 5);
			StepVerifier.create(read(pipe)).expectError().verify(PATIENCE);
			this.open.countDown();
			assertThat(Stream.concat(two.stream(), three.stream()))
				.allSatisfy((call) -> assertThat(call).succeedsWithin(PATIENCE).isEqualTo("22"));
		}
	}

	@Test
	void leavesACallItsLimitAndGivesTheNextOneTheNewLimit() {
		try (ScriptedUpstream billing = waiting(); PipeFixture.Open pipe = patient().to(billing.uri())) {
			CompletableFuture<@Nullable String> before = read(pipe).toFuture();
			Awaitility.await().atMost(PATIENCE).until(() -> billing.received().size() == 1);
			pipe.refit(PipeFixture.aPipe().tryLimit(Duration.ofMillis(200)));
			StepVerifier.create(read(pipe)).expectError().verify(PATIENCE);
			assertThat(pipe.outcomes("timeout")).isOne();
			assertThat(before).isNotDone();
			this.open.countDown();
			assertThat(before).succeedsWithin(PATIENCE).isEqualTo("22");
		}
	}

	@Test
	void keepsAnOpenBreakerWhateverElseChanges() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = quick(Duration.ofMinutes(1)).to(billing.uri())) {
			opened(pipe);
			pipe.refit(quick(Duration.ofMinutes(1)).tryLimit(Duration.ofSeconds(3)).concurrency(7).connections(3));
			assertThat(pipe.breakerIs("open")).isTrue();
			assertNothingGoesOut(billing, pipe);
		}
	}

	@Test
	void keepsABreakerOpenByTheNewFigures() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = quick(Duration.ofMinutes(1)).to(billing.uri())) {
			opened(pipe);
			pipe.refit(quick(Duration.ofSeconds(30)));
			assertThat(pipe.breakerIs("open")).isTrue();
			assertNothingGoesOut(billing, pipe);
			pipe.refit(quick(Duration.ofMillis(100)));
			billing.nowPlays((exchange) -> ScriptedUpstream.json(exchange, 200, ANSWER));
			Awaitility.await()
				.pollInterval(Duration.ofMillis(50))
				.atMost(PATIENCE)
				.until(() -> "22".equals(read(pipe).onErrorComplete().block(PATIENCE)));
			assertThat(pipe.breakerIs("closed")).isTrue();
			assertThat(pipe.gauges(STATE, "name")).as("one breaker, one gauge for each of its states")
				.hasSize(6)
				.containsOnlyOnce(1.0);
		}
	}

	@Test
	void keepsABreakerHalfOpen() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = quick(Duration.ofMillis(100)).to(billing.uri())) {
			opened(pipe);
			billing.nowPlays((exchange) -> this.open.await());
			Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> {
				CompletableFuture<@Nullable String> probe = read(pipe).onErrorComplete().toFuture();
				return !probe.isDone() && pipe.breakerIs("half_open");
			});
			pipe.refit(quick(Duration.ofMinutes(1)));
			assertThat(pipe.breakerIs("half_open")).isTrue();
			this.open.countDown();
		}
	}

	@Test
	void judgesByNewFiguresFromNowOn() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = PipeFixture.aPipe().to(billing.uri())) {
			Flux.range(0, 20).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.breakerIs("closed")).isTrue();
			pipe.refit(quick(Duration.ofMinutes(1)));
			opened(pipe);
			assertThat(billing.received()).hasSize(22);
		}
	}

	@Test
	void keepsConnectionsOpenWhenOnlyLimitsChange() {
		// One at most: an answer is there a moment before its connection is free again.
		try (RawServer billing = new RawServer(RefitTest::answering);
				PipeFixture.Open pipe = PipeFixture.aPipe().connections(1).to(billing.uri())) {
			for (int i = 1; i < 5; i++) {
				StepVerifier.create(read(pipe)).expectNext("22").expectComplete().verify(PATIENCE);
				pipe.refit(PipeFixture.aPipe()
					.connections(1)
					.tryLimit(Duration.ofSeconds(10 + i))
					.readTimeout(Duration.ofSeconds(10 + i))
					.concurrency(i)
					.secondTries(0.1, i));
			}
			assertThat(billing.connections()).isOne();
		}
	}

	@Test
	void letsCallsEndOnTheConnectionsTheyHaveAndThenClosesThem() {
		AtomicInteger closed = new AtomicInteger();
		Duration limit = Duration.ofSeconds(5);
		try (RawServer billing = new RawServer((peer) -> {
			if (!peer.request().isEmpty()) {
				this.open.await();
				peer.answer(ANSWER);
				answering(peer);
			}
			closed.incrementAndGet();
		}); PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(limit).connections(1).to(billing.uri())) {
			CompletableFuture<@Nullable String> first = read(pipe).toFuture();
			CompletableFuture<@Nullable String> waitingForItsConnection = read(pipe).onErrorReturn("out of time")
				.toFuture();
			Awaitility.await().atMost(PATIENCE).until(() -> billing.connections() == 1);
			pipe.refit(PipeFixture.aPipe().tryLimit(limit).connections(2));
			this.open.countDown();
			assertThat(first).succeedsWithin(PATIENCE).isEqualTo("22");
			assertThat(waitingForItsConnection).succeedsWithin(PATIENCE).isEqualTo("22");
			assertThat(closed).hasValue(0);
			StepVerifier.create(Flux.range(0, 4).flatMap((i) -> read(pipe)))
				.expectNextCount(4)
				.expectComplete()
				.verify(PATIENCE);
			assertThat(billing.connections()).as("one of the old pool, two of the new").isEqualTo(3);
			Awaitility.await().atMost(PATIENCE).until(() -> closed.get() == 1);
		}
	}

	@Test
	void remembersTheSecondTriesItGranted() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = PipeFixture.aPipe().secondTries(0, 2).to(billing.uri())) {
			Flux.range(0, 5).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.secondTries()).isEqualTo(2);
			pipe.refit(PipeFixture.aPipe().secondTries(0, 3));
			Flux.range(0, 5).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.secondTries()).isEqualTo(3);
		}
	}

	/** Opens after two failures, for that long. */
	private static PipeFixture quick(Duration open) {
		return PipeFixture.aPipe().breaker(2, 2, open, 1, Duration.ofMinutes(1));
	}

	private static PipeFixture patient() {
		return PipeFixture.aPipe().tryLimit(PATIENCE);
	}

	private static void opened(PipeFixture.Open pipe) {
		Flux.range(0, 2).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
		assertThat(pipe.breakerIs("open")).isTrue();
	}

	private static void assertNothingGoesOut(ScriptedUpstream billing, PipeFixture.Open pipe) {
		int before = billing.received().size();
		StepVerifier.create(read(pipe)).expectError().verify(PATIENCE);
		assertThat(billing.received()).hasSize(before);
	}

	private ScriptedUpstream waiting() {
		return ScriptedUpstream.playing((exchange) -> {
			this.open.await();
			ScriptedUpstream.json(exchange, 200, ANSWER);
		});
	}

	private static void answering(RawServer.Peer peer) throws IOException {
		while (!peer.request().isEmpty()) {
			peer.answer(ANSWER);
		}
	}

	private static Mono<String> read(PipeFixture.Open pipe) {
		return pipe.billing().one(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

}
