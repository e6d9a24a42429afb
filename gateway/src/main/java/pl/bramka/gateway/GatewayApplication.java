package pl.bramka.gateway;

import java.io.IOException;
import java.nio.file.Path;

import reactor.netty.http.HttpResources;

import pl.bramka.gateway.connections.EventLoops;
import pl.bramka.gateway.keys.KeyFile;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.SpringApplication;

/**
 * The mobile gateway.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

	/**
	 * Starts the gateway, or makes a file of keys for it.
	 * @param arguments settings in Spring Boot's form, {@code --name=value}; or
	 * {@code make-keys} and a file that does not exist yet
	 * @throws IOException if the file cannot be made
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length == 2 && "make-keys".equals(arguments[0])) {
			KeyFile.make(Path.of(arguments[1]));
			return;
		}
		HttpResources.set(EventLoops.create());
		SpringApplication.run(GatewayApplication.class, arguments);
	}

}
