package pl.bramka.gateway.nodes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Logged;
import pl.bramka.gateway.TestRedis;
import pl.bramka.gateway.observability.Names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The one connection, with a real Redis that comes and goes.
 */
class RedisTest {

	/**
	 * How many clients end while they look for Redis. Without a quiet moment at the end
	 * one in a few hundred loses a buffer.
	 */
	private static final int ENDS = Integer.getInteger("bramka.test.redis-ends", 10);

	private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);

	private final Logged logged = Logged.atUsualLevels();

	private final TestRedis server = TestRedis.notStarted();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final Redis redis = new Redis(settings(this.server.url()), this.meters);

	/** So long that a machine that stops for a moment does not make Redis look away. */
	private static NodesProperties settings(String url) {
		return settings(url, Duration.ofSeconds(2));
	}

	static NodesProperties settings(String url, Duration timeout) {
		return new NodesProperties(url, timeout, Duration.ofSeconds(1), Duration.ofSeconds(1));
	}

	static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
	}

	@AfterEach
	void stop() {
		this.redis.destroy();
		this.server.close();
		this.logged.close();
	}

	private void awaitAnswers(boolean answers) {
		soon().until(() -> this.redis.answers() == answers);
		soon().until(() -> this.meters.get(Names.REDIS_UP).gauge().value() == (answers ? 1 : 0));
	}

	private void set() throws Exception {
		this.redis.connection().orElseThrow().async().set(KEY, KEY).get(20, TimeUnit.SECONDS);
	}

	@Test
	void findsARedisThatComesLaterAndAgainAfterItsDeath() throws Exception {
		soon().until(() -> !said().isEmpty());
		assertThat(this.redis.connection()).isEmpty();
		this.server.startAgain();
		awaitAnswers(true);
		set();
		StatefulRedisConnection<byte[], byte[]> connection = this.redis.connection().orElseThrow();
		this.server.kill();
		awaitAnswers(false);
		this.server.startAgain();
		awaitAnswers(true);
		set();
		assertThat(this.redis.connection()).containsSame(connection);
		assertThat(said()).hasSize(4);
		assertThat(said()).filteredOn((line) -> line.equals("Redis answers")).hasSize(2);
		assertThat(this.logged.lines())
			.noneMatch((line) -> line.startsWith("io.lettuce.core.protocol: ") || line.contains("pa55"));
	}

	private List<String> said() {
		return this.logged.lines(Pulse.class.getName());
	}

	@Test
	void noticesByItselfThatRedisIsFrozen() {
		this.server.startAgain();
		awaitAnswers(true);
		this.server.pause();
		awaitAnswers(false);
		this.server.resume();
		awaitAnswers(true);
	}

	@Test
	void isAwayAtOnceForWhoeverComesAfterACommandThatWaitedInVain() throws Exception {
		this.server.startAgain();
		boolean away = false;
		// One good round proves it: pings may be late in any of them.
		for (int round = 0; round < 3 && !away; round++) {
			away = isAwayAfterACommandThatWaitedInVain();
		}
		assertThat(away).isTrue();
		awaitAnswers(true);
		set();
	}

	private boolean isAwayAfterACommandThatWaitedInVain() {
		awaitAnswers(true);
		StatefulRedisConnection<byte[], byte[]> connection = this.redis.connection().orElseThrow();
		this.server.pause();
		long start = System.nanoTime();
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> connection.async().get(KEY).get(20, TimeUnit.SECONDS))
			.withMessageContaining("timed out");
		boolean away = this.redis.connection().isEmpty();
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		this.server.resume();
		return away && took.compareTo(Duration.ofSeconds(4)) < 0;
	}

	@Test
	void endsQuicklyAlsoWhileRedisIsFrozen() {
		this.server.startAgain();
		awaitAnswers(true);
		this.server.pause();
		long start = System.nanoTime();
		this.redis.destroy();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
	}

	/** Whoever loses a buffer fails the class: {@link pl.bramka.gateway.BufferLeaks}. */
	@Test
	void givesBackTheBufferOfAnAttemptThatBeganJustBeforeTheEnd() throws Exception {
		for (int i = 0; i < ENDS; i++) {
			Redis ending = new Redis(settings(this.server.url()), new SimpleMeterRegistry());
			TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(12));
			ending.destroy();
		}
		assertThat(said()).noneMatch((line) -> line.equals("Redis answers"));
	}

	@Test
	void showsTheAddressNowhere() {
		assertThat(settings(this.server.url()).toString()).doesNotContain("pa55");
	}

}
