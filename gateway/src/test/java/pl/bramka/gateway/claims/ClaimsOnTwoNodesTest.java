package pl.bramka.gateway.claims;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Neighbours;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.gateway.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What payments take at two nodes, on one real PostgreSQL and one real Redis.
 */
class ClaimsOnTwoNodesTest {

	private static final int ROUNDS = 200;

	private static TestPostgres postgres;

	private static TestRedis redis;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.start();
		redis = TestRedis.start();
		List<String> settings = new ArrayList<>(postgres.settings());
		settings.addAll(List.of("bramka.nodes.redis=" + redis.url(), "bramka.nodes.timeout=5s",
				"bramka.claims.cache.fresh=10m"));
		first = TestGateway.start(settings.toArray(String[]::new));
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		redis.close();
		postgres.close();
	}

	@BeforeEach
	void areConnected() {
		Neighbours.hearEachOther(first, second);
		for (TestGateway node : List.of(first, second)) {
			// More at once than the pool has: none of its connections is a broken one.
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> Call.together(25, () -> Payer.of(node).claimed().known())
					.stream()
					.allMatch((known) -> known));
		}
	}

	/** Four documents, of which each of two baskets has three, in any order. */
	@Test
	void giveNoDocumentToTwoPaymentsAndNeverWaitForEachOtherInACircle() throws Exception {
		Random random = new Random(7);
		int both = 0;
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			Payer anna = Payer.of(first);
			Payer there = anna.at(second);
			String mine = anna.payment();
			String other = anna.payment();
			for (int round = 0; round < ROUNDS; round++) {
				String name = "r" + round + "-";
				List<String> left = basket(random, name, 0);
				List<String> right = basket(random, name, 1);
				Future<Map<String, Claim>> one = threads.submit(() -> anna.take(mine, left));
				Future<Map<String, Claim>> two = threads.submit(() -> there.take(other, right));
				Set<String> shared = new HashSet<>(left);
				shared.retainAll(right);
				// One has its whole basket, the other is told of what it cannot have.
				assertThat(one.get().isEmpty()).isNotEqualTo(two.get().isEmpty());
				both += one.get().isEmpty() ? 1 : 0;
				assertThat(one.get().isEmpty() ? two.get().keySet() : one.get().keySet()).isNotEmpty()
					.isSubsetOf(shared);
				List<String> taken = new ArrayList<>(anna.claimedAnew().byDocument().keySet());
				assertThat(taken).containsExactlyInAnyOrderElementsOf(one.get().isEmpty() ? left : right);
				anna.release(mine);
				anna.release(other);
			}
		}
		assertThat(both).isPositive();
	}

	private static List<String> basket(Random random, String name, int from) {
		List<String> basket = new ArrayList<>(IntStream.range(from, from + 3).mapToObj((i) -> name + i).toList());
		Collections.shuffle(basket, random);
		return basket;
	}

	@Test
	void forgetTogetherWhatTheyRemember() {
		Payer anna = Payer.of(first);
		Payer there = anna.at(second);
		String payment = anna.payment();
		assertThat(there.claimed().byDocument()).isEmpty();
		anna.take(payment, List.of("f1"));
		assertThat(there.claimed().byDocument()).isEmpty();
		awaitTold(anna, there, Claim.ONGOING);
		anna.pay(payment, List.of("f1"));
		awaitTold(anna, there, Claim.PAID);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			anna.claimed();
			anna.booked(List.of("f1"));
			return there.claimed().booked("f1");
		});
		assertThat(there.claimed().of("f1")).isEqualTo(Claim.PAID);
	}

	/** An announcement may be lost: then it is said again. */
	private static void awaitTold(Payer here, Payer there, Claim claim) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			here.tell();
			return there.claimed().of("f1") == claim;
		});
	}

	@Test
	void offerNothingThatNobodyKnowsOfWhileTheDatabaseIsDown() {
		Payer anna = Payer.of(first);
		Payer jan = Payer.of(first);
		anna.take(anna.payment(), List.of("d1"));
		assertThat(anna.claimedAnew().of("d1")).isEqualTo(Claim.ONGOING);
		postgres.stop();
		try {
			assertThat(anna.claimed()).returns(true, ClaimedDocuments::known).returns(null, (all) -> all.of("d2"));
			assertThat(jan.claimed()).returns(false, ClaimedDocuments::known)
				.returns(Claim.ONGOING, (all) -> all.of("d2"))
				.returns(false, (all) -> all.booked("d2"));
		}
		finally {
			postgres.startAgain();
		}
	}

	@Test
	void noteABookingWithoutMakingAReadWaitForAFrozenDatabase() {
		Payer anna = Payer.of(first);
		String payment = anna.payment();
		anna.take(payment, List.of("b1"));
		anna.pay(payment, List.of("b1"));
		anna.claimedAnew();
		postgres.pause();
		try {
			long start = System.nanoTime();
			anna.booked(List.of("b1"));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
		}
		finally {
			postgres.resume();
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			anna.booked(List.of("b1"));
			return anna.claimedAnew().booked("b1");
		});
	}

}
