package pl.bramka.gateway;

import java.util.List;
import java.util.Map;

import pl.bramka.gateway.access.Unchecked;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.server.WebFilter;

/**
 * The gateway with one of its gates taken out, to see what that gate costs. Its name is the system property
 * {@code without}.
 */
final class WithoutAGate {

	private static final Map<String, List<String>> GATES = Map.of("nothing", List.of(), "load", List.of("loadGate"),
			"version", List.of("versionGate"), "limits", List.of("addressLimit", "customerLimit"), "maintenance",
			List.of("maintenanceGate"), "strict", List.of(), "proof", List.of(), "token", List.of());

	private WithoutAGate() {
	}

	public static void main(String[] arguments) {
		String without = System.getProperty("without", "nothing");
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		application.addInitializers((context) -> ((GenericApplicationContext) context).registerBean(BeanPostProcessor.class,
				() -> new BeanPostProcessor() {
					@Override
					public Object postProcessAfterInitialization(Object bean, String name) {
						if (GATES.get(without).contains(name)) {
							System.out.println("without " + name);
							return (WebFilter) (exchange, chain) -> chain.filter(exchange);
						}
						if (without.equals("strict") && name.equals("guardedConnections")) {
							System.out.println("without " + name);
							return (WebServerFactoryCustomizer<NettyReactiveWebServerFactory>) (factory) -> {
							};
						}
						return name.equals("tokenAuthentication") ? Unchecked.instead(bean, without, context) : bean;
					}
				}));
		application.run(arguments);
	}

}
