package pl.bramka.gateway.connections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import reactor.netty.NettyPipeline;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.strict.Strictness;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The handlers of each connection, from the socket inwards: pace, head guard, decoder,
 * answer headers, request guard, and then the server's own.
 */
@Configuration(proxyBeanMethods = false)
class PublicServer {

	/**
	 * A customizer of the factory: unlike one of the server it leaves management alone.
	 */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> guardedConnections(ConnectionsProperties settings,
			OpenConnections connections, Strictness strictness, MeterRegistry meters) {
		Counter cut = meters.counter(Names.CONNECTIONS_CUT, "reason", "slow-reader");
		return (factory) -> factory.addServerCustomizers((server) -> server
			// As many again may wait with the system while no more are taken.
			.option(ChannelOption.SO_BACKLOG, settings.most())
			.childOption(ChannelOption.SO_SNDBUF, Math.toIntExact(settings.sendBuffer().toBytes()))
			.doOnBound((bound) -> {
				Acceptor.at(bound.channel(), settings.most());
				connections.listensAt(bound);
			})
			.doOnChannelInit((observer, channel, remote) -> {
				boolean full = !connections.add(channel);
				channel.pipeline().addBefore(NettyPipeline.HttpCodec, "bramka.pace", new AnswerPace(settings, cut));
				strictness.guard(channel, full, connections::isLeaving);
			}));
	}

}
