package pl.bramka.gateway.pin;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One thread, two places and slow hashes: the pool is full at once.
 */
class PinPoolTest {

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.pin.threads=1", "bramka.pin.places=2", "bramka.pin.memory=16MB",
				"bramka.pin.iterations=10", "bramka.pin.tries-a-day=1000000");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static double underWay() {
		return gateway.bean(MeterRegistry.class).get(Names.PIN_UNDER_WAY).gauge().value();
	}

	private static void awaitNobody() {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> underWay() == 0);
	}

	/** Many of the same call while others hold both places. */
	private static List<HttpResponse<String>> withoutAPlace(int times, Callable<HttpResponse<String>> call)
			throws Exception {
		awaitNobody();
		HashPool pool = gateway.bean(HashPool.class);
		Sinks.Empty<Void> end = Sinks.empty();
		CompletableFuture<?> held = Mono.when(pool.inAPlace(true, end.asMono()), pool.inAPlace(true, end.asMono()))
			.toFuture();
		try {
			assertThat(underWay()).isEqualTo(2);
			return Call.together(times, call);
		}
		finally {
			end.tryEmitEmpty().orThrow();
			held.join();
		}
	}

	@Test
	void refusesWhatFindsNoPlaceAndCountsNothing() throws Exception {
		PinPhone phone = PinPhone.of(gateway, "anna");
		assertThat(withoutAPlace(30, () -> phone.guess("5000"))).hasSize(30).allSatisfy((answer) -> {
			Problems.assertProblem(answer, 503, "overloaded");
			assertThat(answer.headers().firstValue("Retry-After")).contains("1");
		});
		for (int i = 0; i < 4; i++) {
			Problems.assertProblem(phone.guess("5000"), 401, "pin-refused");
		}
		assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	@Test
	void refusesToSetAPinWithoutAPlace() throws Exception {
		PinPhone phone = PinPhone.withoutPin(gateway, "jan");
		assertThat(withoutAPlace(20, () -> phone.set(PinPhone.PIN, null))).extracting(HttpResponse::statusCode)
			.containsOnly(503);
		Problems.assertProblem(phone.guess(PinPhone.PIN), 401, "pin-refused");
		assertThat(phone.set(PinPhone.PIN, null).statusCode()).isEqualTo(204);
		assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	@Test
	void keepsAPlaceForOwnersWhateverStrangersTry() throws Exception {
		PinPhone owner = PinPhone.of(gateway, "olga");
		PinPhone stranger = new PinPhone(gateway, gateway.phone(), "unknown");
		AtomicBoolean trying = new AtomicBoolean(true);
		CountDownLatch all = new CountDownLatch(10);
		try (ExecutorService strangers = Executors.newFixedThreadPool(10)) {
			List<Future<Boolean>> refused = IntStream.range(0, 10)
				.mapToObj((each) -> strangers.submit(() -> refusedWhile(trying, stranger, all)))
				.toList();
			for (int i = 0; i < 20; i++) {
				HttpResponse<String> answer = owner.guess(PinPhone.PIN);
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
			}
			boolean enough = all.await(20, TimeUnit.SECONDS);
			trying.set(false);
			for (Future<Boolean> each : refused) {
				assertThat(each.get()).as("strangers found no place now and then").isTrue();
			}
			assertThat(enough).isTrue();
		}
		finally {
			trying.set(false);
		}
	}

	private static boolean refusedWhile(AtomicBoolean trying, PinPhone stranger, CountDownLatch all)
			throws IOException {
		boolean refused = false;
		while (trying.get()) {
			int status = stranger.guess("5000").statusCode();
			assertThat(status).isIn(401, 503);
			if (status == 503 && !refused) {
				refused = true;
				all.countDown();
			}
		}
		return refused;
	}

	@Test
	void hashesOnThreadsOfItsOwn() {
		assertThat(
				gateway.bean(HashPool.class).make(() -> Thread.currentThread().getName()).block(Duration.ofSeconds(10)))
			.startsWith("pin-hash-");
	}

	@Test
	void decidesATryWhoseCallerHasLeft() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "maria");
		for (int i = 0; i < 6; i++) {
			phone.leave(PinPhone.PIN, Duration.ofMillis(60));
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> phone.guess(PinPhone.PIN).statusCode() == 201);
		awaitNobody();
		for (int i = 0; i < 4; i++) {
			Problems.assertProblem(phone.guess(PinPhone.wrong(i)), 401, "pin-refused");
		}
		assertThat(phone.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

}
