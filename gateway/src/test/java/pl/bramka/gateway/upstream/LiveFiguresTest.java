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
import java.util.ArrayList;
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

	/** How long edits took until they were judged. */
	private final List<Duration> judged = new ArrayList<>();

	/** How long edits took until calls showed them. */
	private final List<Duration> shown = new ArrayList<>();

	/** CRM answers nobody before. */
	private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

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
		awaitJudged(this::applied);
		awaitShown(() -> fresh(this.phones.getFirst()));
	}

	/**
	 * An edit holds within two seconds, and calls show it in the third at the latest, for
	 * they take their own time. The middle one does: the machine may stop for a while
	 * after any of them.
	 */
	@AfterAll
	void stop() {
		this.gateway.close();
		this.door.close();
		assertThat(this.judged).allSatisfy((time) -> assertThat(time).isLessThan(Duration.ofSeconds(2)));
		assertThat(this.shown).allSatisfy((time) -> assertThat(time).isLessThan(Duration.ofSeconds(3)));
	}

	/** Whatever is edited, whoever asks meanwhile gets the answer of that moment. */
	@Test
	void dropsNoRequestWhileFiguresChange() throws Exception {
		this.delay.set(100);
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
		soon().until(() -> mostInsideNow() > 2);
		edit("pool.connections: 2");
		awaitJudged(this::applied);
		awaitShown(() -> mostInsideNow() == 2);
		edit("pool.connections: 50");
		awaitJudged(this::applied);
		awaitShown(() -> mostInsideNow() > 2);
		for (String figures : List.of("try-limit: 7s", "concurrency: 40", "breaker.window: 10", "retry.pause: 20ms",
				"read-timeout: 6s", "connect-timeout: 4s", "max-answer-size: 2MB", "pool.idle: 10s")) {
			edit(figures);
			awaitJudged(this::applied);
			awaitShown(() -> mostInsideNow() > 2);
		}
	}

	@Test
	void goesByAnotherTryLimit() throws IOException {
		this.delay.set(700);
		assertThat(fresh(this.phones.getFirst())).isTrue();
		edit("try-limit: 200ms");
		awaitJudged(this::applied);
		awaitShown(() -> !fresh(this.phones.getFirst()));
		edit("try-limit: 3s", "breaker.open: 100ms");
		awaitJudged(this::applied);
		awaitShown(() -> fresh(this.phones.getFirst()));
	}

	@Test
	void goesByAnotherConcurrency() throws Exception {
		edit("concurrency: 2", "read-timeout: 6s", "try-limit: 7s");
		awaitJudged(this::applied);
		this.mostInside.set(0);
		assertThat(together(2)).as("the others were refused").isEqualTo(2);
		assertThat(this.mostInside).hasValue(2);
		this.delay.set(200);
		edit("concurrency: 20");
		awaitJudged(this::applied);
		awaitShown(() -> together(this.phones.size()) == this.phones.size());
	}

	@Test
	void goesByAnotherBreakerAndKeepsItOpen() throws IOException {
		edit("breaker: { window: 2, minimum: 2, open: 60s }", "retry.floor: 0");
		awaitJudged(this::applied);
		this.broken.set(true);
		for (int i = 0; i < 4; i++) {
			assertThat(fresh(this.phones.getFirst())).isFalse();
		}
		int asked = this.door.received().size();
		this.broken.set(false);
		edit("breaker: { window: 3, minimum: 2, open: 60s }", "retry.floor: 0");
		awaitJudged(this::applied);
		assertThat(fresh(this.phones.getFirst())).isFalse();
		assertThat(this.door.received()).as("nothing goes out while open").hasSize(asked);
		edit("breaker: { window: 3, minimum: 2, open: 500ms }", "retry.floor: 0");
		awaitShown(() -> fresh(this.phones.getFirst()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "try-limit: -1s", "try-limt: 1s", "try-limit: 2h", "max-answer-size: 0B",
			"max-answer-size: 2TB", "pool.connections: many", "breaker: 5", "base-url: http://localhost:1",
			"password: other" })
	void refusesABadEditWithTheGoodOnesBesideIt(String bad) throws Exception {
		edit("concurrency: 1", bad);
		awaitJudged(() -> "refused".equals(look().at("/state").asString()));
		JsonNode refusal = look().at("/refusal");
		assertThat(refusal.at("/source").asString()).isEqualTo(this.file.toString());
		assertThat(refusal.at("/line").asInt()).isEqualTo(5);
		assertThat(refusal.at("/key").asString()).startsWith("bramka.upstreams.crm." + bad.split(":", 2)[0]);
		this.delay.set(200);
		assertThat(together(this.phones.size())).as("concurrency is what it was").isEqualTo(this.phones.size());
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

	/**
	 * How many of all customers who ask at once get their answer from CRM. It answers
	 * nobody until there are only so many who still wait.
	 */
	private int together(int waiting) throws Exception {
		CountDownLatch start = new CountDownLatch(this.phones.size());
		CountDownLatch others = new CountDownLatch(this.phones.size() - waiting);
		this.mayAnswer = others;
		try (ExecutorService callers = Executors.newFixedThreadPool(this.phones.size())) {
			return (int) callers.invokeAll(this.phones.stream().<Callable<Boolean>>map((phone) -> () -> {
				start.countDown();
				assertThat(start.await(10, TimeUnit.SECONDS)).isTrue();
				boolean fresh = fresh(phone);
				others.countDown();
				return fresh;
			}).toList()).stream().filter(Future::resultNow).count();
		}
	}

	/** The most requests that CRM had at once during the next twelve. */
	private int mostInsideNow() {
		this.mostInside.set(0);
		int until = this.door.received().size() + 12;
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(20))
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

	/** Waits until the last edit is judged, and notes how long after it that is. */
	private void awaitJudged(Callable<Boolean> judged) {
		soon().until(judged);
		this.judged.add(sinceTheEdit());
	}

	/** Waits until calls show the last edit, and notes how long after it that is. */
	private void awaitShown(Callable<Boolean> shown) {
		soon().until(shown);
		this.shown.add(sinceTheEdit());
	}

	private Duration sinceTheEdit() {
		return Duration.ofNanos(System.nanoTime() - this.edited);
	}

	private static ConditionFactory soon() {
		return Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(20));
	}

	/** Hands a request on to CRM as it came, after a while. */
	private void pass(HttpExchange exchange) throws IOException, InterruptedException {
		this.mostInside.accumulateAndGet(this.inside.incrementAndGet(), Math::max);
		try {
			this.mayAnswer.await(20, TimeUnit.SECONDS);
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
