package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Looks at the pieces of one file as they pass: whether they begin such a file, how many
 * bytes they are, and for how long the system was silent though more was asked for.
 */
final class FileWatch {

	private final FileKind kind;

	private final FileLimits limits;

	private final long start = System.nanoTime();

	private long asked;

	private long since = this.start;

	private long waited;

	private long bytes;

	private boolean told;

	private @Nullable DataBuffer held;

	FileWatch(FileKind kind, FileLimits limits) {
		this.kind = kind;
		this.limits = limits;
	}

	/** The same pieces, the first long enough to tell what they begin. */
	Flux<DataBuffer> over(Flux<DataBuffer> pieces) {
		return pieces.doOnRequest(this::asked)
			.takeUntilOther(looks())
			.handle(this::take)
			.doFinally((end) -> letGo())
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private Flux<Object> looks() {
		Duration shorter = (this.limits.stall().compareTo(this.limits.longest()) < 0) ? this.limits.stall()
				: this.limits.longest();
		return Flux.interval(shorter.dividedBy(4)).handle((tick, sink) -> {
			UpstreamFailure.@Nullable Kind overdue = overdue(System.nanoTime());
			if (overdue != null) {
				sink.error(new UpstreamFailure(overdue, null));
			}
		});
	}

	private synchronized void asked(long pieces) {
		if (this.asked == 0) {
			this.since = System.nanoTime();
		}
		this.asked = (Long.MAX_VALUE - this.asked < pieces) ? Long.MAX_VALUE : this.asked + pieces;
	}

	/** Its time is over because of the system only if most of it was waiting for it. */
	private synchronized UpstreamFailure.@Nullable Kind overdue(long now) {
		long waiting = (this.asked > 0) ? now - this.since : 0;
		if (waiting > this.limits.stall().toNanos()) {
			return UpstreamFailure.Kind.TIMEOUT;
		}
		if (now - this.start <= this.limits.longest().toNanos()) {
			return null;
		}
		return ((this.waited + waiting) * 2 >= now - this.start) ? UpstreamFailure.Kind.TIMEOUT
				: UpstreamFailure.Kind.OUT_OF_TIME;
	}

	private synchronized void take(DataBuffer piece, SynchronousSink<DataBuffer> sink) {
		long now = System.nanoTime();
		this.waited += now - this.since;
		this.since = now;
		this.asked = (this.asked == Long.MAX_VALUE) ? this.asked : this.asked - 1;
		this.bytes += piece.readableByteCount();
		if (this.bytes > this.limits.largest().toBytes()) {
			DataBufferUtils.release(piece);
			sink.error(new UpstreamFailure(UpstreamFailure.Kind.GARBLED, null));
		}
		else if (this.told) {
			sink.next(piece);
		}
		else {
			tell(piece, sink);
		}
	}

	private void tell(DataBuffer piece, SynchronousSink<DataBuffer> sink) {
		DataBuffer first = (this.held != null) ? piece.factory().join(List.of(this.held, piece)) : piece;
		this.held = first;
		if (first.readableByteCount() < this.kind.telling()) {
			return;
		}
		this.told = this.kind.begins(first);
		if (this.told) {
			this.held = null;
			sink.next(first);
		}
		else {
			sink.error(new UpstreamFailure(UpstreamFailure.Kind.GARBLED, null));
		}
	}

	private synchronized void letGo() {
		if (this.held != null) {
			DataBufferUtils.release(this.held);
			this.held = null;
		}
	}

}
