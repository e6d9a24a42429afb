package pl.bramka.gateway.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pl.bramka.mocks.phone.Phone;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Figures of an upstream edited in {@code config/upstreams.yml} while customers ask, and
 * what the system behind sees of it. CRM is the pretended one behind a door that counts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveFiguresTest {

	private final HttpClient http = HttpClient.newHttpClient();

	private final ScriptedUpstream door = ScriptedUpstream.playing(this::pass);

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger mostInside = new AtomicInteger();

	private final AtomicLong delay = new AtomicLong();

	private final AtomicBoolean broken = new AtomicBoolean();

	private TestGateway gateway;

	private List<Phone> phones;

	private Path file;

	private int edits;

	private long edited;

	@BeforeAll
	void start() throws IOException {
		this.gateway = TestGateway.start(
				"bramka.upstreams.crm.base-url=" + this.door.uri() + "/sap/opu/odata/sap/CRM_UTILITIES_UMC",
				"bramka.account.cache.fresh=1ms", "bramka.account.cache.retry=0ms");
		this.file = this.gateway.config().resolve("upstreams.yml");
		this.phones = Stream.of("anna", "jan", "maria", "piotr", "tomek", "olga").map(this.gateway::signedIn).toList();
	}

	@BeforeEach
	void asShipped() throws IOException {
		this.delay.set(0);
		this.broken.set(false);
		edit("");
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> applied() && fresh(this.phones.getFirst()));
	}

	@AfterAll
	void stop() {
		this.gateway.close();
		this.door.close();
	}

	/** Whatever is edited, whoever asks meanwhile gets the answer of that moment. */
	@Test
	void dropsNoRequestWhileFiguresChange() throws Exception {
		this.delay.set(30);
		AtomicBoolean over = new AtomicBoolean();
		try (ExecutorService callers = Executors.newFixedThreadPool(this.phones.size())) {
			List<Future<Integer>> callsMade = this.phones.stream().map((phone) -> callers.submit(() -> {
				int answers = 0;
				while (!over.get()) {
					assertThat(fresh(phone)).isTrue();
					answers++;
				}
				return answers;
			})).toList();
			try {
				editWhileCalled();
			}
			finally {
				over.set(true);
			}
			for (Future<Integer> calls : callsMade) {
				assertThat(calls.get()).isPositive();
			}
		}
	}

	private void editWhileCalled() throws IOException {
		within2Seconds().until(this::applied);
		Awaitility.await().until(() -> mostInsideNow() > 2);
		edit("pool.connections: 2");
		within2Seconds().until(this::applied);
		shown().until(() -> mostInsideNow() == 2);
		edit("pool.connections: 50");
		within2Seconds().until(this::applied);
		shown().until(() -> mostInsideNow() > 2);
		for (String figures : List.of("try-limit: 3s", "concurrency: 40", "breaker.window: 10", "retry.pause: 20ms",
				"read-timeout: 2s", "connect-timeout: 400ms", "max-answer-size: 2MB", "pool.idle: 10s")) {
			edit(figures);
			within2Seconds().until(this::applied);
			assertThat(mostInsideNow()).isGreaterThan(2);
		}
	}

	@Test
	void goesByAnotherTryLimit() throws IOException {
		this.delay.set(700);
		assertThat(fresh(this.phones.getFirst())).isTrue();
		edit("try-limit: 200ms");
		within2Seconds().until(this::applied);
		shown().until(() -> !fresh(this.phones.getFirst()));
		edit("try-limit: 3s", "breaker.open: 100ms");
		within2Seconds().until(this::applied);
		shown().until(() -> fresh(this.phones.getFirst()));
	}

	@Test
	void goesByAnotherConcurrency() throws Exception {
		this.delay.set(200);
		edit("concurrency: 2");
		within2Seconds().until(this::applied);
		this.mostInside.set(0);
		assertThat(together()).as("the others were refused").isEqualTo(2);
		assertThat(this.mostInside).hasValue(2);
		edit("concurrency: 20");
		within2Seconds().until(this::applied);
		shown().until(() -> together() == this.phones.size());
	}

	@Test
	void goesByAnotherBreakerAndKeepsItOpen() throws IOException {
		edit("breaker: { window: 2, minimum: 2, open: 60s }", "retry.floor: 0");
		within2Seconds().until(this::applied);
		this.broken.set(true);
		for (int i = 0; i < 4; i++) {
			assertThat(fresh(this.phones.getFirst())).isFalse();
		}
		int asked = this.door.received().size();
		this.broken.set(false);
		edit("breaker: { window: 3, minimum: 2, open: 60s }", "retry.floor: 0");
		within2Seconds().until(this::applied);
		assertThat(fresh(this.phones.getFirst())).isFalse();
		assertThat(this.door.received()).as("nothing goes out while open").hasSize(asked);
		edit("breaker: { window: 3, minimum: 2, open: 500ms }", "retry.floor: 0");
		shown().until(() -> fresh(this.phones.getFirst()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "try-limit: -1s", "try-limt: 1s", "try-limit: 2h", "max-answer-size: 0B",
			"max-answer-size: 2TB", "pool.connections: many", "breaker: 5", "base-url: http://localhost:1",
			"password: other" })
	void refusesABadEditWithTheGoodOnesBesideIt(String bad) throws Exception {
		edit("concurrency: 1", bad);
		within2Seconds().until(() -> "refused".equals(look().at("/state").asString()));
		JsonNode refusal = look().at("/refusal");
		assertThat(refusal.at("/source").asString()).isEqualTo(this.file.toString());
		assertThat(refusal.at("/line").asInt()).isEqualTo(5);
		assertThat(refusal.at("/key").asString()).startsWith("bramka.upstreams.crm." + bad.split(":", 2)[0]);
		this.delay.set(200);
		assertThat(together()).as("concurrency is what it was").isEqualTo(this.phones.size());
	}

	private void edit(String... figures) throws IOException {
		StringBuilder content = new StringBuilder("bramka:\n  upstreams:\n    crm:\n");
		this.edits++;
		for (String figure : figures) {
			content.append(figure.isEmpty() ? "      {}\n" : "      " + figure + "\n");
		}
		// Each edit is another content, so that it is seen when it was judged.
		Files.writeString(this.file, content.append("# " + this.edits + "\n"));
		this.edited = System.nanoTime();
	}

	/** How many of all customers who ask at once get their answer from CRM. */
	private int together() throws Exception {
		CountDownLatch start = new CountDownLatch(this.phones.size());
		try (ExecutorService callers = Executors.newFixedThreadPool(this.phones.size())) {
			return (int) callers.invokeAll(this.phones.stream().<Callable<Boolean>>map((phone) -> () -> {
				start.countDown();
				assertThat(start.await(10, TimeUnit.SECONDS)).isTrue();
				return fresh(phone);
			}).toList()).stream().filter(Future::resultNow).count();
		}
	}

	/** The most requests that CRM had at once during the next twelve. */
	private int mostInsideNow() {
		this.mostInside.set(0);
		int until = this.door.received().size() + 12;
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.door.received().size() >= until);
		return this.mostInside.get();
	}

	private static boolean fresh(Phone phone) throws IOException {
		HttpResponse<String> answer = phone.get("/v1/customer", "Cache-Control", "no-cache");
		return answer.statusCode() == 200 && "FRESH".equals(Json.of(answer).at("/state").asString());
	}

	private boolean applied() throws IOException {
		return "applied".equals(look().at("/state").asString()) && Files.getLastModifiedTime(this.file)
			.toInstant()
			.isBefore(Instant.parse(look().at("/read").asString()));
	}

	private JsonNode look() throws IOException {
		return Json.of(Call.get(this.gateway.managementUrl(), "/actuator/settings").send())
			.get("files")
			.valueStream()
			.filter((each) -> each.get("file").asString().equals(this.file.toString()))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Calls show what is in force 2 s after the edit; they take their own time on a slow
	 * machine, a second of it.
	 */
	private ConditionFactory shown() {
		Duration left = Duration.ofSeconds(3).minusNanos(System.nanoTime() - this.edited);
		return Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(left);
	}

	private static ConditionFactory within2Seconds() {
		return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(2));
	}

	/** Hands a request on to CRM as it came, after a while. */
	private void pass(HttpExchange exchange) throws IOException, InterruptedException {
		this.mostInside.accumulateAndGet(this.inside.incrementAndGet(), Math::max);
		try {
			new CountDownLatch(1).await(this.delay.get(), TimeUnit.MILLISECONDS);
			if (this.broken.get()) {
				ScriptedUpstream.send(exchange, 503, "text/html", "<html/>");
				return;
			}
			HttpRequest.Builder request = HttpRequest
				.newBuilder(URI.create(this.gateway.mocks().crm().toString() + exchange.getRequestURI()))
				.header("Accept", "application/json");
			exchange.getRequestHeaders()
				.getOrDefault("Authorization", List.of())
				.forEach((value) -> request.header("Authorization", value));
			HttpResponse<String> answer = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			ScriptedUpstream.send(exchange, answer.statusCode(),
					answer.headers().firstValue("Content-Type").orElse("text/plain"), answer.body());
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		finally {
			this.inside.decrementAndGet();
		}
	}

}
