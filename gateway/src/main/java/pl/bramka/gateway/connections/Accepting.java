package pl.bramka.gateway.connections;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.ReactorNetty;
import reactor.netty.resources.LoopResources;

/**
 * Takes new connections from the system, on a thread of its own: an event loop takes a
 * few in each of its rounds, and where those are long callers wait for many of them
 * before anybody knows that they are there. Stops for as long as too many wait for an
 * event loop.
 */
@ChannelHandler.Sharable
public final class Accepting extends ChannelInboundHandlerAdapter {

	private final int most;

	/** Taken, and not looked at by an event loop yet. */
	private final AtomicInteger waiting = new AtomicInteger();

	private volatile @Nullable Channel port;

	/**
	 * Of one port.
	 * @param most how many may wait for an event loop
	 */
	Accepting(int most) {
		this.most = most;
	}

	/**
	 * The threads of a gateway's network: one takes connections, the others work. Left to
	 * itself a server works on four at the least. On a single processor each of them
	 * keeps the others waiting for as long as the system lets it run; on more, one that
	 * has to wait for a thread of another kind leaves the others going.
	 * @return not started yet; how many work may be set by the property
	 * {@code reactor.netty.ioWorkerCount}
	 */
	public static LoopResources eventLoops() {
		boolean alone = Runtime.getRuntime().availableProcessors() == 1
				&& System.getProperty(ReactorNetty.IO_WORKER_COUNT) == null;
		return LoopResources.create("reactor-http", 1, alone ? 1 : LoopResources.DEFAULT_IO_WORKER_COUNT, true);
	}

	void listensAt(DisposableServer server) {
		this.port = server.channel();
		server.channel().pipeline().addFirst(this);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object connection) {
		if (this.waiting.incrementAndGet() >= this.most) {
			context.channel().config().setAutoRead(false);
			// Those that waited may have been looked at meanwhile.
			goOnIfFewWait(context.channel());
		}
		context.fireChannelRead(connection);
	}

	/** An event loop has looked at one; on any of them. */
	void looksAtOne() {
		this.waiting.decrementAndGet();
		@Nullable Channel port = this.port;
		if (port != null && !port.config().isAutoRead()) {
			goOnIfFewWait(port);
		}
	}

	private void goOnIfFewWait(Channel port) {
		if (this.waiting.get() < this.most) {
			port.config().setAutoRead(true);
		}
	}

}
