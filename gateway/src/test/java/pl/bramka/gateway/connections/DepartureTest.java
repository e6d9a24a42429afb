package pl.bramka.gateway.connections;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that is shut down while callers with kept connections go on asking.
 */
class DepartureTest {

	private static final int CALLERS = 30;

	private static void add(GenericApplicationContext context) {
		context.registerBean(RouterFunction.class,
				() -> RouterFunctions.route()
					.GET("/v1/test-only/slow",
							(request) -> Mono.delay(Duration.ofSeconds(6))
								.flatMap((tick) -> ServerResponse.ok().bodyValue("done")))
					.build());
	}

	@Test
	void failsNoRequestAndIsDoneInTime() throws Exception {
		TestGateway gateway = TestGateway.startWith(DepartureTest::add, "bramka.connections.leave=5s");
		Phone phone = gateway.signedIn("anna");
		AtomicBoolean ready = new AtomicBoolean(true);
		Queue<KeptConnection.Answer> answers = new ConcurrentLinkedQueue<>();
		Queue<Exception> failures = new ConcurrentLinkedQueue<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
				KeptConnection idle = new KeptConnection(gateway.url())) {
			assertThat(idle.ask("/v1/problems", "").last()).isFalse();
			List<Future<?>> callers = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				callers.add(threads.submit(() -> askOn(gateway.url(), ready, answers, failures)));
			}
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answers.size() > 20 * CALLERS);
			assertThat(answers).allMatch((answer) -> answer.status() == 200 && !answer.last());
			Future<HttpResponse<String>> slow = threads.submit(() -> phone.get("/v1/test-only/slow"));

			long start = System.nanoTime();
			Future<?> closed = threads.submit(gateway::close);
			URI readiness = gateway.managementUrl().resolve("/actuator/health/readiness");
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> status(readiness) == 503);
			ready.set(false);
			int before = answers.size();
			assertThat(idle.isEnded()).as("served, while whoever shares out load has yet to notice").isFalse();
			// It says that it leaves a moment after it says that it is not ready.
			KeptConnection.Answer last = Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> idle.ask("/v1/problems", ""), (answer) -> answer.last() || answer.status() != 200);
			assertThat(last).isEqualTo(new KeptConnection.Answer(200, true));
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(idle::isEnded);

			for (Future<?> caller : callers) {
				caller.get(30, TimeUnit.SECONDS);
			}
			assertThat(slow.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			closed.get(30, TimeUnit.SECONDS);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(5),
					Duration.ofSeconds(20));
			assertThat(failures).isEmpty();
			assertThat(answers).allMatch((answer) -> answer.status() == 200);
			assertThat(answers.size()).isGreaterThan(before);
			assertThat(answers.stream().filter(KeptConnection.Answer::last).count()).isGreaterThanOrEqualTo(CALLERS);
		}
	}

	/**
	 * One caller: keeps its connection until it is told that it ends, and makes a new one
	 * only to a node that is ready.
	 */
	private static void askOn(URI gateway, AtomicBoolean ready, Queue<KeptConnection.Answer> answers,
			Queue<Exception> failures) {
		try {
			do {
				try (KeptConnection connection = new KeptConnection(gateway)) {
					boolean last = false;
					while (!last && !connection.isEnded()) {
						KeptConnection.Answer answer = connection.ask("/v1/problems", "");
						answers.add(answer);
						last = answer.last();
					}
				}
				catch (ConnectException ex) {
					// Nobody listens any more.
					return;
				}
			}
			while (ready.get());
		}
		catch (IOException ex) {
			failures.add(ex);
		}
	}

	private static int status(URI readiness) throws IOException {
		return Call.get(URI.create("http://localhost:" + readiness.getPort()), readiness.getPath()).send().statusCode();
	}

}
