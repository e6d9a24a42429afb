package pl.bramka.gateway.ratelimit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.observability.Names;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.web.bind.annotation.RequestMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counting in one node: exact, in time, through edits of the file, and in bounded memory.
 */
class LocalBucketsTests {

	private static final int ROOM = 100;

	private final AtomicLong now = new AtomicLong();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AtomicReference<RateLimitProperties> file = new AtomicReference<>(
			file(Map.of("second", bandwidth(2, Duration.ofSeconds(1)), "day", bandwidth(5, Duration.ofDays(1)))));

	private final LimitsInForce limits = new LimitsInForce(this.file::get, this.meters);

	private final LocalBuckets buckets = new LocalBuckets(
			new BucketProperties(ROOM, ROOM, ROOM, ROOM, Duration.ofMillis(100)), new Time(this.now), this.meters);

	/** A time that stands still unless it is moved. */
	private record Time(AtomicLong now) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return this.now.get();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

	private static RateLimitProperties.Bandwidth bandwidth(long limit, Duration period) {
		return new RateLimitProperties.Bandwidth(limit, period);
	}

	private static RateLimitProperties file(Map<String, RateLimitProperties.Bandwidth> bandwidths) {
		return new RateLimitProperties(Map.of("changed", policy(LimitKey.CUSTOMER, bandwidths), "untouched",
				policy(LimitKey.DEVICE, Map.of("day", bandwidth(3, Duration.ofDays(1)))), "wide",
				policy(LimitKey.ADDRESS, Map.of("day", bandwidth(100, Duration.ofDays(1))))));
	}

	private static RateLimitProperties.Policy policy(LimitKey key,
			Map<String, RateLimitProperties.Bandwidth> bandwidths) {
		return new RateLimitProperties.Policy(key, true, RateLimitProperties.Exceeded.REFUSE, false, false, List
			.of(new RateLimitProperties.Calls(Set.of(RequestMethod.GET), List.of("/v1/*/pdf", "/v1/x/**"), false, 1)),
				new LinkedHashMap<>(bandwidths));
	}

	private static ServerHttpRequest request(HttpMethod method, String path) {
		return MockServerHttpRequest.method(method, path).build();
	}

	private VerboseResult<ConsumptionProbe> ask(LimitKey key, String value) {
		List<Charge> charges = this.limits.charges(request(HttpMethod.GET, "/v1/x"), key, value);
		assertThat(charges).hasSize(1);
		return this.buckets.take(charges.getFirst());
	}

	private boolean passes(LimitKey key, String value) {
		return ask(key, value).getValue().isConsumed();
	}

	private long passing(LimitKey key, String value, int times) {
		return IntStream.range(0, times).filter((i) -> passes(key, value)).count();
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	@Test
	void letExactlyTheLimitPassInParallel() throws Exception {
		for (int round = 0; round < 200; round++) {
			String address = "192.0.2." + round;
			CyclicBarrier together = new CyclicBarrier(8);
			List<Long> passed = Call.together(8, () -> {
				together.await();
				return passing(LimitKey.ADDRESS, address, 100);
			});
			assertThat(passed.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
		}
	}

	@Test
	void holdASecondAndADay() {
		assertThat(passing(LimitKey.CUSTOMER, "one", 4)).isEqualTo(2);
		pass(Duration.ofSeconds(1));
		assertThat(passing(LimitKey.CUSTOMER, "one", 4)).isEqualTo(2);
		pass(Duration.ofSeconds(1));
		assertThat(passing(LimitKey.CUSTOMER, "one", 4)).isEqualTo(1);
		pass(Duration.ofSeconds(10));
		VerboseResult<ConsumptionProbe> refused = ask(LimitKey.CUSTOMER, "one");
		assertThat(refused.getValue().isConsumed()).isFalse();
		assertThat(Duration.ofNanos(refused.getValue().getNanosToWaitForRefill()))
			.isEqualTo(Duration.ofDays(1).dividedBy(5).minusSeconds(12));
		pass(Duration.ofDays(1).dividedBy(5).minusSeconds(12));
		assertThat(passing(LimitKey.CUSTOMER, "one", 2)).isEqualTo(1);
		assertThat(passing(LimitKey.CUSTOMER, "other", 2)).isEqualTo(2);
	}

	@Test
	void keepWhatWasUsedWhenTheFileChanges() {
		assertThat(passing(LimitKey.DEVICE, "phone", 2)).isEqualTo(2);
		assertThat(passing(LimitKey.CUSTOMER, "one", 2)).isEqualTo(2);
		this.file.set(file(
				Map.of("second", bandwidth(200, Duration.ofSeconds(1)), "day", bandwidth(50, Duration.ofDays(1)))));
		assertThat(passing(LimitKey.DEVICE, "phone", 3)).isEqualTo(1);
		// Nothing of the second was left, and three fifths of the day.
		assertThat(passing(LimitKey.CUSTOMER, "one", 5)).isZero();
		pass(Duration.ofSeconds(1));
		assertThat(passing(LimitKey.CUSTOMER, "one", 100)).isEqualTo(30);
		assertThat(passing(LimitKey.CUSTOMER, "other", 100)).isEqualTo(50);
	}

	@Test
	void decideByTheNewFigureAtOnce() {
		this.file.set(file(Map.of("day", bandwidth(100, Duration.ofDays(1)))));
		assertThat(passing(LimitKey.CUSTOMER, "one", 50)).isEqualTo(50);
		this.file.set(file(Map.of("day", bandwidth(2, Duration.ofDays(1)))));
		assertThat(passing(LimitKey.CUSTOMER, "one", 5)).isEqualTo(1);
		this.file.set(file(Map.of("day", bandwidth(100, Duration.ofDays(1)))));
		assertThat(passing(LimitKey.CUSTOMER, "one", 200)).isZero();
		assertThat(passing(LimitKey.CUSTOMER, "other", 200)).isEqualTo(100);
	}

	@Test
	void changeTogetherWithManyWhoAsk() throws Exception {
		this.file.set(file(Map.of("day", bandwidth(1000, Duration.ofDays(1)))));
		assertThat(passing(LimitKey.CUSTOMER, "one", 500)).isEqualTo(500);
		this.file.set(file(Map.of("day", bandwidth(100, Duration.ofDays(1)))));
		List<Boolean> answers = Call.together(300, () -> passes(LimitKey.CUSTOMER, "one"));
		assertThat(answers.stream().filter((passed) -> passed).count()).isBetween(1L, 50L);
	}

	@Test
	void takeNoMoreMemoryThanTheyMay() {
		for (int i = 0; i < 50 * ROOM; i++) {
			passes(LimitKey.CUSTOMER, "customer-" + i);
		}
		assertThat(passing(LimitKey.DEVICE, "phone", 2)).isEqualTo(2);
		for (int i = 0; i < 50 * ROOM; i++) {
			passes(LimitKey.CUSTOMER, "another-" + i);
			passes(LimitKey.ADDRESS, "address-" + i);
		}
		double evicted = this.meters.get(Names.CACHE_EVICTIONS).tag("cache", "limits-customer").counter().count();
		assertThat(evicted).isGreaterThanOrEqualTo(99 * ROOM);
		assertThat(passing(LimitKey.DEVICE, "phone", 2)).as("other keys push nobody out").isEqualTo(1);
	}

	@Test
	void rememberWhoAsksInAFloodOfNewKeys() {
		for (int i = 0; i < 20; i++) {
			passes(LimitKey.CUSTOMER, "regular");
		}
		for (int i = 0; i < 50 * ROOM; i++) {
			passes(LimitKey.CUSTOMER, "new-" + i);
			if (i % ROOM == 0) {
				passes(LimitKey.CUSTOMER, "regular");
			}
		}
		assertThat(passes(LimitKey.CUSTOMER, "regular")).isFalse();
	}

	@Test
	void countTheCallsThatThePathsAndMethodsMean() {
		assertThat(this.limits.charges(request(HttpMethod.GET, "/v1/1/pdf"), LimitKey.CUSTOMER, "one")).hasSize(1);
		assertThat(this.limits.charges(request(HttpMethod.GET, "/v1/x/y/z"), LimitKey.CUSTOMER, "one")).hasSize(1);
		assertThat(this.limits.charges(request(HttpMethod.POST, "/v1/x"), LimitKey.CUSTOMER, "one")).isEmpty();
		assertThat(this.limits.charges(request(HttpMethod.GET, "/v1/y"), LimitKey.CUSTOMER, "one")).isEmpty();
		assertThat(this.limits.charges(request(HttpMethod.GET, "/v1/x"), LimitKey.EMAIL, "one")).isEmpty();
	}

}
