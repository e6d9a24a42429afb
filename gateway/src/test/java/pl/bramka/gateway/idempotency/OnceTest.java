package pl.bramka.gateway.idempotency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Requests that come again, in a time that stands still between them.
 */
class OnceTest {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration DAY = Duration.ofHours(24);

	private static final Time TIME = new Time("2026-03-01T10:00:00Z");

	private static TestGateway gateway;

	private final String key = UUID.randomUUID().toString();

	private final List<String> done = new ArrayList<>();

	@BeforeAll
	static void start() {
		gateway = TestGateway.startAt(TIME);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private Request request(String content) {
		return new Request("customer", "test", this.key, content);
	}

	private static String answer(Request request, Function<Ticket, Mono<String>> work) {
		return Objects.requireNonNull(gateway.bean(Once.class).answer(request, String.class, work).block(PATIENCE));
	}

	/** Does it, and notes that it did. */
	private Mono<String> work(Ticket ticket) {
		return Mono.fromSupplier(() -> {
			this.done.add(ticket.subject().orElse("anew"));
			return "answer " + this.done.size();
		});
	}

	private static Mono<Void> begin(Ticket ticket, String subject) {
		return gateway.bean(Database.class).whole(ticket.begin(subject));
	}

	@Test
	void answersADayLongAsItDid() {
		assertThat(answer(request("one"), this::work)).isEqualTo("answer 1");
		TIME.passes(DAY);
		assertThat(answer(request("one"), this::work)).isEqualTo("answer 1");
		assertThatException().isThrownBy(() -> answer(request("two"), this::work))
			.withMessage("idempotency-key-reused");
		TIME.passes(Duration.ofMillis(1));
		assertThat(answer(request("two"), this::work)).isEqualTo("answer 2");
		assertThat(this.done).hasSize(2);
	}

	@Test
	void doesNotKeepWhatItRefused() {
		assertThatException()
			.isThrownBy(() -> answer(request("one"), (ticket) -> Mono.error(Problem.of(ProblemCode.INVALID_REQUEST))))
			.withMessage("invalid-request");
		assertThat(answer(request("two"), this::work)).isEqualTo("answer 1");
	}

	@Test
	void goesOnWithWhatWasBegunAndRefused() {
		assertThatException()
			.isThrownBy(() -> answer(request("one"),
					(ticket) -> begin(ticket, "begun").then(Mono.error(Problem.of(ProblemCode.OPERATOR_UNAVAILABLE)))))
			.withMessage("operator-unavailable");
		answer(request("one"), this::work);
		assertThat(this.done).containsExactly("begun");
	}

	/** Whoever was given up for dead and is not must not begin anything any more. */
	@Test
	void hasOneAtATimeAndGivesUpWhoTakesTooLong() {
		CompletableFuture<String> wakes = new CompletableFuture<>();
		CompletableFuture<Ticket> first = new CompletableFuture<>();
		CompletableFuture<@Nullable String> slow = gateway.bean(Once.class)
			.answer(request("one"), String.class, (ticket) -> {
				first.complete(ticket);
				return Mono.fromFuture(wakes);
			})
			.toFuture();
		Ticket old = first.join();
		assertThatException().isThrownBy(() -> answer(request("one"), this::work)).withMessage("request-under-way");
		TIME.passes(Duration.ofSeconds(21));
		assertThat(answer(request("one"), this::work)).isEqualTo("answer 1");
		assertThatException().isThrownBy(() -> begin(old, "twice").block(PATIENCE)).withMessage("request-under-way");
		wakes.complete("late");
		assertThat(slow).succeedsWithin(PATIENCE);
		assertThat(answer(request("one"), this::work)).isEqualTo("answer 1");
		assertThat(this.done).containsExactly("anew");
	}

}
