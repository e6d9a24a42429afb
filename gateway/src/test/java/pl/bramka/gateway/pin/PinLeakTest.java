package pl.bramka.gateway.pin;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PINs that are set, right and wrong, looked for wherever operations can look. They have
 * six digits: four are found in any number.
 */
class PinLeakTest {

	private static final List<String> PINS = List.of("480753", "905172", "613948");

	private static final Pattern ANY = PinPhone.alone(PINS);

	private static void live(TestGateway gateway) throws IOException {
		PinPhone phone = PinPhone.withoutPin(gateway, "anna").withPin(PINS.get(0));
		assertThat(phone.signIn(PINS.get(0)).statusCode()).isEqualTo(201);
		assertThat(phone.set(PINS.get(1), PINS.get(0)).statusCode()).isEqualTo(204);
		for (int i = 0; i < 6; i++) {
			assertThat(phone.guess(PINS.get(2)).body()).doesNotContainPattern(ANY);
		}
		assertThat(phone.set(PINS.get(0), PINS.get(1)).body()).doesNotContainPattern(ANY);
	}

	@Test
	void reachNoLogAndNoMeasurement() throws IOException {
		try (TestGateway gateway = TestGateway.start("bramka.pin.longest=6");
				Logged logged = Logged.atUsualLevels()
					.with("pl.bramka", Level.TRACE)
					.with("org.springframework.http", Level.DEBUG)
					.with("org.springframework.web.reactive.result", Level.DEBUG)
					.with("org.springframework.security", Level.DEBUG)
					.with("org.springframework.r2dbc", Level.DEBUG)) {
			live(gateway);
			assertThat(logged.lines()).isNotEmpty().allSatisfy((line) -> assertThat(line).doesNotContainPattern(ANY));
			assertThat(logged.lines("audit")).anyMatch((line) -> line.contains("event=pin-erased"));
			assertThat(Call.get(gateway.managementUrl(), "/actuator/prometheus").send().body())
				.contains("bramka_pin_checks_total")
				.doesNotContainPattern(ANY);
		}
	}

}
