package pl.bramka.gateway.pin;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guesses at two nodes on one real PostgreSQL.
 */
class PinsOnTwoNodesTest {

	private static TestPostgres postgres;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.start();
		List<String> settings = new ArrayList<>(postgres.settings());
		settings.add("bramka.pin.tries-a-day=1000000");
		settings.add("bramka.pin.longest-wait=6s");
		settings.add("bramka.pin.places=200");
		first = TestGateway.start(settings.toArray(String[]::new));
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		postgres.close();
	}

	@BeforeEach
	void repair() {
		first.mocks().reset();
	}

	/** How many PINs were compared with one that was set, at both nodes. */
	private static double lookedAt() {
		return Stream.of(first, second)
			.flatMapToDouble(
					(node) -> DoubleStream.of(count(node, "right"), count(node, "wrong"), count(node, "erased")))
			.sum();
	}

	private static double count(TestGateway node, String result) {
		return node.bean(MeterRegistry.class).counter("bramka.pin.checks", "result", result).count();
	}

	private static void assertRefused(HttpResponse<String> answer) {
		Problems.assertProblem(answer, 401, "pin-refused");
	}

	@Test
	void countsAlternatingGuessesTogether() throws IOException {
		PinPhone phone = PinPhone.of(first, "anna");
		List<PinPhone> nodes = List.of(phone, phone.at(second));
		for (int i = 0; i < 4; i++) {
			assertRefused(nodes.get(i % 2).guess(PinPhone.wrong(i)));
		}
		assertThat(nodes.get(1).guess(PinPhone.PIN).statusCode()).isEqualTo(201);
		for (int i = 0; i < 5; i++) {
			assertRefused(nodes.get(i % 2).guess(PinPhone.wrong(i)));
		}
		assertRefused(nodes.get(1).guess(PinPhone.PIN));
		assertRefused(nodes.get(0).guess(PinPhone.PIN));
	}

	@Test
	void looksAtNoMoreThanFiveOfAHundredGuessesAtOnce() throws Exception {
		for (int round = 0; round < 3; round++) {
			PinPhone phone = PinPhone.of(first, "anna");
			PinPhone moved = phone.at(second);
			double before = lookedAt();
			AtomicInteger turn = new AtomicInteger();
			List<HttpResponse<String>> answers = Call.together(100, () -> {
				int i = turn.getAndIncrement();
				return ((i % 2 == 0) ? phone : moved).guess(PinPhone.wrong(i));
			});
			assertThat(lookedAt() - before).as("PINs looked at").isEqualTo(5);
			assertThat(answers).allSatisfy(PinsOnTwoNodesTest::assertRefused);
			assertThat(answers).extracting((answer) -> answer.body().replaceAll("\"requestId\":\"[^\"]*\"", ""))
				.containsOnly(answers.getFirst().body().replaceAll("\"requestId\":\"[^\"]*\"", ""));
			assertRefused(phone.guess(PinPhone.PIN));
			assertRefused(moved.guess(PinPhone.PIN));
		}
	}

	@Test
	void letsRightOnesInAtOnceAlsoBesideWrongOnes() throws Exception {
		PinPhone phone = PinPhone.of(first, "jan");
		PinPhone moved = phone.at(second);
		AtomicInteger turn = new AtomicInteger();
		List<HttpResponse<String>> answers = Call.together(24, () -> {
			int i = turn.getAndIncrement();
			return ((i % 2 == 0) ? phone : moved).guess((i % 6 == 5) ? PinPhone.wrong(i) : PinPhone.PIN);
		});
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 201).hasSize(20);
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 401).hasSize(4);
		assertThat(moved.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	@Test
	void refusesANameThatIsNoDevices() throws IOException {
		PinPhone phone = PinPhone.of(first, "anna");
		for (String name : List.of("\\u0000", "a\\u0000b", "\\ud800", "x".repeat(37))) {
			Problems.assertProblem(phone.guess(name, PinPhone.PIN), 400, "invalid-request");
		}
	}

	@Test
	void goesOnCountingAfterARestart() throws IOException {
		PinPhone phone = PinPhone.of(first, "maria");
		for (int i = 0; i < 4; i++) {
			assertRefused(phone.guess(PinPhone.wrong(i)));
		}
		first.restart();
		PinPhone again = phone.at(first);
		assertRefused(again.guess("5004"));
		assertRefused(again.guess(PinPhone.PIN));
	}

	@Test
	void takesANewPinAtBothNodesAtOnce() throws IOException {
		PinPhone phone = PinPhone.of(first, "olga");
		PinPhone moved = phone.at(second);
		assertThat(moved.guess(PinPhone.PIN).statusCode()).isEqualTo(201);
		phone.withPin("7391");
		assertRefused(moved.guess(PinPhone.PIN));
		assertThat(moved.guess("7391").statusCode()).isEqualTo(201);
		assertThat(moved.remove().statusCode()).isEqualTo(204);
		assertRefused(phone.guess("7391"));
	}

}
