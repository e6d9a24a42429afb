package pl.bramka.gateway.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The proofs seen while they could be used again: from the earliest to the latest time a
 * proof may carry. Kept as 128 bits of a hash, of a device's name and its proof's id: by
 * each node, and by all together where they share a memory.
 */
@Component
final class RememberedProofs {

	private final Cache<Mark, Boolean> marks;

	private final @Nullable SharedProofs shared;

	RememberedProofs(AccessProperties settings, ObjectProvider<SharedProofs> shared) {
		this.marks = Caffeine.newBuilder()
			.maximumSize(settings.rememberedProofs())
			.expireAfterWrite(lifetime(settings))
			.build();
		this.shared = shared.getIfAvailable();
	}

	/** How long a proof could be used again. */
	static Duration lifetime(AccessProperties settings) {
		return settings.proofWindow().multipliedBy(2).plusSeconds(1);
	}

	/** What a proof is remembered by. */
	record Mark(long high, long low) {

		static Mark of(String device, String id) {
			try {
				byte[] name = (device + '.' + id).getBytes(StandardCharsets.UTF_8);
				ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name));
				return new Mark(hash.getLong(), hash.getLong());
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

		byte[] bytes() {
			return ByteBuffer.allocate(2 * Long.BYTES).putLong(this.high).putLong(this.low).array();
		}

	}

	/**
	 * What the caller has if this proof comes for the first time; {@code invalid-proof}
	 * if not. It never will again. At once, unless nodes share a memory.
	 */
	<T> Mono<T> once(Mark mark, T value) {
		if (this.marks.asMap().putIfAbsent(mark, Boolean.TRUE) != null) {
			return Mono.error(refused());
		}
		if (this.shared == null) {
			return Mono.just(value);
		}
		return this.shared.isNew(mark.bytes()).flatMap((news) -> news ? Mono.just(value) : Mono.error(refused()));
	}

	private static Problem refused() {
		return Problem.of(ProblemCode.INVALID_PROOF);
	}

}
