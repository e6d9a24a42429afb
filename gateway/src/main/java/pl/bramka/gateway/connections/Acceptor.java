package pl.bramka.gateway.connections;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;

/**
 * Takes the new connections of one port from the system, on a thread of its own: an event
 * loop takes a few in each of its rounds, and where those are long callers wait for many
 * of them before anybody knows that they are there. Stops for as long as too many wait
 * for an event loop.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {

	private final Channel port;

	private final int most;

	/** Taken, and not looked at by an event loop yet. */
	private final AtomicInteger waiting = new AtomicInteger();

	/** The first that an event loop does for a connection. */
	private final ChannelHandler looked = new ChannelInitializer<>() {
		@Override
		protected void initChannel(Channel connection) {
			Acceptor.this.waiting.decrementAndGet();
			if (!Acceptor.this.port.config().isAutoRead()) {
				goOnIfFewWait();
			}
		}
	};

	private Acceptor(Channel port, int most) {
		this.port = port;
		this.most = most;
	}

	/**
	 * Bounds what waits.
	 * @param port takes connections already
	 * @param most how many may wait for an event loop
	 */
	static void at(Channel port, int most) {
		port.pipeline().addFirst(new Acceptor(port, most));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object connection) {
		if (this.waiting.incrementAndGet() >= this.most) {
			this.port.config().setAutoRead(false);
			// Those that waited may have been looked at meanwhile.
			goOnIfFewWait();
		}
		((Channel) connection).pipeline().addFirst(this.looked);
		context.fireChannelRead(connection);
	}

	private void goOnIfFewWait() {
		if (this.waiting.get() < this.most) {
			this.port.config().setAutoRead(true);
		}
	}

}
