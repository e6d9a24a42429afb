package pl.bramka.gateway.ratelimit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.VerboseResult;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.keys.Pseudonyms;
import pl.bramka.gateway.nodes.Redis;

import org.springframework.stereotype.Component;

/**
 * What all nodes have counted together, in Redis. A bucket is read, decided upon here and
 * written back if nobody else wrote meanwhile; requests of this node for the same bucket
 * go together, so that at most one attempt per node is under way for it. The time is the
 * deciding node's: clocks that differ by a second let a second's worth more through,
 * once.
 */
@Component
final class SharedBuckets {

	/** Kept a little longer than until full, for clocks that are not quite the same. */
	private static final Duration SPARE = Duration.ofSeconds(10);

	/** Buckets on which requests of this node may be under way together. */
	private static final int MOST_AT_ONCE = 20_000;

	private final Optional<Redis> redis;

	private final Pseudonyms pseudonyms;

	private final TimeMeter time;

	private final Duration longestWait;

	private volatile @Nullable Store store;

	SharedBuckets(Optional<Redis> redis, Pseudonyms pseudonyms, BucketProperties settings, TimeMeter time) {
		this.redis = redis;
		this.pseudonyms = pseudonyms;
		this.time = time;
		this.longestWait = settings.longestWait();
	}

	/**
	 * A connection and what was made for it.
	 */
	private record Store(StatefulRedisConnection<byte[], byte[]> connection, AsyncProxyManager<byte[]> manager,
			Cache<String, AsyncBucketProxy> buckets) {
	}

	/** Whether there are other nodes to count with. */
	boolean exist() {
		return this.redis.isPresent();
	}

	/**
	 * Takes what a charge costs, or nothing.
	 * @return what the bucket said, nothing if it did not say so in time
	 */
	CompletableFuture<Optional<VerboseResult<ConsumptionProbe>>> take(Charge charge) {
		Store current = store();
		if (current == null) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		String name = name(charge);
		AsyncBucketProxy bucket = bucket(current, name, charge.limit());
		CompletableFuture<VerboseResult<ConsumptionProbe>> taken = taken(bucket, charge);
		return taken.copy()
			.orTimeout(this.longestWait.toMillis(), TimeUnit.MILLISECONDS)
			.thenApply(Optional::of)
			.exceptionally((failure) -> {
				// Others that go together with it may never hear: the next begin anew.
				current.buckets().asMap().remove(name, bucket);
				CompletableFuture<Void> unused = taken.thenAccept((late) -> {
					if (late.getValue().isConsumed()) {
						giveBack(charge);
					}
				});
				return Optional.empty();
			});
	}

	/** Nobody waits for it: whether it arrives changes no answer. */
	void giveBack(Charge charge) {
		Store current = store();
		if (current != null) {
			CompletableFuture<Void> unused = bucket(current, name(charge), charge.limit()).addTokens(charge.cost());
		}
	}

	/**
	 * What the file says now decides: a bucket that was made by other figures takes them
	 * over first, keeping its level. That costs more trips, once per bucket and edit.
	 */
	private static CompletableFuture<VerboseResult<ConsumptionProbe>> taken(AsyncBucketProxy bucket, Charge charge) {
		return bucket.asVerbose().tryConsumeAndReturnRemaining(charge.cost()).thenCompose((answer) -> {
			if (answer.getConfiguration().equals(charge.limit().configuration())) {
				return CompletableFuture.completedFuture(answer);
			}
			CompletableFuture<Void> undone = answer.getValue().isConsumed() ? bucket.addTokens(charge.cost())
					: CompletableFuture.completedFuture(null);
			return undone
				.thenCompose((nothing) -> bucket.replaceConfiguration(charge.limit().configuration(),
						TokensInheritanceStrategy.PROPORTIONALLY))
				.thenCompose((nothing) -> bucket.asVerbose().tryConsumeAndReturnRemaining(charge.cost()));
		});
	}

	private static AsyncBucketProxy bucket(Store store, String name, Limit limit) {
		return store.buckets()
			.get(name,
					(absent) -> store.manager()
						.builder()
						.withOptimization(Optimizations.batching())
						.build(name.getBytes(StandardCharsets.US_ASCII), limit.configuration()));
	}

	/**
	 * Nobody is named in Redis: whose bucket it is shows only to who holds the keys, and
	 * is the same name as in the audit records.
	 */
	private String name(Charge charge) {
		boolean isPseudonym = charge.limit().policy().key() == LimitKey.EMAIL;
		return "limit:" + charge.limit().name() + ":" + (isPseudonym ? charge.key() : this.pseudonyms.of(charge.key()));
	}

	@SuppressWarnings("ReferenceEquality")
	private @Nullable Store store() {
		StatefulRedisConnection<byte[], byte[]> connection = this.redis.flatMap(Redis::connection).orElse(null);
		Store known = this.store;
		if (connection == null || (known != null && known.connection() == connection)) {
			return (connection != null) ? known : null;
		}
		AsyncProxyManager<byte[]> manager = Bucket4jLettuce.casBasedBuilder(connection)
			.clientClock(this.time)
			.expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(SPARE))
			.build()
			.asAsync();
		Store next = new Store(connection, manager,
				Caffeine.newBuilder()
					.executor(Runnable::run)
					.maximumSize(MOST_AT_ONCE)
					.expireAfterAccess(SPARE)
					.build());
		this.store = next;
		return next;
	}

}
