package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The connections to the systems, in one pool each, and the clients that use them.
 */
final class Connections {

	/** Each pool that is open, with its end if that is near. */
	private final Map<ConnectionProvider, CompletableFuture<Void>> open = new ConcurrentHashMap<>();

	ConnectionProvider pool(UpstreamName name, UpstreamFigures.Pool figures) {
		ConnectionProvider pool = ConnectionProvider.builder(name.tag())
			.maxConnections(figures.connections())
			.pendingAcquireMaxCount(figures.pending())
			.pendingAcquireTimeout(figures.acquireTimeout())
			.maxIdleTime(figures.idle())
			.maxLifeTime(figures.lifetime())
			.evictInBackground(figures.idle())
			.lifo()
			.build();
		this.open.put(pool, new CompletableFuture<>());
		return pool;
	}

	/** A client over a pool. Several may share one if they connect alike. */
	static WebClient client(ConnectionProvider pool, UpstreamProperties.Access access,
			UpstreamFigures.Figures figures) {
		// Reactor Netty would send a request a second time by itself when a pooled
		// connection turns out to be closed, a POST too.
		HttpClient http = HttpClient.create(pool)
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(figures.connectTimeout().toMillis()))
			.responseTimeout(figures.readTimeout());
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(http))
			.codecs((codecs) -> codecs.defaultCodecs()
				.maxInMemorySize(Math.toIntExact(figures.maxAnswerSize().toBytes())))
			.defaultHeaders(access::identify)
			.build();
	}

	/** Closes a pool that nobody takes from any more, once those who did are done. */
	void closeAfter(Duration longestTry, ConnectionProvider pool) {
		this.open.put(pool, Mono.delay(longestTry).then(pool.disposeLater()).doFinally((signal) -> {
			this.open.remove(pool);
		}).toFuture());
	}

	/** Closes all, at once. */
	void close() {
		this.open.forEach((pool, end) -> {
			end.cancel(false);
			pool.dispose();
		});
	}

}
