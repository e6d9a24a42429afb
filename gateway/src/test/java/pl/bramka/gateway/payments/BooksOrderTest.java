package pl.bramka.gateway.payments;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.claims.Claims;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.operator.Attempt;
import pl.bramka.gateway.operator.Attempt.Status;
import pl.bramka.gateway.operator.FeeBearer;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.operator.Operator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the operator says in whatever order, with repeats and losses: the books end
 * where the operator's are.
 */
class BooksOrderTest {

	/** Named by a failure; the same one plays the same stories. */
	private static final long SEED = Long.getLong("bramka.test.seed", new Random().nextLong());

	/** Stories that are told to the rule alone. */
	private static final int STORIES = 20_000;

	/** Stories that are told to the books in a database. */
	private static final int BOOKED = Integer.getInteger("bramka.test.bookings", 300);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Money AMOUNT = new Money(21347, "PLN");

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.payments.look=100ms", "bramka.payments.ask-after=200ms",
				"bramka.payments.ask-again=200ms", "bramka.payments.validity=1h");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	/**
	 * What became of an order, and what reached us of it.
	 *
	 * @param ends how far each attempt came, by the operator's number of it
	 * @param told what came, in the order in which it came
	 * @param lost whether the last word on any attempt did not come
	 */
	private record Story(Map<String, Status> ends, List<Map.Entry<String, Status>> told, boolean lost) {

		static Story of(Random random) {
			Map<String, Status> ends = new HashMap<>();
			List<Map.Entry<String, Status>> told = new ArrayList<>();
			for (int attempt = 1 + random.nextInt(4); attempt > 0; attempt--) {
				String remoteId = "R" + attempt;
				for (Status status : way(random)) {
					ends.put(remoteId, status);
					// Each may come never, once or several times.
					for (int times = random.nextInt(4); times > 0; times--) {
						told.add(Map.entry(remoteId, status));
					}
				}
			}
			Collections.shuffle(told, random);
			boolean lost = !ends.entrySet().stream().allMatch(told::contains);
			return new Story(ends, told, lost);
		}

		private static List<Status> way(Random random) {
			return switch (random.nextInt(5)) {
				case 0 -> List.of(Status.PENDING);
				case 1 -> List.of(Status.PENDING, Status.FAILURE);
				case 2 -> List.of(Status.FAILURE);
				case 3 -> List.of(Status.PENDING, Status.SUCCESS);
				default -> List.of(Status.PENDING, Status.FAILURE, Status.SUCCESS);
			};
		}

		/** The last words, as they come when the operator is asked or says it again. */
		List<Map.Entry<String, Status>> again() {
			return List.copyOf(this.ends.entrySet());
		}

		PaymentState end(PaymentState otherwise) {
			if (this.ends.containsValue(Status.SUCCESS)) {
				return PaymentState.PAID;
			}
			if (otherwise == PaymentState.EXPIRED) {
				return otherwise;
			}
			return this.ends.containsValue(Status.PENDING) ? PaymentState.PENDING : PaymentState.FAILED;
		}

		boolean isPaidTwice() {
			return this.ends.values().stream().filter((end) -> end == Status.SUCCESS).count() > 1;
		}

	}

	/** The rule, told one thing after the other. */
	private static final class Rule {

		private final Map<String, Status> attempts = new HashMap<>();

		private PaymentState state = PaymentState.STARTING;

		private boolean closed;

		void hear(Map.Entry<String, Status> told) {
			PaymentState before = this.state;
			this.attempts.merge(told.getKey(), told.getValue(), Status::and);
			this.state = this.state.after(this.closed, this.attempts.values());
			this.closed = this.closed || this.state == PaymentState.PAID;
			assertThat(before == PaymentState.PAID && this.state != PaymentState.PAID).as("a step back").isFalse();
			assertThat(this.state == PaymentState.PAID).isEqualTo(this.attempts.containsValue(Status.SUCCESS));
		}

		void expire() {
			if (!this.closed) {
				this.closed = true;
				this.state = PaymentState.EXPIRED;
			}
		}

	}

	@Test
	void endsWhereTheOperatorIsByTheRule() {
		Random random = new Random(SEED);
		int twice = 0;
		for (int i = 0; i < STORIES; i++) {
			Story story = Story.of(random);
			String name = "seed " + SEED + ", story " + i + ": " + story;
			Rule rule = new Rule();
			int expiry = (random.nextInt(5) == 0) ? random.nextInt(story.told().size() + 1) : -1;
			for (int at = 0; at < story.told().size(); at++) {
				if (at == expiry) {
					rule.expire();
				}
				rule.hear(story.told().get(at));
			}
			PaymentState otherwise = rule.state;
			if (story.lost()) {
				story.again().forEach(rule::hear);
			}
			assertThat(rule.state).as(name).isEqualTo(story.end(otherwise));
			assertThat(PaymentState.isPaidTwice(rule.attempts.values())).as(name).isEqualTo(story.isPaidTwice());
			twice += story.isPaidTwice() ? 1 : 0;
		}
		assertThat(twice).isBetween(STORIES / 20, STORIES / 2);
	}

	private static <T> T done(Mono<T> work) {
		return Objects.requireNonNull(work.block(PATIENCE));
	}

	private static String column(String select, String order) {
		Database database = gateway.bean(Database.class);
		return done(database
			.step(database.sql(select + " = :order")
				.bind("order", order)
				.map((row) -> String.valueOf(row.get(0)))
				.all()
				.sort()
				.collectList())
			.map((all) -> String.join(" ", all)));
	}

	/** One that the operator has, and nobody will ask about. */
	private static StoredPayment written(int number) {
		UUID id = UUID.randomUUID();
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		StoredPayment payment = new StoredPayment(id.toString(), id.toString().replace("-", ""), "payer-" + number,
				PaymentState.STARTING, FeeBearer.MERCHANT, AMOUNT, Money.zero("PLN"), null, now,
				now.plus(Duration.ofHours(1)), null, null, false, 0);
		PaymentStore store = gateway.bean(PaymentStore.class);
		List<StoredPayment.Item> items = List.of(new StoredPayment.Item("document-" + number, "account", AMOUNT));
		gateway.bean(Database.class)
			.whole(store.insert(payment, null, items, now.plus(Duration.ofDays(1)))
				.then(gateway.bean(Claims.class)
					.take(payment.customerId(), payment.id(), List.of("document-" + number))))
			.block(PATIENCE);
		return payment;
	}

	private static Mono<Boolean> booked(StoredPayment payment, Map.Entry<String, Status> told) {
		return gateway.bean(Books.class)
			.book(new Attempt(payment.orderId(), payment.bearer(), told.getKey(), told.getValue(), AMOUNT,
					payment.createdAt()));
	}

	private static void expire(StoredPayment payment) {
		PaymentStore store = gateway.bean(PaymentStore.class);
		gateway.bean(Database.class)
			.whole(store.lock(payment.orderId())
				.filter((now) -> !now.isClosed())
				.flatMap((now) -> store.close(payment.id(), PaymentState.EXPIRED, Instant.now())
					.then(gateway.bean(Claims.class).release(payment.id()))))
			.block(PATIENCE);
	}

	/** Up to four of what is told come at the same time. */
	private static void tell(StoredPayment payment, Collection<Map.Entry<String, Status>> told, int together) {
		assertThat(done(Flux.fromIterable(told).flatMap((each) -> booked(payment, each), together).collectList()))
			.doesNotContain(false);
	}

	@Test
	void endsWhereTheOperatorIsInTheDatabase() {
		Random random = new Random(SEED);
		// It says of each payment that was paid twice.
		try (Logged quiet = Logged.atUsualLevels().with(Books.class.getName(), Level.OFF)) {
			tellStories(random);
			assertThat(quiet.lines(Books.class.getName())).isEmpty();
		}
		// Of an order that is forgotten by now the operator may still say something.
		String known = "order_id in (select order_id from payment)";
		assertThat(column("select kind from payment_difference where " + known + " and currency", "PLN")).isEmpty();
	}

	private static void tellStories(Random random) {
		for (int i = 0; i < BOOKED; i++) {
			Story story = Story.of(random);
			String name = "seed " + SEED + ", story " + i + ": " + story;
			StoredPayment payment = written(i);
			int expiry = (random.nextInt(5) == 0) ? random.nextInt(story.told().size() + 1) : -1;
			int together = 1 + random.nextInt(4);
			if (expiry >= 0) {
				tell(payment, story.told().subList(0, expiry), together);
				expire(payment);
			}
			tell(payment, story.told().subList(Math.max(0, expiry), story.told().size()), together);
			if (story.lost()) {
				tell(payment, story.again(), together);
			}
			String state = column("select state from payment where order_id", payment.orderId());
			boolean over = !column("select state from payment where closed_at is not null and order_id",
					payment.orderId())
				.isEmpty();
			PaymentState end = story.end(PaymentState.valueOf(state));
			assertThat(state).as(name).isEqualTo(end.name());
			assertThat(column("select overpaid from payment where order_id", payment.orderId())).as(name)
				.isEqualTo(String.valueOf(story.isPaidTwice()));
			assertThat(column("select status from payment_attempt where order_id", payment.orderId())).as(name)
				.isEqualTo(String.join(" ", story.ends().values().stream().map(Status::name).sorted().toList()));
			assertThat(column("select state from document_claim where payment_id", payment.id())).as(name)
				.isEqualTo((end == PaymentState.PAID) ? "PAID" : over ? "" : "ONGOING");
		}
	}

	/** The operator itself, whose notifications get lost, and who is asked. */
	@Test
	void endsWhereTheOperatorIsWhenItIsAsked() {
		Random random = new Random(SEED);
		Operator operator = gateway.mocks().paymentOperator();
		URI node = URI.create(gateway.url() + "/v1/operator/notifications");
		Payer payer = Payer.of(gateway, "anna");
		for (int round = 0; round < 10; round++) {
			Payer.begin(gateway);
			JsonNode payment = payer.started(Payer.ANNAS);
			String order = payer.order().orderId();
			for (int failures = random.nextInt(4); failures > 0; failures--) {
				operator.notifyTo(random.nextBoolean() ? node : null);
				operator.fail(order);
			}
			operator.notifyTo(null);
			if (random.nextBoolean()) {
				operator.pay(order);
			}
			List<String> ends = payer.order().attempts().stream().map((each) -> each.status().name()).toList();
			payer.eventually(payment,
					ends.contains("SUCCESS") ? "PAID" : ends.contains("PENDING") ? "PENDING" : "FAILED");
			assertThat(payer.order().attempts()).as("seed %d", SEED).hasSameSizeAs(ends);
		}
	}

}
