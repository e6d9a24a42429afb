package pl.bramka.gateway.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.stereotype.Component;

/**
 * The proofs seen while they could be used again: from the earliest to the latest time a
 * proof may carry. Kept as 128 bits of a hash, of a device's name and its proof's id.
 */
@Component
final class RememberedProofs {

	private final Cache<Mark, Boolean> marks;

	RememberedProofs(AccessProperties settings) {
		this.marks = Caffeine.newBuilder()
			.maximumSize(settings.rememberedProofs())
			.expireAfterWrite(settings.proofWindow().multipliedBy(2).plusSeconds(1))
			.build();
	}

	/** Whether this proof comes for the first time; it never will again. */
	boolean isNew(String device, String id) {
		return this.marks.asMap().putIfAbsent(Mark.of(device, id), Boolean.TRUE) == null;
	}

	private record Mark(long high, long low) {

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

	}

}
