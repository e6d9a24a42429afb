package pl.bramka.gateway.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operations edit versions and planned work while the gateway runs.
 */
class LiveCompatibilityTest {

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(100));
	}

	private static void edit(String file, String old, String young) throws IOException {
		Path path = gateway.config().resolve(file);
		String text = Files.readString(path);
		assertThat(text).contains(old);
		Files.writeString(path, text.replace(old, young));
	}

	private static String verdict() throws IOException {
		return Json.of(Call.get(gateway.url(), "/v1/app/compatibility").send()).path("verdict").asString();
	}

	private static int invoices() throws IOException {
		return Call.get(gateway.url(), "/v1/invoices").send().statusCode();
	}

	@Test
	void raiseTheMinimumWithoutARestart() throws IOException {
		assertThat(verdict()).isEqualTo("SUPPORTED");
		edit("app-compatibility.yml", "\"3.4\" ]", "\"3.4\", \"3.5\" ]");
		edit("app-compatibility.yml", "version: \"3.0.0\"", "version: \"3.5.0\"");
		soon().until(() -> verdict().equals("UPDATE_REQUIRED"));
		assertThat(invoices()).isEqualTo(426);
		edit("app-compatibility.yml", "version: \"3.5.0\"", "version: \"3.0.0\"");
		soon().until(() -> verdict().equals("SUPPORTED"));
	}

	@Test
	void planWorkWithoutARestart() throws IOException {
		assertThat(invoices()).isEqualTo(401);
		Instant now = Instant.now();
		edit("maintenance.yml", "windows: []", """
				windows:
				      - feature: invoices
				        from: %s
				        until: %s
				        state: off
				        message: { pl: Prace, en: Work }
				""".formatted(now.minusSeconds(60), now.plusSeconds(600)));
		soon().until(() -> invoices() == 503);
		edit("maintenance.yml", "feature: invoices", "feature: payments");
		soon().until(() -> invoices() == 401);
	}

}
