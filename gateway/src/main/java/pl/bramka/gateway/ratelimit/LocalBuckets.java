package pl.bramka.gateway.ratelimit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.observability.Names;

import org.springframework.stereotype.Component;

/**
 * What this node has counted by itself. A bucket nobody asked for so long that it is full
 * again is forgotten, and when there are too many, those that are seldom asked for: a
 * flood of new keys pushes out itself before it pushes out keys in use.
 */
@Component
final class LocalBuckets {

	private final Map<LimitKey, Cache<Key, Held>> buckets = new EnumMap<>(LimitKey.class);

	private final TimeMeter time;

	LocalBuckets(BucketProperties settings, TimeMeter time, MeterRegistry meters) {
		this.time = time;
		for (LimitKey key : LimitKey.values()) {
			this.buckets.put(key, cache(key, settings.of(key), meters));
		}
	}

	private record Key(String limit, String value) {
	}

	/**
	 * A bucket, and after how many nanoseconds it is full whatever was taken.
	 */
	private record Held(Bucket bucket, long memory) {
	}

	/**
	 * Takes what a charge costs, or nothing. What the file says now decides: a bucket
	 * that was made by other figures takes them over first, keeping its level.
	 */
	VerboseResult<ConsumptionProbe> take(Charge charge) {
		Limit limit = charge.limit();
		Bucket bucket = bucket(charge).bucket();
		VerboseResult<ConsumptionProbe> answer = bucket.asVerbose().tryConsumeAndReturnRemaining(charge.cost());
		if (answer.getConfiguration().equals(limit.configuration())) {
			return answer;
		}
		if (answer.getValue().isConsumed()) {
			bucket.addTokens(charge.cost());
		}
		bucket.replaceConfiguration(limit.configuration(), TokensInheritanceStrategy.PROPORTIONALLY);
		of(limit).put(key(charge), new Held(bucket, limit.memory()));
		return bucket.asVerbose().tryConsumeAndReturnRemaining(charge.cost());
	}

	void giveBack(Charge charge) {
		Held held = of(charge.limit()).getIfPresent(key(charge));
		if (held != null) {
			held.bucket().addTokens(charge.cost());
		}
	}

	private Held bucket(Charge charge) {
		Cache<Key, Held> cache = of(charge.limit());
		Key key = key(charge);
		@Nullable Held known = cache.getIfPresent(key);
		return (known != null) ? known : cache.get(key, (absent) -> made(charge.limit()));
	}

	private Held made(Limit limit) {
		LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(this.time);
		for (Bandwidth bandwidth : limit.configuration().getBandwidths()) {
			builder.addLimit(bandwidth);
		}
		return new Held(builder.build(), limit.memory());
	}

	private Cache<Key, Held> of(Limit limit) {
		return Objects.requireNonNull(this.buckets.get(limit.policy().key()));
	}

	private static Key key(Charge charge) {
		return new Key(charge.limit().name(), charge.key());
	}

	private static Cache<Key, Held> cache(LimitKey kind, int most, MeterRegistry meters) {
		Counter evictions = meters.counter(Names.CACHE_EVICTIONS, "cache",
				"limits-" + kind.name().toLowerCase(Locale.ROOT));
		return Caffeine.newBuilder()
			.executor(Runnable::run)
			.maximumSize(most)
			.expireAfter(Expiry.<Key, Held>accessing((key, held) -> Duration.ofNanos(held.memory())))
			.evictionListener((key, held, cause) -> {
				if (cause == RemovalCause.SIZE) {
					evictions.increment();
				}
			})
			.build();
	}

}
