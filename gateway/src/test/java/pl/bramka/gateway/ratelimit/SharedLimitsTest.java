package pl.bramka.gateway.ratelimit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bucket4j.TimeMeter;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.keys.Pseudonyms;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestRedis;
import pl.bramka.gateway.nodes.Redis;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes that count together in a real Redis.
 */
class SharedLimitsTest {

	private static final String LIMITS = """
			bramka.rate-limits.policies:
			  exact:
			    key: address
			    calls: [ { paths: [ /.well-known/jwks.json ] } ]
			    bandwidths: { day: { limit: 100, period: 1d } }
			  own:
			    key: customer
			    calls: [ { methods: [ GET ], paths: [ /v1/contracts ] } ]
			    bandwidths: { minute: { limit: 30, period: 1d }, day: { limit: 40, period: 31d } }
			  alone:
			    key: address
			    shared: false
			    calls: [ { paths: [ /v1/problems ] } ]
			    bandwidths: { day: { limit: 5, period: 1d } }
			  sign-in-email:
			    key: email
			    fail-closed: true
			    calls: [ { methods: [ POST ], paths: [ /v1/sessions ] } ]
			    bandwidths: { day: { limit: 5, period: 1d } }
			""";

	private static TestRedis redis;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() {
		redis = TestRedis.start();
		// Longer than in earnest: this is about counting, on a machine that may be slow.
		first = TestGateway.startLimited(LIMITS, "bramka.nodes.redis=" + redis.url(), "bramka.nodes.timeout=10s",
				"bramka.limit-buckets.longest-wait=10s");
		second = first.anotherNode();
		for (TestGateway node : List.of(first, second)) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.pollInterval(Duration.ofMillis(20))
				.until(() -> node.bean(Redis.class).connection().isPresent());
		}
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		redis.close();
	}

	private static long passed(List<HttpResponse<String>> answers) {
		assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 429);
		return answers.stream().filter((answer) -> answer.statusCode() == 200).count();
	}

	@Test
	void letExactlyTheLimitPassWhenAThousandAskBoth() throws Exception {
		AtomicInteger turn = new AtomicInteger();
		long start = System.nanoTime();
		List<HttpResponse<String>> answers = Call.together(1000, () -> {
			TestGateway node = (turn.getAndIncrement() % 2 == 0) ? first : second;
			return Call.untilTaken(() -> Call.get(node.url(), "/.well-known/jwks.json").send());
		});
		assertThat(passed(answers)).isEqualTo(100);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
	}

	@Test
	void countACustomerTogether() throws Exception {
		Phone phone = first.signedIn("anna");
		Phone moved = second.movedHere(phone);
		AtomicInteger turn = new AtomicInteger();
		List<HttpResponse<String>> answers = Call.together(200, () -> {
			Phone asking = (turn.getAndIncrement() % 2 == 0) ? phone : moved;
			return Call.untilTaken(() -> asking.get("/v1/contracts"));
		});
		assertThat(passed(answers)).isEqualTo(30);
		HttpResponse<String> refused = moved.get("/v1/contracts");
		assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(2800L, 2880L);
		assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"own-minute\";r=0;t=28");
	}

	@Test
	void countGuessesTogether() throws Exception {
		first.mocks().reset();
		AtomicInteger turn = new AtomicInteger();
		List<HttpResponse<String>> answers = Call.together(100, () -> {
			TestGateway node = (turn.getAndIncrement() % 2 == 0) ? first : second;
			return Call.untilTaken(() -> node.phone().signIn("maria@example.com", "wrong"));
		});
		assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(401, 429);
		assertThat(first.mocks().received(UpstreamName.IDENTITY, ".*/token")).hasSize(5);
		assertThat(Json.code(second.phone().signIn("maria@example.com", "Haslo-123!"))).isEqualTo("too-many-requests");
	}

	@Test
	void countAloneWhatIsNotShared() throws IOException {
		for (TestGateway node : List.of(first, second)) {
			for (int i = 0; i < 6; i++) {
				assertThat(Call.get(node.url(), "/v1/problems").send().statusCode()).isEqualTo((i < 5) ? 200 : 429);
			}
		}
	}

	@Test
	void keepWhatWasUsedWhenAFileChanges() throws Exception {
		Limit before = limit(100);
		Limit after = limit(10);
		SharedBuckets one = first.bean(SharedBuckets.class);
		SharedBuckets other = second.bean(SharedBuckets.class);
		assertThat(passing(one, before, 60)).isEqualTo(60);
		assertThat(passing(other, after, 20)).as("four tenths are left").isEqualTo(4);
		assertThat(passing(one, before, 20)).as("also where the old file is still read").isZero();
		assertThat(passing(other, limit(1000), 20)).isZero();
	}

	/** Whoever was told that nobody can count them has taken nothing. */
	@Test
	void giveBackWhatWasTakenTooLate() throws Exception {
		SharedBuckets hurried = new SharedBuckets(Optional.of(first.bean(Redis.class)), first.bean(Pseudonyms.class),
				new BucketProperties(1000, 1000, 1000, 1000, Duration.ofMillis(50)), first.bean(TimeMeter.class));
		Charge all = new Charge(limit(10), "late", 10);
		redis.pause();
		try {
			assertThat(hurried.take(all).get(10, TimeUnit.SECONDS)).isEmpty();
		}
		finally {
			redis.resume();
		}
		SharedBuckets other = second.bean(SharedBuckets.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> other.take(all).get(10, TimeUnit.SECONDS).orElseThrow().getValue().isConsumed());
	}

	private static Limit limit(long limit) {
		return new Limit("edited",
				new RateLimitProperties.Policy(LimitKey.CUSTOMER, true, RateLimitProperties.Exceeded.REFUSE, true,
						false, List.of(), Map.of("day", new RateLimitProperties.Bandwidth(limit, Duration.ofDays(31)))),
				new SimpleMeterRegistry());
	}

	private static int passing(SharedBuckets buckets, Limit limit, int times) throws Exception {
		int passed = 0;
		for (int i = 0; i < times; i++) {
			passed += buckets.take(new Charge(limit, "somebody", 1))
				.get(10, TimeUnit.SECONDS)
				.orElseThrow()
				.getValue()
				.isConsumed() ? 1 : 0;
		}
		return passed;
	}

	@Test
	void nameNobodyInRedisAndLeaveNothingForEver() throws Exception {
		first.phone().signIn("tomek@example.com", "wrong");
		first.signedIn("jan").get("/v1/contracts");
		RedisAsyncCommands<byte[], byte[]> commands = first.bean(Redis.class).connection().orElseThrow().async();
		List<String> names = commands.keys("*")
			.get(10, TimeUnit.SECONDS)
			.stream()
			.map((name) -> new String(name, StandardCharsets.ISO_8859_1))
			// Those of proofs are hashes, in which any byte may stand.
			.filter((name) -> !name.startsWith("bramka:proof:"))
			.toList();
		assertThat(names).anyMatch((name) -> name.matches("limit:sign-in-email:[A-Za-z0-9_-]{16}"))
			.anyMatch((name) -> name.matches("limit:own:[A-Za-z0-9_-]{16}"))
			.noneMatch((name) -> name.contains("@") || name.contains("127.0.0.1")
					|| name.contains(first.mocks().personas().byName("jan").accountId()));
		for (String name : names) {
			assertThat(commands.pttl(name.getBytes(StandardCharsets.ISO_8859_1)).get(10, TimeUnit.SECONDS))
				.isBetween(1L, Duration.ofDays(32).toMillis());
		}
	}

}
