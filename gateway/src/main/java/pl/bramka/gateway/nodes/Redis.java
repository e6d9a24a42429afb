package pl.bramka.gateway.nodes;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import pl.bramka.gateway.observability.Names;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The Redis that nodes share. Its connections are looked for in the background: neither a
 * start nor a request ever waits for them. While pings are not answered nobody is given
 * one, so a request waits for Redis once at most.
 */
@Component
@ConditionalOnProperty("bramka.nodes.redis")
public final class Redis implements DisposableBean {

	/** Between two attempts to reach a Redis that is away. */
	private static final Duration PAUSE = Duration.ofMillis(250);

	/** A peer that acknowledges nothing for this long is gone, machine and all. */
	private static final Duration SILENCE = Duration.ofSeconds(3);

	/** Commands under way at once; more are refused, so that nothing piles up. */
	private static final int MOST_COMMANDS = 10_000;

	/** One loop for commands, one for announcements. */
	private static final int THREADS = 2;

	/**
	 * For as long as nothing happens event loops are kept at the end: an attempt to
	 * connect that began a moment ago is closed, and its buffer given back.
	 */
	private static final int QUIET_MILLIS = 50;

	private static final int LONGEST_SHUTDOWN_MILLIS = 2_000;

	private final ClientResources resources;

	private final RedisClient client;

	private final RedisURI address;

	private final Pulse pulse;

	/** Succeeds once; from then on the connection mends itself. */
	private final CompletableFuture<@Nullable StatefulRedisConnection<byte[], byte[]>> search;

	private final CompletableFuture<@Nullable Void> pinging;

	Redis(NodesProperties settings, MeterRegistry meters) {
		this.address = RedisURI.create(String.valueOf(settings.redis()));
		this.address.setTimeout(settings.timeout());
		this.pulse = new Pulse(settings.timeout());
		this.resources = ClientResources.builder()
			.ioThreadPoolSize(THREADS)
			.computationThreadPoolSize(THREADS)
			.reconnectDelay(Delay.constant(PAUSE))
			.commandLatencyRecorder(CommandLatencyRecorder.disabled())
			.build();
		this.client = RedisClient.create(this.resources);
		this.client.setOptions(options(settings));
		this.search = search(
				Mono.fromCompletionStage(() -> this.client.connectAsync(ByteArrayCodec.INSTANCE, this.address)))
			.doOnNext((connection) -> this.pulse.answered())
			.toFuture();
		this.pinging = Mono.delay(this.pulse.pause()).then(Mono.defer(this::ping)).repeat().then().toFuture();
		meters.gauge(Names.REDIS_UP, this, (redis) -> redis.answers() ? 1 : 0);
	}

	private static ClientOptions options(NodesProperties settings) {
		return ClientOptions.builder()
			// Nothing waits for a connection. What was under way when one broke is not
			// sent again: it may have been done.
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
			.requestQueueSize(MOST_COMMANDS)
			.maintNotificationsConfig(MaintNotificationsConfig.disabled())
			.socketOptions(SocketOptions.builder()
				.connectTimeout(settings.connectTimeout())
				.keepAlive(SocketOptions.KeepAliveOptions.builder()
					.enable()
					.idle(SILENCE)
					.interval(Duration.ofSeconds(1))
					.count(3)
					.build())
				.tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder().enable().tcpUserTimeout(SILENCE).build())
				.build())
			.build();
	}

	/**
	 * The connection for commands. Answers arrive on its own event loop: whoever goes on
	 * with a request hands over to another scheduler.
	 * @return it, or empty while Redis does not answer
	 */
	public Optional<StatefulRedisConnection<byte[], byte[]>> connection() {
		return this.pulse.beats() && this.search.isDone()
				? Optional.of(this.search.join()).filter(StatefulConnection::isOpen) : Optional.empty();
	}

	boolean answers() {
		return connection().isPresent();
	}

	/** A connection of its own that listens; it subscribes again by itself. */
	Mono<StatefulRedisPubSubConnection<String, String>> listening(RedisPubSubListener<String, String> listener,
			String... channels) {
		return search(Mono.fromCompletionStage(() -> this.client.connectPubSubAsync(StringCodec.UTF8, this.address))
			.flatMap((connection) -> {
				connection.addListener(listener);
				return Mono.fromCompletionStage(() -> connection.async().subscribe(channels))
					.onErrorResume(
							(failure) -> Mono.fromCompletionStage(connection::closeAsync).then(Mono.error(failure)))
					.thenReturn(connection);
			}));
	}

	private <T> Mono<T> search(Mono<T> attempt) {
		return attempt.doOnError(this.pulse::missed).retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE));
	}

	private Mono<Void> ping() {
		if (!this.search.isDone()) {
			return Mono.empty();
		}
		this.pulse.asked();
		return Mono.fromCompletionStage(() -> this.search.join().async().ping())
			.doOnNext((pong) -> this.pulse.answered())
			.doOnError(this.pulse::missed)
			.onErrorComplete()
			.then();
	}

	@Override
	public void destroy() {
		this.pinging.cancel(false);
		this.search.cancel(false);
		this.client.shutdown(QUIET_MILLIS, LONGEST_SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
		this.resources.shutdown(0, LONGEST_SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
	}

}
