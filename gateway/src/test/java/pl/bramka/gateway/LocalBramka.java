package pl.bramka.gateway;

import java.net.URI;

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
		Mocks mocks = Mocks.start(Ports.FIXED);
		mocks.paymentOperator().notifyTo(URI.create("http://localhost:8080/v1/operator/notifications"));
		Runtime.getRuntime().addShutdownHook(new Thread(mocks::close));
		System.setProperty("BRAMKA_ENVIRONMENT", "local");
		// The lines of a real start, not the few that tests want.
		System.setProperty("logging.config", "classpath:logback-spring.xml");
		SpringApplication.run(GatewayApplication.class, arguments);
		System.out.println(welcome(mocks));
	}

	private static String welcome(Mocks mocks) {
		StringBuilder text = new StringBuilder("""

				Bramka is running (end with Ctrl+C)
				  phones       http://localhost:8080/v1
				  management   http://localhost:8081/actuator
				  stubs        %s (personas, faults)

				Personas, all with the password %s
				""".formatted(mocks.control(), mocks.personas().all().getFirst().password()));
		mocks.personas()
			.all()
			.forEach((persona) -> text.append("  %-6s %s%n".formatted(persona.name(), persona.situation())));
		return text.append("""

				Try in another terminal
				  mocks/phone sign-in anna           opens a session on a phone of hers
				  mocks/phone terms accept           which asks for this first
				  mocks/phone home                   her first screen
				  mocks/phone home --app-version 2.0 426: this app is too old
				  mocks/phone fault billing refused  billing is down
				  mocks/phone home --refresh         documents and balance STALE with their age, the rest FRESH
				  mocks/phone fault clear            billing is back
				  mocks/phone home --refresh         FRESH again, nothing was restarted
				  mocks/phone invoices --state open  what is to be paid
				  mocks/phone pay DOCUMENT           quote, start, where to pay
				  mocks/phone payer pay --last       the person pays at the operator
				  mocks/phone payer book             billing books it, hours later
				  mocks/phone sign-in ewa            refused: distribution only
				""").toString();
	}

}
