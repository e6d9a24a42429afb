package pl.bramka.gateway;

import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.Ports;

import org.springframework.boot.SpringApplication;

/**
 * The gateway with its four upstreams pretended in the same process and an embedded
 * database: what the README's first command starts.
 */
final class LocalBramka {

	private LocalBramka() {
	}

	/**
	 * Starts the stubs, then the gateway, and says what to try.
	 * @param arguments settings in Spring Boot's form, {@code --name=value}
	 */
	public static void main(String[] arguments) {
		Mocks mocks = Mocks.start(Ports.defaults());
		System.setProperty("BRAMKA_ENVIRONMENT", "local");
		SpringApplication.run(GatewayApplication.class, arguments).registerShutdownHook();
		System.out.println(mocks);
	}

}
