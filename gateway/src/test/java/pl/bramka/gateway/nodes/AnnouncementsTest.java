package pl.bramka.gateway.nodes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.TestRedis;
import pl.bramka.gateway.observability.Names;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes that talk over a real Redis.
 */
class AnnouncementsTest {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final int ROUNDS = Integer.getInteger("bramka.test.redis-returns", 1);

	private final TestRedis server = TestRedis.start();

	/** Gives Redis all the time, as its neighbour does. */
	private Node here = new Node(this.server.url(), Duration.ofSeconds(5));

	private Node there = new Node(this.server.url(), Duration.ofSeconds(5));

	/** What one node has. */
	private static final class Node {

		private final MeterRegistry meters = new SimpleMeterRegistry();

		private final Redis redis;

		private final Announcements announcements;

		private final List<String> heard = new CopyOnWriteArrayList<>();

		private final AtomicInteger missed = new AtomicInteger();

		Node(String url, Duration timeout) {
			NodesProperties settings = RedisTest.settings(url, timeout);
			this.redis = new Redis(settings, this.meters);
			this.announcements = new Announcements(settings,
					new StaticListableBeanFactory(Map.of("redis", this.redis)).getBeanProvider(Redis.class),
					this.meters);
			this.announcements.listen(Topic.DROP, (subject, customer) -> this.heard.add(subject + ' ' + customer));
			this.announcements.whenMissed(this.missed::incrementAndGet);
		}

		double counted(String result) {
			return this.meters.counter(Names.ANNOUNCEMENTS, "topic", "drop", "result", result).count();
		}

		/** Whoever begins to hear again hears the next one. */
		void announceUntilHeardBy(Node other, String customer) {
			RedisTest.soon().until(() -> {
				announce(customer);
				return other.heard.contains("invoices " + customer);
			});
		}

		void announce(String customer) {
			this.announcements.announce(Topic.DROP, "invoices", customer).block(LIMIT);
		}

		void publish(String text) {
			this.redis.connection()
				.orElseThrow()
				.async()
				.publish(Topic.DROP.channel().getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8))
				.toCompletableFuture()
				.join();
		}

		void close() {
			this.announcements.destroy();
			this.redis.destroy();
		}

	}

	@BeforeEach
	void awaitBoth() {
		for (Node node : List.of(this.here, this.there)) {
			RedisTest.soon().until(() -> node.redis.answers() && node.missed.get() >= Topic.values().length);
		}
	}

	@AfterEach
	void stop() {
		this.here.close();
		this.there.close();
		this.server.close();
	}

	/** Two nodes that notice soon that Redis is away. */
	private void hurry() {
		this.here.close();
		this.there.close();
		this.here = new Node(this.server.url(), Duration.ofMillis(400));
		this.there = new Node(this.server.url(), Duration.ofMillis(400));
		awaitBoth();
	}

	@Test
	void areHeardByTheOtherAndNotByWhoSaysThem() {
		this.here.announce("0001000042");
		RedisTest.soon().until(() -> this.there.heard.contains("invoices 0001000042"));
		this.there.announce("0001000043");
		RedisTest.soon().until(() -> this.here.heard.contains("invoices 0001000043"));
		assertThat(this.here.heard).hasSize(1);
		assertThat(this.here.counted("sent")).isEqualTo(1);
		assertThat(this.there.counted("heard")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "x", "ab invoices", "ab invoices 1 2", "AB invoices 1", "ab invoices ą",
			"ab invoices 1\n", "ab  invoices 1", "12345678901234567 invoices 1" })
	void thatAreNoneAreCountedAndForgotten(String text) {
		this.there.publish(text);
		this.there.publish("ab invoices " + "1".repeat(65));
		this.there.publish("x".repeat(1_000_000));
		RedisTest.soon().until(() -> this.here.counted("malformed") == 3);
		this.there.announce("1");
		RedisTest.soon().until(() -> !this.here.heard.isEmpty());
		assertThat(this.here.heard).containsExactly("invoices 1");
	}

	@Test
	void beyondWhatCanBeHandledCountAsMissed() throws InterruptedException {
		CountDownLatch slow = new CountDownLatch(1);
		this.here.announcements.listen(Topic.DROP, (subject, customer) -> {
			try {
				slow.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		int before = this.here.missed.get();
		for (int i = 0; i < 10_000; i++) {
			this.there.publish("ab invoices " + i);
		}
		RedisTest.soon().until(() -> this.here.counted("flooded") > 0 && this.here.missed.get() > before);
		slow.countDown();
		RedisTest.soon().until(() -> this.here.counted("heard") + this.here.counted("flooded") == 10_000);
	}

	@Test
	void goOnAfterAListenerThatFails() {
		this.here.announcements.listen(Topic.DROP, (subject, customer) -> {
			throw new IllegalStateException("by the test");
		});
		this.there.announce("1");
		this.there.announce("2");
		RedisTest.soon().until(() -> this.here.heard.size() == 2);
	}

	@Test
	void areLostQuicklyAndWithoutFailureWhileRedisIsFrozen() {
		hurry();
		// One good round proves it: pings may be late in any of them.
		assertThat(IntStream.range(0, 3).anyMatch((round) -> areLostQuickly())).isTrue();
	}

	private boolean areLostQuickly() {
		RedisTest.soon().until(() -> this.here.redis.answers());
		this.server.pause();
		double lost = this.here.counted("lost");
		long start = System.nanoTime();
		this.here.announce("1");
		Duration first = Duration.ofNanos(System.nanoTime() - start);
		assertThat(this.here.counted("lost")).isEqualTo(lost + 1);
		long again = System.nanoTime();
		this.here.announce("2");
		Duration second = Duration.ofNanos(System.nanoTime() - again);
		this.server.resume();
		return first.compareTo(Duration.ofSeconds(1)) < 0 && second.compareTo(Duration.ofMillis(150)) < 0;
	}

	@Test
	void areHeardAgainAfterRedisCameBackAndItIsSaidThatSomeWereMissed() {
		hurry();
		killUntilBothKnow();
		int before = this.there.missed.get();
		RedisTest.soon().until(() -> this.there.missed.get() >= before + 2);
		this.server.startAgain();
		int deaf = this.there.missed.get();
		this.here.announceUntilHeardBy(this.there, "7");
		assertThat(this.there.missed.get()).isGreaterThan(deaf);
	}

	@Test
	void mayHaveBeenMissedAfterRedisWasFrozen() {
		hurry();
		freezeUntilMissed();
		int deaf = this.there.missed.get();
		this.server.resume();
		this.here.announceUntilHeardBy(this.there, "7");
		assertThat(this.there.missed.get()).isGreaterThan(deaf);
	}

	/** Else what was loaded a moment ago would be loaded again, by each node at once. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void areNotDoubtedAgainOnceOneIsHeard(boolean killed) {
		hurry();
		for (int round = 0; round < ROUNDS; round++) {
			// One good try proves it: a ping may be late in any of them.
			assertThat(IntStream.range(0, 3).anyMatch((attempt) -> areNotDoubtedForTwoBeats(killed))).isTrue();
		}
	}

	private boolean areNotDoubtedForTwoBeats(boolean killed) {
		if (killed) {
			killUntilBothKnow();
			this.server.startAgain();
		}
		else {
			freezeUntilMissed();
			this.server.resume();
		}
		this.here.announceUntilHeardBy(this.there, "after-" + this.there.heard.size());
		int missed = this.there.missed.get();
		Awaitility.await().pollDelay(Ear.BEAT.multipliedBy(2)).until(() -> true);
		return this.there.missed.get() == missed;
	}

	private void killUntilBothKnow() {
		this.server.kill();
		RedisTest.soon().until(() -> !this.here.redis.answers() && !this.there.redis.answers());
	}

	private void freezeUntilMissed() {
		this.server.pause();
		int before = this.there.missed.get();
		RedisTest.soon().until(() -> this.there.missed.get() > before);
	}

}
