package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;

class BulkheadTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String ANSWER = "{\"d\":{\"ContractID\":\"22\"}}";

	private static final ODataQuery QUERY = ODataQuery.of("contract", "Contracts('{}')", "22");

	private final CountDownLatch open = new CountDownLatch(1);

	@Test
	void neverHasMoreCallsUnderWayAndRefusesTheRestAtOnce() {
		try (ScriptedUpstream billing = ScriptedUpstream.playing((exchange) -> {
			this.open.await();
			ScriptedUpstream.json(exchange, 200, ANSWER);
		}); PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(PATIENCE).concurrency(5).to(billing.uri())) {
			List<String> answers = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				read(pipe).subscribe((answer) -> {
					synchronized (answers) {
						answers.add(answer);
					}
				});
			}
			long start = System.nanoTime();
			for (int i = 0; i < 45; i++) {
				StepVerifier.create(read(pipe)).expectErrorSatisfies((failure) -> {
					Problem problem = (Problem) failure;
					assertThat(problem.code()).isEqualTo(ProblemCode.BILLING_UNAVAILABLE);
					assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
				}).verify(PATIENCE);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start).dividedBy(45)).as("on average")
				.isLessThan(Duration.ofMillis(50));
			assertThat(pipe.outcomes("bulkhead_full")).isEqualTo(45);
			Awaitility.await().atMost(PATIENCE).until(() -> billing.received().size() == 5);
			this.open.countDown();
			Awaitility.await().atMost(PATIENCE).until(() -> pipe.outcomes("answered") == 5);
			StepVerifier.create(read(pipe)).expectNext("22").expectComplete().verify(PATIENCE);
			assertThat(billing.mostAtOnce()).isEqualTo(5);
		}
	}

	@Test
	void keepsItsLastPlacesForWhatMattersMost() {
		try (ScriptedUpstream billing = ScriptedUpstream.playing((exchange) -> {
			this.open.await();
			ScriptedUpstream.json(exchange, 200, ANSWER);
		}); PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(PATIENCE).concurrency(20).to(billing.uri())) {
			for (int i = 0; i < 20; i++) {
				read(pipe).onErrorComplete().subscribe();
			}
			assertThat(pipe.outcomes("bulkhead_full")).isEqualTo(2);
			for (int i = 0; i < 2; i++) {
				read(pipe).contextWrite(Precedence::first).subscribe();
			}
			assertThat(pipe.outcomes("bulkhead_full")).isEqualTo(2);
			StepVerifier.create(read(pipe).contextWrite(Precedence::first)).expectError(Problem.class).verify(PATIENCE);
			Awaitility.await().atMost(PATIENCE).until(() -> billing.received().size() == 20);
			this.open.countDown();
			Awaitility.await().atMost(PATIENCE).until(() -> pipe.outcomes("answered") == 20);
		}
	}

	@Test
	void hasRoomAgainAsSoonAsCallersLeave() {
		try (ScriptedUpstream billing = ScriptedUpstream.playing((exchange) -> {
			this.open.await();
			ScriptedUpstream.json(exchange, 200, ANSWER);
		}); PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(PATIENCE).concurrency(5).to(billing.uri())) {
			for (int round = 0; round < 10; round++) {
				List<Disposable> callers = new ArrayList<>();
				for (int i = 0; i < 5; i++) {
					callers.add(read(pipe).subscribe());
				}
				callers.forEach(Disposable::dispose);
			}
			this.open.countDown();
			StepVerifier.create(read(pipe)).expectNext("22").expectComplete().verify(PATIENCE);
			assertThat(pipe.outcomes("cancelled")).isEqualTo(50);
			assertThat(pipe.outcomes("bulkhead_full")).isZero();
		}
	}

	private static Mono<String> read(PipeFixture.Open pipe) {
		return pipe.billing().one(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

}
