package pl.bramka.gateway.connections;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a caller that does not take its answer. While bytes wait to be sent it looks twice
 * in the time a stall may last, and each time enough of them must have gone; a limit on
 * silence alone would let a caller take one byte now and then for ever.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How it went is told to the promise.
final class AnswerPace extends ChannelOutboundHandlerAdapter {

	private final Duration interval;

	private final long least;

	private final Counter cut;

	private long written;

	private long gone;

	private boolean watching;

	AnswerPace(ConnectionsProperties settings, Counter cut) {
		this.interval = settings.stall().dividedBy(2);
		this.least = Math.max(1, settings.pace().toBytes() * this.interval.toMillis() / 1000);
		this.cut = cut;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof ByteBuf bytes) {
			this.written += bytes.readableBytes();
		}
		context.write(message, promise);
	}

	@Override
	public void flush(ChannelHandlerContext context) {
		context.flush();
		@Nullable ChannelOutboundBuffer waiting = waiting(context);
		if (!this.watching && waiting != null) {
			this.watching = true;
			this.gone = gone(waiting);
			lookLater(context);
		}
	}

	private void look(ChannelHandlerContext context) {
		@Nullable ChannelOutboundBuffer waiting = waiting(context);
		if (waiting == null) {
			this.watching = false;
			return;
		}
		long now = gone(waiting);
		if (now - this.gone < this.least) {
			this.cut.increment();
			// What the system still holds for it is thrown away as well.
			context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			context.close();
			return;
		}
		this.gone = now;
		lookLater(context);
	}

	private void lookLater(ChannelHandlerContext context) {
		context.executor().schedule(() -> look(context), this.interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** What was written and is not sent; nothing if there is none, or it is closed. */
	private static @Nullable ChannelOutboundBuffer waiting(ChannelHandlerContext context) {
		@Nullable ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
		return (buffer != null && !buffer.isEmpty()) ? buffer : null;
	}

	/** How many bytes were sent, give or take what Netty adds for each buffer. */
	private long gone(ChannelOutboundBuffer waiting) {
		return this.written - waiting.totalPendingWriteBytes() + waiting.currentProgress();
	}

}
