package pl.bramka.gateway.nodes;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Hears what is announced, and knows when something may have been missed: when it began
 * to listen, again too, and from time to time while it hears nothing.
 */
final class Ear extends RedisPubSubAdapter<String, String> {

	/** How often it makes sure that it hears. */
	static final Duration BEAT = Duration.ofMillis(500);

	private final BiConsumer<String, String> messages;

	private final Runnable missed;

	private final Duration trust;

	private final CompletableFuture<@Nullable StatefulRedisPubSubConnection<String, String>> search;

	private final CompletableFuture<@Nullable Void> beating;

	/** When it said last that it is deaf; used by one beat after the other. */
	private volatile long deafAt;

	/** Whether nothing was heard since it said so. */
	private volatile boolean deaf;

	private volatile long heardAt = System.nanoTime();

	/**
	 * Begins to listen.
	 * @param messages takes channel and text, on the connection's event loop
	 * @param missed told that announcements may have been missed until now
	 * @param trust how often it is told so while nothing is heard
	 */
	Ear(Redis redis, BiConsumer<String, String> messages, Runnable missed, Duration trust) {
		this.messages = messages;
		this.missed = missed;
		this.trust = trust;
		this.search = redis.listening(this, Arrays.stream(Topic.values()).map(Topic::channel).toArray(String[]::new))
			.toFuture();
		this.beating = Mono.delay(BEAT).then(Mono.defer(this::beat)).repeat().then().toFuture();
	}

	/**
	 * Is as good as a pong, and earlier: what was missed is said before what is heard.
	 */
	@Override
	public void message(String channel, String text) {
		hears();
		this.messages.accept(channel, text);
	}

	@Override
	public void subscribed(String channel, long count) {
		this.missed.run();
	}

	private Mono<Void> beat() {
		long asked = System.nanoTime();
		if (!this.search.isDone()) {
			return Mono.fromRunnable(() -> hearsNothing(asked));
		}
		return Mono.fromCompletionStage(() -> this.search.join().async().ping())
			.doOnNext((pong) -> hears())
			.doOnError((failure) -> hearsNothing(asked))
			.onErrorComplete()
			.then();
	}

	private void hears() {
		this.heardAt = System.nanoTime();
		if (this.deaf) {
			this.deaf = false;
			this.missed.run();
		}
	}

	/** A ping that was lost says nothing if an announcement came after it was sent. */
	private void hearsNothing(long asked) {
		long now = System.nanoTime();
		if (this.heardAt - asked > 0) {
			return;
		}
		if (!this.deaf || now - this.deafAt >= this.trust.toNanos()) {
			this.deaf = true;
			this.deafAt = now;
			this.missed.run();
		}
	}

	void close() {
		this.beating.cancel(false);
		this.search.cancel(false);
	}

}
