package pl.bramka.gateway.connections;

import java.net.URI;

import reactor.netty.NettyPipeline;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * What the public port and the one for management have in common. Found twice: by the
 * application, and through {@code META-INF/spring} by the management server, which is
 * made apart.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class EveryServer {

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> answerHeaders(Environment environment) {
		AnswerHeaders headers = new AnswerHeaders(
				environment.getRequiredProperty("bramka.access.public-url", URI.class));
		return (factory) -> factory.addServerCustomizers((server) -> server.doOnChannelInit((observer, channel,
				remote) -> channel.pipeline().addAfter(NettyPipeline.HttpCodec, "bramka.headers", headers)));
	}

}
