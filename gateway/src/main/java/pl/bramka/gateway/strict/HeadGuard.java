package pl.bramka.gateway.strict;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the decoder: looks at the raw bytes of each request's head, and at the
 * clock. A new connection must bring its first request whole within the limit; a later
 * request has the same time from its first byte, however its bytes are spread, so neither
 * head nor body can be dripped.
 */
final class HeadGuard extends ChannelInboundHandlerAdapter {

	private final Duration limit;

	private final boolean full;

	private HeadScan scan = new HeadScan();

	private long beyondHead;

	private boolean open = true;

	private @Nullable Future<?> clock;

	HeadGuard(Duration limit, boolean full) {
		this.limit = limit;
		this.full = full;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (this.full) {
			close();
			context.fireUserEventTriggered(Fault.FULL);
			return;
		}
		startClock(context);
		context.fireChannelActive();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stopClock();
		context.fireChannelInactive();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!this.open) {
			ReferenceCountUtil.release(message);
			context.fireUserEventTriggered(Fault.UNASKED);
			return;
		}
		startClock(context);
		scan((ByteBuf) message);
		if (this.scan.isBroken()) {
			ReferenceCountUtil.release(message);
			context.fireUserEventTriggered(Fault.MALFORMED);
			return;
		}
		context.fireChannelRead(message);
	}

	/** The request is whole: nothing more is read until it is answered. */
	void close() {
		this.open = false;
		stopClock();
	}

	/** The request is answered: another one may come. */
	void open() {
		this.scan = new HeadScan();
		this.beyondHead = 0;
		this.open = true;
	}

	/** How many bytes came behind the head. */
	long beyondHead() {
		return this.beyondHead;
	}

	/** Whether a request has begun and is not whole yet. */
	boolean isBegun() {
		return this.scan.isBegun();
	}

	private void scan(ByteBuf bytes) {
		int end = this.scan.isDone() ? bytes.readerIndex() - 1 : bytes.forEachByte(this.scan);
		if (this.scan.isDone()) {
			this.beyondHead += bytes.writerIndex() - end - 1L;
		}
	}

	private void startClock(ChannelHandlerContext context) {
		if (this.clock == null) {
			this.clock = context.executor()
				.schedule(() -> context.fireUserEventTriggered(isBegun() ? Fault.LATE : Fault.SILENT),
						this.limit.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void stopClock() {
		if (this.clock != null) {
			this.clock.cancel(false);
			this.clock = null;
		}
	}

}
