package pl.bramka.gateway.live;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.TestGateway;

import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A running gateway whose files are edited, seen from its management port.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveConfigurationTest {

	private static final String FLAT = "bramka.fees.prices[0].flat";

	/** How long edits took. */
	private final List<Duration> times = new ArrayList<>();

	private TestGateway gateway;

	private Path fees;

	private String shipped;

	@BeforeAll
	void start() throws IOException {
		this.gateway = TestGateway.start();
		this.fees = this.gateway.config().resolve("fees.yml");
		this.shipped = Files.readString(this.fees);
	}

	@AfterEach
	void mend() throws IOException {
		Files.writeString(this.fees, this.shipped);
		soon().until(() -> "150".equals(value(FLAT).at("/value").asString()) && "applied".equals(state()));
	}

	/** Each of them. */
	@AfterAll
	void stop() {
		this.gateway.close();
		assertThat(this.times).allSatisfy((time) -> assertThat(time).isLessThan(Duration.ofSeconds(2)));
	}

	@Test
	void showsEachValueInForceAndWhereItComesFrom() throws IOException {
		assertThat(value(FLAT).at("/value").asString()).isEqualTo("150");
		assertThat(value(FLAT).at("/origin").asString()).isEqualTo(this.fees + ":" + line(this.shipped, "flat: 150"));
		assertThat(value(FLAT).at("/since").asString()).startsWith("20");
		assertThat(file().at("/state").asString()).isEqualTo("applied");
		assertThat(file().at("/read").asString()).startsWith("20");
	}

	@Test
	void appliesAnEditWithinTwoSeconds() throws IOException {
		for (String flat : List.of("175", "176", "177")) {
			Files.writeString(this.fees, this.shipped.replace("flat: 150", "flat: " + flat));
			awaitAndNote(() -> flat.equals(value(FLAT).at("/value").asString()));
		}
		assertThat(measured("bramka_settings_refused{file=\"fees.yml\"} 0.0")).isTrue();
	}

	@Test
	void refusesABadEditWithinTwoSecondsAndSaysWhy() throws IOException {
		String bad = this.shipped.replace("flat: 150", "flat: 175") + "      - from: 2025-01-01\n        flat: -1\n";
		try (Logged logged = Logged.atUsualLevels()) {
			Files.writeString(this.fees, bad);
			awaitAndNote(() -> "refused".equals(state()));
			JsonNode refusal = file().at("/refusal");
			assertThat(refusal.at("/source").asString()).isEqualTo(this.fees.toString());
			assertThat(refusal.at("/line").asInt()).isEqualTo(line(bad, "flat: -1"));
			assertThat(refusal.at("/column").asInt()).isEqualTo(15);
			assertThat(refusal.at("/key").asString()).isEqualTo("bramka.fees.prices[1].flat");
			assertThat(refusal.at("/reason").asString()).isEqualTo("must be greater than or equal to 0");
			assertThat(value(FLAT).at("/value").asString()).as("nothing of the edit").isEqualTo("150");
			assertThat(measured("bramka_settings_refused{file=\"fees.yml\"} 1.0")).isTrue();
			assertThat(measured("bramka_settings_reloads_total{file=\"fees.yml\",result=\"refused\"}")).isTrue();
			// Said a moment after it can be seen.
			soon().untilAsserted(() -> assertThat(logged.lines(WatchedFile.class.getName()))
				.filteredOn((line) -> line.contains("refused"))
				.singleElement()
				.asString()
				.contains("fees.yml", "bramka.fees.prices[1].flat", "must be greater than or equal to 0"));
		}
	}

	@Test
	void takesAFileThatAppearsAndGoesBackWhenItGoes() throws IOException {
		Path upstreams = this.gateway.config().resolve("upstreams.yml");
		String key = "bramka.deadline.limit";
		String before = value(key).at("/origin").asString();
		Path next = this.gateway.config().resolve("next");
		Files.writeString(next, "bramka.deadline.limit: 7s\n");
		Files.move(next, upstreams, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		awaitAndNote(() -> (upstreams + ":1").equals(value(key).at("/origin").asString()));
		assertThat(value(key).at("/value").asString()).isEqualTo("7s");
		Files.delete(upstreams);
		awaitAndNote(() -> before.equals(value(key).at("/origin").asString()));
		assertThat(before).contains("gateway.yml:");
	}

	@Test
	void showsNoSecretAndTakesNoOrders() throws IOException {
		String all = Call.get(this.gateway.managementUrl(), "/actuator/settings").send().body();
		assertThat(all).doesNotContain("local-technical-password", "demo-shared-key", "local-client-secret");
		for (String method : List.of("POST", "PUT", "DELETE")) {
			HttpResponse<String> answer = Call
				.of(method, this.gateway.managementUrl(), "/actuator/settings", BodyPublishers.ofString("{}"))
				.header("Content-Type", "application/json")
				.send();
			assertThat(answer.statusCode()).isIn(404, 405);
		}
		assertThat(Call.get(this.gateway.url(), "/actuator/settings").send().statusCode()).isIn(401, 404);
	}

	@Test
	void doesNotStartWithABadFileAndSaysTheSame() throws IOException {
		try (TestGateway other = TestGateway.start()) {
			for (String bad : List.of(this.shipped.replace("150", "none"), this.shipped.replace("flat", "flatt"),
					this.shipped.replace("fees:", "\tfees:"), this.shipped + "bramka.access.token-lifetime: 1h\n",
					"")) {
				Files.writeString(other.config().resolve("fees.yml"), bad);
				Throwable failure = NestedExceptionUtils.getMostSpecificCause(catchThrowable(other::restart));
				assertThat(failure).isInstanceOf(BadSettings.class)
					.hasMessageContaining(other.config().resolve("fees.yml").toString());
			}
			Files.writeString(other.config().resolve("fees.yml"), this.shipped);
			other.restart();
		}
	}

	/** After an edit. */
	private void awaitAndNote(Callable<Boolean> outcome) {
		long start = System.nanoTime();
		soon().until(outcome);
		this.times.add(Duration.ofNanos(System.nanoTime() - start));
	}

	private static ConditionFactory soon() {
		return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(20));
	}

	private static int line(String content, String text) {
		return (int) content.substring(0, content.indexOf(text)).lines().count();
	}

	private boolean measured(String line) throws IOException {
		return Call.get(this.gateway.managementUrl(), "/actuator/prometheus").send().body().contains(line);
	}

	private String state() throws IOException {
		return file().at("/state").asString();
	}

	private JsonNode file() throws IOException {
		return one("files", "file", this.fees.toString());
	}

	private JsonNode value(String key) throws IOException {
		return one("values", "key", key);
	}

	private JsonNode one(String list, String name, String text) throws IOException {
		JsonNode all = Json.of(Call.get(this.gateway.managementUrl(), "/actuator/settings").send()).get(list);
		return all.valueStream()
			.filter((each) -> each.get(name).asString().equals(text))
			.findFirst()
			.orElseThrow(() -> new AssertionError(text + " is not in " + all));
	}

}
