package pl.bramka.gateway.connections;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.strict.Strictness;

import org.springframework.stereotype.Component;

/**
 * The connections of the public port that are open, and the port itself.
 */
@Component
final class OpenConnections {

	private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final int most;

	private volatile @Nullable DisposableServer server;

	private volatile boolean leaving;

	OpenConnections(ConnectionsProperties settings, MeterRegistry meters) {
		this.most = settings.most();
		meters.gauge(Names.CONNECTIONS, this.open, ChannelGroup::size);
	}

	/**
	 * One more.
	 * @param channel the connection, which is forgotten when it is closed
	 * @return whether there was room for it
	 */
	boolean add(Channel channel) {
		if (this.open.size() >= this.most) {
			return false;
		}
		this.open.add(channel);
		return true;
	}

	boolean isEmpty() {
		return this.open.isEmpty();
	}

	/** Whether each answer is the last of its connection. */
	boolean isLeaving() {
		return this.leaving;
	}

	void leave() {
		this.leaving = true;
	}

	void listensAt(DisposableServer server) {
		this.server = server;
	}

	/** Takes no more connections; those that are open stay. */
	@SuppressWarnings("FutureReturnValueIgnored") // Closed is closed.
	void stopListening() {
		@Nullable DisposableServer server = this.server;
		if (server != null) {
			server.channel().close();
		}
	}

	void closeIdle() {
		this.open.forEach(Strictness::closeIfIdle);
	}

}
