package pl.bramka.gateway.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A node that has more to do than it can. */
class LoadGateTest {

	/** A node that does not get to its connections notices in a few looks. */
	private static final Duration SOON = Duration.ofSeconds(10);

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.load.in-flight=10", "bramka.load.standing-delay=100ms",
				"bramka.upstreams.billing.read-timeout=15s", "bramka.upstreams.billing.try-limit=15s",
				"bramka.deadline.limit=15s");
	}

	@AfterAll
	static void end() {
		gateway.close();
	}

	@BeforeEach
	void isWellAgain() {
		gateway.mocks().reset();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> measured(Names.LOAD_PRESSURE) == 0);
	}

	@Test
	void aFullNodeKeepsPlacesForWhatMattersMost() throws Exception {
		Phone jan = gateway.signedIn("jan");
		Phone anna = gateway.signedIn("anna");
		gateway.mocks().faults().set(UpstreamName.BILLING, Fault.slow(Duration.ofSeconds(10)));
		List<CompletableFuture<HttpResponse<String>>> underWay = waiting(anna, 5, 5);

		assertLetGo(jan.get("/v1/problems"));
		assertLetGo(jan.get("/v1/customer", "Priority", "u=6"));
		assertThat(jan.get("/v1/customer").statusCode()).isEqualTo(200);

		underWay = Stream.concat(underWay.stream(), waiting(anna, 3, 8).stream()).toList();
		assertLetGo(jan.get("/v1/customer"));
		assertThat(sentence(jan.get("/v1/customer", "Accept-Language", "en"))).startsWith("The service is overloaded");
		assertThat(sentence(jan.get("/v1/customer", "Accept-Language", "pl"))).startsWith("Usługa jest przeciążona");
		assertThat(Call.get(gateway.managementUrl(), "/actuator/health/readiness").send().statusCode()).isEqualTo(200);
		assertThat(gateway.phone().signIn("maria@example.com", "Haslo-123!").statusCode()).isEqualTo(201);

		underWay.forEach((each) -> assertThat(each.join().statusCode()).isIn(200, 503));
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> measured(Names.LOAD_IN_FLIGHT) == 0);
		assertThat(jan.get("/v1/customer").statusCode()).isEqualTo(200);
	}

	@Test
	void aSwampedNodeSignsInAndLetsTheRestGoUntilItIsWell() throws Exception {
		Phone jan = gateway.signedIn("jan");
		double before = shed();
		AtomicBoolean swamped = new AtomicBoolean(true);
		gateway.bean(ReactorResourceFactory.class)
			.getLoopResources()
			.onServer(true)
			.forEach((loop) -> busy(loop, swamped));
		try {
			Awaitility.await().atMost(SOON).until(() -> measured(Names.LOAD_PRESSURE) == 2);
			assertLetGo(jan.get("/v1/customer"));
			assertLetGo(jan.get("/v1/problems"));
			assertThat(gateway.phone().signIn("maria@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
			assertThat(shed()).isEqualTo(before + 2);
		}
		finally {
			swamped.set(false);
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> jan.get("/v1/customer").statusCode() == 200);
	}

	/**
	 * Short tasks that follow each other, so that the loop never rests and never stops:
	 * it looks at its connections after 64 of them.
	 */
	private static void busy(EventExecutor loop, AtomicBoolean swamped) {
		loop.execute(() -> {
			long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
			while (System.nanoTime() < until) {
				assertThat(until).isPositive();
			}
			if (swamped.get()) {
				busy(loop, swamped);
			}
		});
	}

	private static List<CompletableFuture<HttpResponse<String>>> waiting(Phone phone, int calls, int altogether) {
		List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, calls)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> invoices(phone),
					(call) -> Thread.ofVirtual().start(call)))
			.toList();
		Awaitility.await()
			.atMost(Duration.ofSeconds(9))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> measured(Names.LOAD_IN_FLIGHT) == altogether);
		return waiting;
	}

	private static HttpResponse<String> invoices(Phone phone) {
		try {
			return phone.get("/v1/invoices");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertLetGo(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(Json.code(answer)).isEqualTo("overloaded");
		assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 5L);
		assertThat(Json.of(answer).get("requestId").asString())
			.isEqualTo(answer.headers().firstValue("Request-Id").orElseThrow());
		// A new connection would cost more than an answer.
		assertThat(answer.headers().firstValue("Connection")).isEmpty();
	}

	private static String sentence(HttpResponse<String> answer) {
		assertLetGo(answer);
		return Json.of(answer).get("detail").asString();
	}

	private static double measured(String gauge) {
		return gateway.bean(MeterRegistry.class).get(gauge).gauge().value();
	}

	private static double shed() {
		return gateway.bean(MeterRegistry.class)
			.get(Names.LOAD_SHED)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
