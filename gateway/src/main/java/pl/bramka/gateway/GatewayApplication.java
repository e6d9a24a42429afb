package pl.bramka.gateway;

import java.io.IOException;
import java.nio.file.Path;

import reactor.netty.ReactorNetty;

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
		oneLoopOnOneProcessor();
		SpringApplication.run(GatewayApplication.class, arguments);
	}

	/**
	 * Left to itself the server takes four event loops at the least. On a single
	 * processor each of them keeps the others waiting for as long as the system lets it
	 * run; on more, one that has to wait for a thread of another kind leaves the others
	 * going.
	 */
	private static void oneLoopOnOneProcessor() {
		if (Runtime.getRuntime().availableProcessors() == 1
				&& System.getProperty(ReactorNetty.IO_WORKER_COUNT) == null) {
			System.setProperty(ReactorNetty.IO_WORKER_COUNT, "1");
		}
	}

}
