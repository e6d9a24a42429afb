package pl.bramka.gateway.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class FreshnessCacheTests {

	private static final Instant START = Instant.parse("2026-10-25T00:30:00Z");

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final Time time = new Time(START.toString());

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final FreshnessCaches caches = new FreshnessCaches(this.meters, this.time, this.time);

	private final FreshnessCache<String, String> cache = cacheOf(1_000);

	/** What the upstream says next; each load takes one. */
	private final AtomicInteger loads = new AtomicInteger();

	private FreshnessCache<String, String> cacheOf(long room) {
		Freshness settings = new Freshness(Duration.ofSeconds(60), 0.5, Duration.ofHours(24), Duration.ofSeconds(1),
				room);
		return this.caches.cache("test", settings, (String key, String value) -> value.length(),
				(context) -> context.delete("deadline"));
	}

	private Mono<String> load(String value) {
		return Mono.fromSupplier(() -> {
			this.loads.incrementAndGet();
			return value;
		});
	}

	private Mono<String> failing(ProblemCode code) {
		return Mono.defer(() -> {
			this.loads.incrementAndGet();
			return Mono.error(Problem.of(code));
		});
	}

	private Mono<String> downLoad() {
		return failing(ProblemCode.BILLING_UNAVAILABLE);
	}

	private Aged<String> get(Mono<String> load) {
		return answer(this.cache.get("anna", load));
	}

	private static Aged<String> answer(Mono<Aged<String>> answer) {
		return Objects.requireNonNull(answer.block(LIMIT));
	}

	private static Aged<String> fresh(String value, Duration after) {
		return new Aged<>(value, START.plus(after), State.FRESH);
	}

	private static Aged<String> stale(String value, Duration after) {
		return new Aged<>(value, START.plus(after), State.STALE);
	}

	private void assertProblem(Mono<?> answer, ProblemCode code) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> answer.block(LIMIT))
			.extracting(Problem::code)
			.isEqualTo(code);
	}

	private double answered(String result) {
		return this.meters.counter(Names.CACHE_ANSWERS, "cache", "test", "result", result).count();
	}

	@Test
	void servesTheSameObjectFromMemoryWhileFresh() {
		Aged<String> first = get(load("one"));
		this.time.passes(Duration.ofMillis(29_999));
		assertThat(get(load("two"))).isSameAs(first).isEqualTo(fresh("one", Duration.ZERO));
		assertThat(this.loads).hasValue(1);
		assertThat(answered("loaded")).isEqualTo(1);
		assertThat(answered("fresh")).isEqualTo(1);
	}

	@Test
	void loadsAnewWhatIsInDoubt() {
		get(load("one"));
		this.time.passes(Duration.ofMillis(1));
		this.caches.doubt();
		assertThat(get(load("two"))).isEqualTo(fresh("two", Duration.ofMillis(1)));
		assertThat(get(load("three")).value()).isEqualTo("two");
	}

	@Test
	void servesWhatIsInDoubtAsStaleIfTheLoadFails() {
		get(load("one"));
		this.time.passes(Duration.ofMillis(1));
		this.caches.doubt();
		assertThat(get(downLoad())).isEqualTo(stale("one", Duration.ZERO));
		assertThat(get(load("two"))).isEqualTo(stale("one", Duration.ZERO));
		this.time.passes(Duration.ofSeconds(1));
		assertThat(get(load("two")).value()).isEqualTo("two");
	}

	@Test
	void doubtsWhatWasBeingLoadedAtThatMoment() {
		Sinks.One<String> upstream = Sinks.one();
		CompletableFuture<@Nullable Aged<String>> waiting = this.cache.get("anna", upstream.asMono()).toFuture();
		this.time.passes(Duration.ofMillis(1));
		this.caches.doubt();
		upstream.tryEmitValue("one").orThrow();
		assertThat(waiting.join()).isEqualTo(fresh("one", Duration.ofMillis(1)));
		assertThat(get(load("two")).value()).isEqualTo("two");
	}

	@Test
	void keepsKeysApart() {
		get(load("one"));
		assertThat(answer(this.cache.get("jan", load("two"))).value()).isEqualTo("two");
	}

	@Test
	void loadsInTheBackgroundAfterHalfOfTheTime() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(30));
		Sinks.One<String> upstream = Sinks.one();
		AtomicInteger asked = new AtomicInteger();
		Mono<String> slow = upstream.asMono().doOnSubscribe((subscription) -> asked.incrementAndGet());
		assertThat(get(slow)).isEqualTo(fresh("one", Duration.ZERO));
		assertThat(get(slow)).isEqualTo(fresh("one", Duration.ZERO));
		assertThat(asked).hasValue(1);
		upstream.tryEmitValue("two").orThrow();
		assertThat(get(load("three"))).isEqualTo(fresh("two", Duration.ofSeconds(30)));
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void servesTheOldValueWhileTheBackgroundFailsAndPausesAfterIt() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(30));
		assertThat(get(downLoad())).isEqualTo(fresh("one", Duration.ZERO));
		assertThat(get(downLoad())).isEqualTo(fresh("one", Duration.ZERO));
		assertThat(this.loads).hasValue(2);
		this.time.passes(Duration.ofSeconds(1));
		assertThat(get(downLoad())).isEqualTo(fresh("one", Duration.ZERO));
		assertThat(this.loads).hasValue(3);
	}

	@Test
	void loadsInTheForegroundOnceNoLongerFresh() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(60));
		assertThat(get(load("two"))).isEqualTo(fresh("two", Duration.ofSeconds(60)));
	}

	@Test
	void servesStaleWhileTheUpstreamFails() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(60));
		assertThat(get(downLoad())).isEqualTo(stale("one", Duration.ZERO));
		this.time.passes(Duration.ofHours(24).minusSeconds(61));
		assertThat(get(downLoad())).isEqualTo(stale("one", Duration.ZERO));
		assertThat(answered("stale")).isEqualTo(2);
	}

	@Test
	void doesNotTryAgainDuringThePauseAfterAFailure() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(60));
		Aged<String> old = get(downLoad());
		this.time.passes(Duration.ofMillis(999));
		assertThat(get(downLoad())).isSameAs(old);
		assertThat(this.loads).hasValue(2);
		this.time.passes(Duration.ofMillis(1));
		assertThat(get(load("two"))).isEqualTo(fresh("two", Duration.ofSeconds(61)));
	}

	@Test
	void answersTheProblemWhenTheValueIsTooOld() {
		get(load("one"));
		this.time.passes(Duration.ofHours(24));
		assertProblem(this.cache.get("anna", downLoad()), ProblemCode.BILLING_UNAVAILABLE);
	}

	@Test
	void answersTheProblemWhenThereIsNothingOlder() {
		assertProblem(this.cache.get("anna", downLoad()), ProblemCode.BILLING_UNAVAILABLE);
		assertThat(answered("failed")).isEqualTo(1);
	}

	@Test
	void doesNotCoverARefusalWithAnOldValue() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(60));
		assertProblem(this.cache.get("anna", failing(ProblemCode.BILLING_REFUSED)), ProblemCode.BILLING_REFUSED);
		assertProblem(this.cache.get("anna", failing(ProblemCode.BILLING_REFUSED)), ProblemCode.BILLING_REFUSED);
	}

	@Test
	void doesNotCoverTheUnforeseenWithAnOldValue() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(60));
		StepVerifier.create(this.cache.get("anna", Mono.error(new IllegalStateException("bug"))))
			.expectError(IllegalStateException.class)
			.verify(LIMIT);
	}

	@Test
	void neverKeepsAFailure() {
		assertProblem(this.cache.get("anna", downLoad()), ProblemCode.BILLING_UNAVAILABLE);
		assertThat(get(load("one")).value()).isEqualTo("one");
	}

	@Test
	void neverKeepsWhatDoesNotExist() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(60));
		StepVerifier.create(this.cache.get("anna", Mono.empty())).expectComplete().verify(LIMIT);
		assertProblem(this.cache.get("anna", downLoad()), ProblemCode.BILLING_UNAVAILABLE);
	}

	@Test
	void loadsOnceForFiveHundredCallersOnAColdKey() throws Exception {
		int callers = 500;
		Sinks.One<String> upstream = Sinks.one();
		Mono<String> slow = upstream.asMono().doOnSubscribe((subscription) -> this.loads.incrementAndGet());
		List<CompletableFuture<Aged<String>>> answers = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
			CountDownLatch ready = new CountDownLatch(1);
			CountDownLatch asked = new CountDownLatch(callers);
			for (int i = 0; i < callers; i++) {
				CompletableFuture<Aged<String>> answer = new CompletableFuture<>();
				answers.add(answer);
				threads.execute(() -> {
					await(ready);
					this.cache.get("anna", slow).subscribe(answer::complete, answer::completeExceptionally);
					asked.countDown();
				});
			}
			ready.countDown();
			await(asked);
			upstream.tryEmitValue("one").orThrow();
			for (CompletableFuture<Aged<String>> answer : answers) {
				assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(fresh("one", Duration.ZERO));
			}
		}
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void loadsOnceForFiveHundredCallersWhenTheLoadTakesNoTime() throws Exception {
		int callers = 500;
		CountDownLatch done = new CountDownLatch(callers);
		try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
			for (int i = 0; i < callers; i++) {
				threads.execute(() -> this.cache.get("anna", load("one")).subscribe((value) -> done.countDown()));
			}
			await(done);
		}
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void failsOnceForAllWhoWait() {
		Sinks.One<String> upstream = Sinks.one();
		Mono<String> slow = upstream.asMono().doOnSubscribe((subscription) -> this.loads.incrementAndGet());
		List<Throwable> failures = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			this.cache.get("anna", slow).subscribe((value) -> {
			}, failures::add);
		}
		upstream.tryEmitError(Problem.of(ProblemCode.BILLING_UNAVAILABLE)).orThrow();
		assertThat(failures).hasSize(10).allMatch(Problem.class::isInstance);
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void oneWhoLeavesDoesNotCancelTheOthers() {
		Sinks.One<String> upstream = Sinks.one();
		AtomicInteger cancels = new AtomicInteger();
		Mono<String> slow = upstream.asMono().doOnCancel(cancels::incrementAndGet);
		AtomicReference<Aged<String>> stays = new AtomicReference<>();
		Disposable starter = this.cache.get("anna", slow).subscribe();
		this.cache.get("anna", slow).subscribe(stays::set);
		starter.dispose();
		assertThat(cancels).hasValue(0);
		upstream.tryEmitValue("one").orThrow();
		assertThat(stays.get()).isEqualTo(fresh("one", Duration.ZERO));
	}

	@Test
	void theLastWhoLeavesCancelsTheLoad() {
		AtomicInteger cancels = new AtomicInteger();
		Mono<String> slow = Mono.<String>never().doOnCancel(cancels::incrementAndGet);
		Disposable first = this.cache.get("anna", slow).subscribe();
		Disposable second = this.cache.get("anna", slow).subscribe();
		first.dispose();
		first.dispose();
		assertThat(cancels).hasValue(0);
		second.dispose();
		assertThat(cancels).hasValue(1);
		assertThat(get(load("two")).value()).isEqualTo("two");
	}

	@Test
	void whoComesJustAfterTheLastHasLeftStartsAnew() throws Exception {
		AtomicInteger answered = new AtomicInteger();
		int rounds = 2_000;
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			for (int i = 0; i < rounds; i++) {
				String key = "key-" + i;
				Sinks.One<String> upstream = Sinks.one();
				Disposable leaver = this.cache.get(key, upstream.asMono()).subscribe();
				CountDownLatch both = new CountDownLatch(2);
				threads.execute(() -> {
					leaver.dispose();
					both.countDown();
				});
				threads.execute(() -> {
					this.cache.get(key, upstream.asMono()).subscribe((value) -> answered.incrementAndGet());
					both.countDown();
				});
				await(both);
				upstream.tryEmitValue("one").orThrow();
			}
		}
		assertThat(answered).hasValue(rounds);
	}

	@Test
	void aBackgroundLoadGoesOnWhenAllWhoWaitHaveLeft() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(59));
		Sinks.One<String> upstream = Sinks.one();
		AtomicInteger cancels = new AtomicInteger();
		Mono<String> slow = upstream.asMono().doOnCancel(cancels::incrementAndGet);
		get(slow);
		this.time.passes(Duration.ofSeconds(1));
		Disposable waits = this.cache.get("anna", load("other")).subscribe();
		assertThat(this.loads).hasValue(1);
		waits.dispose();
		assertThat(cancels).hasValue(0);
		upstream.tryEmitValue("two").orThrow();
		assertThat(get(load("three")).value()).isEqualTo("two");
	}

	@Test
	void aForegroundLoadHasTheContextOfItsCallerAndABackgroundLoadNotItsDeadline() {
		List<String> contexts = new ArrayList<>();
		Mono<String> load = Mono.deferContextual((context) -> {
			contexts.add(context.getOrDefault("request", "-") + " " + context.getOrDefault("deadline", "-"));
			return Mono.just("one");
		});
		Mono<Aged<String>> call = this.cache.get("anna", load)
			.contextWrite((context) -> context.put("request", "r").put("deadline", "d"));
		answer(call);
		this.time.passes(Duration.ofSeconds(30));
		answer(call);
		assertThat(contexts).containsExactly("r d", "r -");
	}

	@Test
	void aPassengerIsNotBoundByTheDeadlineOfWhoStarted() {
		Sinks.One<String> upstream = Sinks.one();
		AtomicReference<Aged<String>> passenger = new AtomicReference<>();
		this.cache.get("anna", upstream.asMono()).onErrorComplete().subscribe();
		this.cache.get("anna", load("one")).subscribe(passenger::set);
		upstream.tryEmitError(Problem.of(ProblemCode.DEADLINE_EXCEEDED)).orThrow();
		assertThat(passenger.get()).isEqualTo(fresh("one", Duration.ZERO));
	}

	@Test
	void reloadNeverServesFromMemory() {
		get(load("one"));
		assertThat(answer(this.cache.reload("anna", load("two"))).value()).isEqualTo("two");
		assertThat(get(load("three")).value()).isEqualTo("two");
	}

	@Test
	void reloadJoinsALoadUnderWay() {
		Sinks.One<String> upstream = Sinks.one();
		AtomicReference<Aged<String>> reloaded = new AtomicReference<>();
		this.cache.get("anna", upstream.asMono()).subscribe();
		this.cache.reload("anna", load("other")).subscribe(reloaded::set);
		upstream.tryEmitValue("one").orThrow();
		assertThat(reloaded.get().value()).isEqualTo("one");
		assertThat(this.loads).hasValue(0);
	}

	@Test
	void reloadServesStaleIfItFailsEvenWhileFresh() {
		get(load("one"));
		assertThat(answer(this.cache.reload("anna", downLoad()))).isEqualTo(stale("one", Duration.ZERO));
	}

	@Test
	void dropForgetsAtOnce() {
		get(load("one"));
		this.cache.drop("anna");
		assertThat(get(load("two")).value()).isEqualTo("two");
		assertThat(this.loads).hasValue(2);
	}

	@Test
	void aLoadThatRanDuringTheDropIsNotStoredAndNotJoined() {
		Sinks.One<String> before = Sinks.one();
		AtomicReference<Aged<String>> waits = new AtomicReference<>();
		this.cache.get("anna", before.asMono()).subscribe(waits::set);
		this.cache.drop("anna");
		Sinks.One<String> after = Sinks.one();
		AtomicReference<Aged<String>> comes = new AtomicReference<>();
		this.cache.get("anna", after.asMono()).subscribe(comes::set);
		before.tryEmitValue("paid a moment ago, shown as open").orThrow();
		assertThat(waits.get()).isNotNull();
		assertThat(comes.get()).isNull();
		after.tryEmitValue("paid").orThrow();
		assertThat(comes.get().value()).isEqualTo("paid");
		assertThat(get(load("three")).value()).isEqualTo("paid");
	}

	@Test
	void aBackgroundLoadThatRanDuringTheDropIsNotStored() {
		get(load("one"));
		this.time.passes(Duration.ofSeconds(30));
		Sinks.One<String> before = Sinks.one();
		get(before.asMono());
		this.cache.drop("anna");
		before.tryEmitValue("old").orThrow();
		assertThat(get(load("new")).value()).isEqualTo("new");
	}

	@Test
	void aDropDoesNotResurrectTheOldValueWhenTheNextLoadFails() {
		get(load("one"));
		this.cache.drop("anna");
		assertProblem(this.cache.get("anna", downLoad()), ProblemCode.BILLING_UNAVAILABLE);
	}

	@Test
	void dropsAllKeysOfAKind() {
		answer(this.cache.get("anna-1", load("one")));
		answer(this.cache.get("anna-2", load("one")));
		answer(this.cache.get("jan-1", load("one")));
		Sinks.One<String> before = Sinks.one();
		this.cache.get("anna-3", before.asMono()).subscribe();
		this.cache.dropAll((key) -> key.startsWith("anna"));
		before.tryEmitValue("old").orThrow();
		assertThat(answer(this.cache.get("anna-1", load("two"))).value()).isEqualTo("two");
		assertThat(answer(this.cache.get("anna-3", load("two"))).value()).isEqualTo("two");
		assertThat(answer(this.cache.get("jan-1", load("two"))).value()).isEqualTo("one");
	}

	@Test
	void isBoundedByWeight() {
		FreshnessCache<String, String> small = cacheOf(100);
		for (int i = 0; i < 50; i++) {
			answer(small.get("key-" + i, load("1234567890")));
		}
		assertThat(this.meters.counter(Names.CACHE_EVICTIONS, "cache", "test").count()).isEqualTo(40);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
