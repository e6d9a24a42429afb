package pl.bramka.gateway.connections;

import java.net.URI;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.strict.Strictness;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

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
			.childOption(ChannelOption.SO_SNDBUF, Math.toIntExact(settings.sendBuffer().toBytes()))
			.doOnBound(connections::listensAt)
			.doOnChannelInit((observer, channel, remote) -> {
				boolean full = !connections.add(channel);
				channel.pipeline().addBefore(NettyPipeline.HttpCodec, "bramka.pace", new AnswerPace(settings, cut));
				strictness.guard(channel, full, connections::isLeaving);
			}));
	}

	/** Both ports. */
	@Bean
	NettyServerCustomizer answerHeaders(Environment environment) {
		AnswerHeaders headers = new AnswerHeaders(
				environment.getRequiredProperty("bramka.access.public-url", URI.class));
		return (server) -> withHeaders(server, headers);
	}

	private static HttpServer withHeaders(HttpServer server, AnswerHeaders headers) {
		return server.doOnChannelInit((observer, channel, remote) -> add(channel, headers));
	}

	private static void add(Channel channel, AnswerHeaders headers) {
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "bramka.headers", headers);
	}

}
