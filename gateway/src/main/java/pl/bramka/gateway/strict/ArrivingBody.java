package pl.bramka.gateway.strict;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request after another, while it arrives and until it is answered.
 */
final class ArrivingBody {

	private final Bodies bodies;

	private int size;

	private @Nullable ByteBuf bytes;

	ArrivingBody(Bodies bodies) {
		this.bodies = bodies;
	}

	/**
	 * Adds a part. It is copied: of a part of one byte the whole buffer would stay that
	 * it was read into.
	 * @param part what came
	 * @param memory where there is room for it
	 * @return whether all bodies together leave room for it
	 */
	boolean add(ByteBuf part, ByteBufAllocator memory) {
		if (!this.bodies.take(part.readableBytes())) {
			return false;
		}
		this.size += part.readableBytes();
		if (part.isReadable()) {
			this.bytes = (this.bytes != null) ? this.bytes : memory.buffer(part.readableBytes());
			this.bytes.writeBytes(part);
		}
		return true;
	}

	/** How many bytes came. */
	int size() {
		return this.size;
	}

	/** All of it, now somebody else's to release. It counts as held until the answer. */
	LastHttpContent whole() {
		@Nullable ByteBuf whole = this.bytes;
		this.bytes = null;
		return (whole != null) ? new DefaultLastHttpContent(whole) : LastHttpContent.EMPTY_LAST_CONTENT;
	}

	/** Nothing is held any more. */
	void forget() {
		this.bodies.give(this.size);
		this.size = 0;
		if (this.bytes != null) {
			this.bytes.release();
			this.bytes = null;
		}
	}

}
