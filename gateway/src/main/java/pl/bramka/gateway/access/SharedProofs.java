package pl.bramka.gateway.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.nodes.Redis;
import pl.bramka.gateway.observability.Names;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The proofs that any node has seen, in the Redis they share. While it does not answer,
 * each node knows its own only: a proof could then be used once at each node, for as long
 * as its time is right, and that is better than to answer nobody.
 */
@Component
@ConditionalOnProperty({ "bramka.nodes.redis", "bramka.access.shared-proofs" })
final class SharedProofs {

	private static final byte[] PREFIX = "bramka:proof:".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] SEEN = { '1' };

	private final Redis redis;

	private final SetArgs once;

	private final Counter fresh;

	private final Counter replayed;

	private final Counter unasked;

	SharedProofs(AccessProperties settings, Redis redis, MeterRegistry meters) {
		this.redis = redis;
		this.once = SetArgs.Builder.nx().px(RememberedProofs.lifetime(settings));
		this.fresh = meters.counter(Names.SHARED_PROOFS, "result", "new");
		this.replayed = meters.counter(Names.SHARED_PROOFS, "result", "replayed");
		this.unasked = meters.counter(Names.SHARED_PROOFS, "result", "unasked");
	}

	/**
	 * Whether no node has seen a proof with this mark; now one has. Goes on away from the
	 * connection's event loop, or all requests would share it.
	 */
	Mono<Boolean> isNew(byte[] mark) {
		Optional<StatefulRedisConnection<byte[], byte[]>> connection = this.redis.connection();
		if (connection.isEmpty()) {
			this.unasked.increment();
			return Mono.just(true);
		}
		byte[] key = ByteBuffer.allocate(PREFIX.length + mark.length).put(PREFIX).put(mark).array();
		return Mono.fromCompletionStage(() -> connection.get().async().set(key, SEEN, this.once))
			.map((set) -> news(true))
			.switchIfEmpty(Mono.fromSupplier(() -> news(false)))
			.onErrorResume((failure) -> {
				this.unasked.increment();
				return Mono.just(true);
			})
			.publishOn(Schedulers.parallel());
	}

	private boolean news(boolean set) {
		(set ? this.fresh : this.replayed).increment();
		return set;
	}

}
