package pl.bramka.gateway.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real PostgreSQL that ends or freezes while phones read, and comes back.
 */
class DatabaseDownTest {

	private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(4);

	/** Less than a read would take that waits for the database. */
	private static final Duration LONGEST_READ = Duration.ofSeconds(1);

	private static TestPostgres postgres;

	private static TestGateway gateway;

	private Phone phone;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.start();
		List<String> settings = new ArrayList<>(postgres.settings());
		settings.add("bramka.database.limit=2s");
		settings.add("bramka.claims.longest-wait=250ms");
		settings.add("bramka.session.ended-look=200ms");
		gateway = TestGateway.start(settings.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		gateway.close();
		postgres.close();
	}

	@BeforeEach
	void signIn() throws IOException {
		gateway.mocks().reset();
		this.phone = gateway.signedIn("anna");
		assertThat(this.phone.get("/v1/home").statusCode()).isEqualTo(200);
	}

	@AfterEach
	void opensSessionsAgainWithoutARestart() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> this.phone.refresh().statusCode() == 200
					&& gateway.phone().signIn("jan@example.com", "Haslo-123!").statusCode() == 201);
	}

	private void assertNobodyComesInAndReadsGoOn() throws Exception {
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<Boolean>> requests = List.of(() -> refusesQuickly(() -> this.phone.refresh()),
					() -> refusesQuickly(() -> gateway.phone().signIn("anna@example.com", "Haslo-123!")),
					() -> refusesQuickly(() -> gateway.phone().signInByPin("any", "4826")),
					() -> refusesQuickly(() -> this.phone.send("DELETE", "/v1/sessions/current", null)));
			for (Future<Boolean> refused : callers.invokeAll(requests)) {
				assertThat(refused.get()).isTrue();
			}
		}
		long[] reads = new long[100];
		for (int i = 0; i < reads.length; i++) {
			long start = System.nanoTime();
			assertThat(this.phone.get("/v1/invoices").statusCode()).isEqualTo(200);
			reads[i] = System.nanoTime() - start;
		}
		Arrays.sort(reads);
		assertThat(Duration.ofNanos(reads[reads.length - 1])).isLessThan(LONGEST_READ);
	}

	private interface Request {

		HttpResponse<String> send() throws IOException;

	}

	private static boolean refusesQuickly(Request request) throws IOException {
		long start = System.nanoTime();
		Problems.assertProblem(request.send(), 503, "store-unavailable");
		return Duration.ofNanos(System.nanoTime() - start).compareTo(LONGEST_REFUSAL) < 0;
	}

	private static void awaitLines(Logged logged, int lines) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> logged.lines(SessionEnds.class.getName()).size() == lines);
	}

	@Test
	void thatEndedIsMissedBySignInOnly() throws Exception {
		try (Logged logged = Logged.atUsualLevels()) {
			postgres.stop();
			try {
				assertNobodyComesInAndReadsGoOn();
				awaitLines(logged, 1);
			}
			finally {
				postgres.startAgain();
			}
			awaitLines(logged, 2);
			assertThat(logged.lines(SessionEnds.class.getName()).getLast()).contains("says again");
		}
	}

	@Test
	void thatIsFrozenIsMissedBySignInOnly() throws Exception {
		postgres.pause();
		try {
			assertNobodyComesInAndReadsGoOn();
			// More than there are connections: all are stuck by now.
			assertThat(Call.together(25, this.phone::refresh)).extracting(Json::code).containsOnly("store-unavailable");
		}
		finally {
			postgres.resume();
		}
	}

}
