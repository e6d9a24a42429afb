package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.operator.Payment;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments that are begun at a node which is killed in the middle. The app asks the other
 * node again under the same key, and somebody tries to pay the same documents under
 * another one.
 */
class PaymentClusterIT {

	/** Each kills a process and starts it again; at least once at each moment. */
	private static final int ROUNDS = Integer.getInteger("bramka.test.kills", Moment.values().length);

	private static final Logger log = LoggerFactory.getLogger(PaymentClusterIT.class);

	private static final String START = "^/payment$";

	private static Cluster cluster;

	private static GatewayProcess first;

	private static GatewayProcess second;

	private static ExecutorService callers;

	private final Random random = new Random();

	/** What was answered before the node was killed, if anything. */
	private final Queue<String> early = new ConcurrentLinkedQueue<>();

	/**
	 * When the node is killed.
	 */
	private enum Moment {

		/** It has taken the key, and waits to write down the payment. */
		BEFORE_THE_INTENT,

		/** The payment is written down and not committed: its documents are not taken. */
		WITHIN_THE_INTENT,

		/** The payment is committed, and the operator knows nothing of it. */
		AFTER_THE_INTENT,

		/** The operator was asked and has made nothing of it. */
		BEFORE_THE_ORDER,

		/** The operator has the order and has not answered. */
		AFTER_THE_ORDER,

		/** The operator has answered, and nobody has begun to write that down. */
		AFTER_THE_ANSWER,

		/** The answer of the operator is written down, the one to the app is not. */
		BEFORE_THE_ANSWER_IS_KEPT,

		/** The database had stopped: what it does of it, it does afterwards. */
		WHILE_THE_DATABASE_IS_FROZEN,

		/** Any. */
		ANY

	}

	/** Somebody who pays, and under which key. */
	private record Payer(String persona, List<String> documents, Phone phone, String quote, String key) {

		HttpResponse<String> pays(GatewayProcess node) {
			try {
				return node.movedHere(this.phone).pay(this.quote, this.key);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		HttpResponse<String> quotes(GatewayProcess node) {
			try {
				return node.movedHere(this.phone).quote(this.documents);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** Under another key, if they can be paid at all. */
		void paysOtherwise(GatewayProcess node) {
			HttpResponse<String> answer = quotes(node);
			if (answer.statusCode() == 200) {
				answer = new Payer(this.persona, this.documents, this.phone, id(answer), UUID.randomUUID().toString())
					.pays(node);
			}
			assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409);
		}

	}

	@BeforeAll
	static void start() throws IOException {
		// Rounds are short: a node is given up sooner than in earnest. Whoever waits for
		// a lock of this test waits as long as that takes.
		cluster = Cluster.start("--bramka.payments.start-limit=4s", "--bramka.payments.ask-soon=1s",
				"--bramka.payments.look=500ms", "--bramka.idempotency.lease=8s", "--bramka.database.limit=10s",
				"--bramka.claims.cache.fresh=100ms", "--bramka.nodes.timeout=10s",
				"--bramka.limit-buckets.longest-wait=10s", "--spring.r2dbc.pool.max-acquire-time=10s",
				"--spring.r2dbc.pool.max-create-connection-time=10s");
		first = cluster.first();
		second = cluster.second();
		callers = Executors.newCachedThreadPool();
	}

	@AfterAll
	static void stop() throws IOException {
		callers.shutdownNow();
		cluster.close();
	}

	private static ConditionFactory within(Duration time) {
		return Awaitility.await().atMost(time).pollInterval(Duration.ofMillis(5));
	}

	private static String id(HttpResponse<String> answer) {
		return Json.of(answer).get("id").asString();
	}

	private static Connection connection() throws SQLException {
		return DriverManager.getConnection("jdbc:postgresql://" + cluster.postgres().address(), "postgres", "postgres");
	}

	/** The first column. */
	private static List<String> all(String select) {
		try (Connection connection = connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(select)) {
			List<String> all = new ArrayList<>();
			while (rows.next()) {
				all.add(rows.getString(1));
			}
			return all;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Payment> orders() {
		return cluster.mocks().paymentOperator().payments();
	}

	private static List<String> orderIds() {
		return orders().stream().map(Payment::orderId).toList();
	}

	private static int asked() {
		return cluster.mocks().received(UpstreamName.OPERATOR, START).size();
	}

	private static void awaitWritten(int payments) {
		within(Duration.ofSeconds(20)).until(() -> all("select id from payment").size() == payments);
	}

	/** As many statements that begin like this wait for a lock. */
	private void awaitWaiting(String statement, int times) {
		within(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(all(
				"select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '" + statement + "%'"))
			.as("answered meanwhile: %s", this.early)
			.hasSize(times));
	}

	/** Holds a lock meanwhile. */
	private static void holding(String lock, Runnable work) {
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute(lock);
			work.run();
			connection.rollback();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Payer payer(String persona, String... documents) {
		try {
			Phone phone = second.movedHere(new Phone(TestGateway.PUBLIC_URL));
			HttpResponse<String> signedIn = phone.signIn(persona + "@example.com", "Haslo-123!");
			assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(201);
			phone.acceptTerms();
			Payer payer = new Payer(persona, List.of(documents), phone, "", UUID.randomUUID().toString());
			within(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
				HttpResponse<String> answer = payer.quotes(first);
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			});
			return new Payer(persona, payer.documents(), phone, id(payer.quotes(first)), payer.key());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Nobody has paid anything. */
	private static List<Payer> payers() throws SQLException {
		cluster.mocks().reset();
		cluster.mocks().paymentOperator().notifyTo(URI.create(second.url() + "/v1/operator/notifications"));
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			for (String table : List.of("document_claim", "payment_document", "payment_attempt", "payment_difference",
					"payment", "idempotency_key")) {
				statement.execute("delete from " + table);
			}
		}
		return List.of(payer("anna", "000400042151", "000400042251"), payer("jan", "000400043151"),
				payer("maria", "000400044151", "000400044251"), payer("piotr", "000400045151"),
				payer("olga", "000400049151"));
	}

	private static void slowly(Duration delay) {
		cluster.mocks().faults().set(UpstreamName.OPERATOR, Fault.slow(delay).onlyPath(START));
	}

	private void soon() {
		CompletableFuture.runAsync(() -> {
		}, CompletableFuture.delayedExecutor(this.random.nextInt(600), TimeUnit.MILLISECONDS)).join();
	}

	/** Whether it came to that moment. */
	private boolean isKilledAt(Moment moment, List<Payer> payers) {
		try {
			killAt(moment, payers);
			return true;
		}
		catch (ConditionTimeoutException ex) {
			log.warn("it did not come to {}; answered meanwhile: {}", moment, this.early);
			first.kill();
			cluster.redis().resume();
			cluster.postgres().resume();
			cluster.mocks().faults().clearAll();
			return false;
		}
	}

	/** Has them all pay at the first node, and kills it in the middle. */
	private void killAt(Moment moment, List<Payer> payers) {
		int all = payers.size();
		// Nobody hears what a killed node would have said.
		this.early.clear();
		Runnable pay = () -> payers.forEach((payer) -> callers.execute(() -> {
			try {
				this.early.add(payer.persona() + ": " + payer.pays(first).body());
			}
			catch (UncheckedIOException ex) {
				log.debug("killed", ex);
			}
		}));
		switch (moment) {
			case BEFORE_THE_INTENT -> holding("lock table payment in share mode", () -> {
				pay.run();
				awaitWaiting("insert into payment (", all);
				first.kill();
			});
			case WITHIN_THE_INTENT -> holding("lock table document_claim in share mode", () -> {
				pay.run();
				awaitWaiting("insert into document_claim", all);
				first.kill();
			});
			case AFTER_THE_INTENT -> {
				// Other nodes are told before the operator is asked: nobody is there to
				// tell them.
				holding("lock table document_claim in share mode", () -> {
					pay.run();
					awaitWaiting("insert into document_claim", all);
					cluster.redis().pause();
				});
				awaitWritten(all);
				first.kill();
				cluster.redis().resume();
				assertThat(asked()).isZero();
			}
			case BEFORE_THE_ORDER -> {
				cluster.mocks().faults().set(UpstreamName.OPERATOR, Fault.blackHole().onlyPath(START));
				pay.run();
				within(Duration.ofSeconds(20)).until(() -> asked() == all);
				first.kill();
			}
			case AFTER_THE_ORDER -> {
				slowly(Duration.ofSeconds(5));
				pay.run();
				within(Duration.ofSeconds(20)).until(() -> orders().size() == all);
				first.kill();
			}
			case AFTER_THE_ANSWER -> {
				slowly(Duration.ofSeconds(1));
				pay.run();
				awaitWritten(all);
				holding("select 1 from payment for update", () -> {
					awaitWaiting("select id, order_id", all);
					first.kill();
				});
			}
			case BEFORE_THE_ANSWER_IS_KEPT -> {
				slowly(Duration.ofSeconds(1));
				pay.run();
				awaitWritten(all);
				holding("select 1 from idempotency_key for update", () -> {
					awaitWaiting("update idempotency_key set answer", all);
					first.kill();
				});
			}
			case WHILE_THE_DATABASE_IS_FROZEN -> {
				slowly(Duration.ofMillis(100));
				pay.run();
				soon();
				cluster.postgres().pause();
				first.kill();
				cluster.postgres().resume();
			}
			case ANY -> {
				slowly(Duration.ofMillis(100));
				pay.run();
				soon();
				first.kill();
			}
		}
		cluster.mocks().faults().clearAll();
	}

	private static HttpResponse<String> again(Payer payer) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> payer.pays(second),
					(answer) -> answer.statusCode() != 503 && !Json.code(answer).equals("request-under-way"));
	}

	/** What one may find of the payments, whenever one looks. */
	private static void assertNothingTwice() {
		List<Payment> orders = orders();
		assertThat(orders.stream().flatMap((order) -> order.documents().stream()).toList()).doesNotHaveDuplicates();
		List<String> sent = cluster.mocks()
			.received(UpstreamName.OPERATOR, START)
			.stream()
			.map((request) -> Objects.requireNonNull(request.formParameters().get("OrderID")).firstValue())
			.toList();
		assertThat(sent).doesNotHaveDuplicates().containsAll(orders.stream().map(Payment::orderId).toList());
	}

	/** Each is where the operator has it, or never came there and took nothing. */
	private static void assertSettled() {
		assertThat(all("select order_id from payment where state = 'PENDING' and closed_at is null"))
			.containsExactlyInAnyOrderElementsOf(orderIds());
		assertThat(all("select state from payment where closed_at is not null")).allMatch("FAILED"::equals);
		assertThat(all("select id from payment where state = 'STARTING'")).isEmpty();
		assertThat(all("select payment_id || ' ' || invoice_id from document_claim where state = 'ONGOING'"))
			.containsExactlyInAnyOrderElementsOf(all("select payment_id || ' ' || d.invoice_id from payment_document d"
					+ " join payment p on p.id = d.payment_id where p.closed_at is null"));
		assertThat(all("select subject from idempotency_key"))
			.containsAll(all("select id from payment where closed_at is null"));
	}

	private static void assertFreeWithoutOrder(Payer payer) {
		Set<String> ordered = new TreeSet<>(orders().stream().flatMap((order) -> order.documents().stream()).toList());
		boolean free = payer.documents().stream().noneMatch(ordered::contains);
		for (GatewayProcess node : List.of(first, second)) {
			HttpResponse<String> answer = payer.quotes(node);
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(free ? 200 : 409);
		}
	}

	private static void assertAnswered(Payer payer, HttpResponse<String> answer) {
		if (answer.statusCode() == 409) {
			// Whoever tried under another key was quicker.
			Problems.assertProblem(answer, 409, "document-not-payable");
			return;
		}
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		assertThat(Json.of(payer.pays(first))).isEqualTo(Json.of(answer));
		assertThat(all("select subject from idempotency_key where key_text = '" + payer.key() + "'"))
			.containsExactly(id(answer));
	}

	private static void assertNothingLost() {
		List<String> orders = orderIds();
		orders.forEach((order) -> cluster.mocks().paymentOperator().pay(order));
		within(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(all("select order_id from payment where state = 'PAID'"))
				.containsExactlyInAnyOrderElementsOf(orders));
		assertThat(all("select order_id from payment where overpaid")).isEmpty();
		assertThat(all("select order_id from payment_difference")).isEmpty();
	}

	@Test
	void neitherLosesNorDoublesAPaymentThatIsKilledOnItsWay() throws SQLException {
		int missed = 0;
		for (int round = 0; round - missed < ROUNDS; round++) {
			Moment moment = Moment.values()[(round - missed) % Moment.values().length];
			List<Payer> payers = payers();
			if (!isKilledAt(moment, payers)) {
				// Nothing may be lost or doubled then either, but it is no such round.
				missed++;
				assertThat(missed).as("a busy machine turns somebody away").isLessThanOrEqualTo(2 + ROUNDS / 10);
			}
			log.warn("round {}, {}: {} orders, payments {}", round, moment, orders().size(),
					all("select state from payment"));
			first.start();
			payers.subList(0, 2).forEach((payer) -> payer.paysOtherwise(second));
			List<HttpResponse<String>> answers = payers.stream().map(PaymentClusterIT::again).toList();
			assertNothingTwice();
			first.awaitReady();
			long ready = System.nanoTime();
			within(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
				assertSettled();
				payers.forEach(PaymentClusterIT::assertFreeWithoutOrder);
			});
			assertNothingTwice();
			log.warn("round {}: {} orders, answers {}, settled {} ms after the start", round, orders().size(),
					Arrays.toString(answers.stream().mapToInt(HttpResponse::statusCode).toArray()),
					Duration.ofNanos(System.nanoTime() - ready).toMillis());
			for (int i = 0; i < payers.size(); i++) {
				assertAnswered(payers.get(i), answers.get(i));
			}
			assertNothingLost();
		}
	}

}
