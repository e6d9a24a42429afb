package pl.bramka.gateway.nodes;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The one connection to the Redis that nodes share. It is looked for in the background:
 * neither a start nor a request ever waits for it.
 */
@Component
@ConditionalOnProperty("bramka.nodes.redis")
public final class Redis implements DisposableBean {

	/** Between two attempts to reach a Redis that has not answered yet. */
	private static final Duration PAUSE = Duration.ofMillis(500);

	/** Commands under way at once; more are refused, so that nothing piles up. */
	private static final int MOST_COMMANDS = 10_000;

	private final RedisClient client;

	/** Succeeds once; from then on the connection mends itself. */
	private final CompletableFuture<@Nullable StatefulRedisConnection<byte[], byte[]>> search;

	Redis(NodesProperties settings) {
		RedisURI address = RedisURI.create(String.valueOf(settings.redis()));
		address.setTimeout(settings.timeout());
		this.client = RedisClient.create();
		this.client.setOptions(ClientOptions.builder()
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
			.requestQueueSize(MOST_COMMANDS)
			.build());
		this.search = Mono
			.defer(() -> Mono.fromCompletionStage(this.client.connectAsync(ByteArrayCodec.INSTANCE, address)))
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE))
			.toFuture();
	}

	/**
	 * The connection.
	 * @return it, or empty while Redis does not answer
	 */
	public Optional<StatefulRedisConnection<byte[], byte[]>> connection() {
		return this.search.isDone() ? Optional.of(this.search.join()).filter(StatefulConnection::isOpen)
				: Optional.empty();
	}

	@Override
	public void destroy() {
		this.search.cancel(false);
		this.client.shutdown();
	}

}
