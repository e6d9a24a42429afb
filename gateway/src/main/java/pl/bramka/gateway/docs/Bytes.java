package pl.bramka.gateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Something public that stays as it is while the gateway runs, with a strong entity tag.
 * It lies once where the network takes it from, and every answer is that: anybody may ask
 * for it and not read on, and copies of half a megabyte would soon fill the memory.
 */
final class Bytes {

	/** Bytes of the tag's hash: more than enough to tell two versions apart. */
	private static final int TAG_BYTES = 16;

	/** Short, so that a new version is seen soon; until then nothing is asked for. */
	private static final Duration KEPT = Duration.ofMinutes(5);

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

	/** Never released. */
	private final ByteBuf content;

	private final String tag;

	private Bytes(byte[] content) {
		ByteBuffer direct = ByteBuffer.allocateDirect(content.length).put(content).flip();
		this.content = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(direct));
		this.tag = '"' + HexFormat.of().formatHex(sha256().digest(content), 0, TAG_BYTES) + '"';
	}

	/** Reads a file of the application. */
	static Bytes of(String resource) {
		try {
			return new Bytes(new ClassPathResource(resource).getContentAsByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The answer; becomes 304 if the caller has the same. */
	ResponseEntity<DataBuffer> ok(MediaType type) {
		return ok(type, HttpHeaders.EMPTY);
	}

	/** The answer with more headers. */
	ResponseEntity<DataBuffer> ok(MediaType type, HttpHeaders headers) {
		return ResponseEntity.ok()
			.headers(headers)
			.eTag(this.tag)
			.cacheControl(CacheControl.maxAge(KEPT).cachePublic())
			.contentType(type)
			.body(BUFFERS.wrap(this.content.duplicate()));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JVM has SHA-256", ex);
		}
	}

}
