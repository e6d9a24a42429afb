package pl.bramka.gateway.account;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether an e-mail has an account cannot be told by status, body, headers or time. With
 * {@code -Dbramka.test.pairs=2000} the medians are held to 5 %; a short run, on a machine
 * that does other things too, says less.
 */
class SameAnswerTest {

	private static final int PAIRS = Integer.getInteger("bramka.test.pairs", 60);

	private static final double APART = (PAIRS >= 2000) ? 0.05 : 0.25;

	/** Of phones that wait for a fixed time one does not disturb the other. */
	private static final int TOGETHER = 4;

	private static TestGateway gateway;

	private final AtomicInteger names = new AtomicInteger();

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.account.answer-after=200ms");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void repair() {
		gateway.rest();
	}

	@FunctionalInterface
	private interface Ask {

		HttpResponse<String> of(String email) throws IOException;

	}

	/** One answer and how long it took, in nanoseconds. */
	private record Timed(HttpResponse<String> answer, long nanos) {

		static Timed of(Ask ask, String email) throws IOException {
			long start = System.nanoTime();
			HttpResponse<String> answer = ask.of(email);
			return new Timed(answer, System.nanoTime() - start);
		}

	}

	private String unknown() {
		return "nobody" + this.names.incrementAndGet() + "@example.com";
	}

	private void assertAlike(int status, Ask ask, int together) throws Exception {
		for (int i = 0; i < 5; i++) {
			ask.of("jan@example.com");
			ask.of(unknown());
		}
		List<Timed> known = new ArrayList<>();
		List<Timed> unknown = new ArrayList<>();
		for (int i = 0; i < PAIRS / together; i++) {
			boolean first = i % 2 == 0;
			Call.together(together, () -> {
				Timed one = Timed.of(ask, first ? "jan@example.com" : unknown());
				Timed other = Timed.of(ask, first ? unknown() : "jan@example.com");
				synchronized (known) {
					known.add(first ? one : other);
					unknown.add(first ? other : one);
				}
				return true;
			});
		}
		assertThat(shapes(known)).isEqualTo(shapes(unknown)).hasSize(1);
		assertThat(known).allSatisfy((timed) -> assertThat(timed.answer().statusCode()).isEqualTo(status));
		assertThat((double) median(known) / median(unknown)).isBetween(1 - APART, 1 + APART);
	}

	/**
	 * Everything of an answer but what is different in each, and what is said of the
	 * connection and not of the answer: after a thousand answers one is closed.
	 */
	private static Set<String> shapes(List<Timed> answers) {
		Set<String> shapes = new TreeSet<>();
		for (Timed timed : answers) {
			JsonNode body = ((ObjectNode) Json.of(timed.answer())).without("requestId");
			Set<String> headers = new TreeSet<>(timed.answer().headers().map().keySet());
			headers.remove("connection");
			shapes.add(timed.answer().statusCode() + " " + headers + body);
		}
		return shapes;
	}

	private static long median(List<Timed> answers) {
		List<Long> sorted = answers.stream().map(Timed::nanos).sorted().toList();
		return sorted.get(sorted.size() / 2);
	}

	@Test
	void isGivenToRegistrations() throws Exception {
		assertAlike(202, (email) -> Registering.register(gateway, email, Registering.PASSWORD), TOGETHER);
	}

	@Test
	void isGivenToResets() throws Exception {
		assertAlike(202, (email) -> Registering.reset(gateway, email), TOGETHER);
		int calls = 2 * (PAIRS / TOGETHER * TOGETHER) + 10;
		assertThat(Registering.mails(gateway, calls)).isNotEmpty();
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, "execute-actions")).as("as many as there were calls")
			.hasSize(calls);
	}

	@Test
	void isGivenToSignIns() throws Exception {
		assertAlike(401, (email) -> gateway.phone().signIn(email, "Zle-Haslo-1"), 1);
	}

}
