package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readings that were kept while billing was down and are being told to it when a node is
 * killed.
 */
class ReadingClusterIT {

	/** Each kills a process and starts it again. */
	private static final int ROUNDS = Integer.getInteger("bramka.test.reading-kills", 3);

	private static final Logger log = LoggerFactory.getLogger(ReadingClusterIT.class);

	private static final String TELL = "UMC/MeterReadingResults";

	private static Cluster cluster;

	private static GatewayProcess first;

	private static GatewayProcess second;

	private final Random random = new Random();

	/** Somebody with a meter, and what it shows. */
	private record Reader(String meter, Phone phone, String key, List<Map.Entry<String, BigDecimal>> values) {

		HttpResponse<String> reads(GatewayProcess node) {
			try {
				return node.movedHere(this.phone).read(this.meter, this.key, false, this.values);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	@BeforeAll
	static void start() throws IOException {
		// Rounds are short: a node is given up sooner than in earnest. All the time for
		// Redis: the machine may be slow.
		cluster = Cluster.start("--bramka.readings.look=200ms", "--bramka.readings.pause=1s",
				"--bramka.readings.lease=4s", "--bramka.readings.together=2", "--bramka.nodes.timeout=10s",
				"--bramka.limit-buckets.longest-wait=10s");
		first = cluster.first();
		second = cluster.second();
	}

	@AfterAll
	static void stop() throws IOException {
		cluster.close();
	}

	private static ConditionFactory within(Duration time) {
		return Awaitility.await().atMost(time).pollInterval(Duration.ofMillis(100));
	}

	private static Connection connection() throws SQLException {
		return DriverManager.getConnection("jdbc:postgresql://" + cluster.postgres().address(), "postgres", "postgres");
	}

	private static List<String> states() {
		try (Connection connection = connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select state from meter_reading order by arrived_at")) {
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

	private static Reader reader(String persona, String meter, String... values) {
		try {
			Phone phone = second.movedHere(new Phone(TestGateway.PUBLIC_URL));
			HttpResponse<String> signedIn = phone.signIn(persona + "@example.com", "Haslo-123!");
			assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(201);
			phone.acceptTerms();
			// Both nodes know the meter from now on.
			for (GatewayProcess node : List.of(first, second)) {
				within(Duration.ofSeconds(30)).until(() -> node.movedHere(phone)
					.readingOptions(meter, "Cache-Control", "no-cache")
					.statusCode() == 200);
			}
			List<Map.Entry<String, BigDecimal>> read = new ArrayList<>();
			for (int i = 0; i < values.length; i++) {
				read.add(Map.entry("00" + (i + 1), new BigDecimal(values[i])));
			}
			return new Reader(meter, phone, UUID.randomUUID().toString(), read);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Nobody has read anything. */
	private static List<Reader> readers() throws SQLException {
		cluster.mocks().reset();
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			for (String table : List.of("meter_reading", "idempotency_key")) {
				statement.execute("delete from " + table);
			}
		}
		return List.of(reader("anna", "000000000010000421", "18400", "24950"),
				reader("jan", "000000000010000431", "43200"), reader("maria", "000000000010000441", "8500"),
				reader("piotr", "000000000010000451", "15750"), reader("olga", "000000000010000491", "9150", "13800"),
				reader("tomek", "000000000010000481", "61250", "70950"), reader("tomek", "000000000010000483", "12060"),
				reader("tomek", "000000000010000485", "31000"));
	}

	private static int told() {
		return cluster.mocks().received(UpstreamName.BILLING, TELL).size();
	}

	private void soon() {
		CompletableFuture.runAsync(() -> {
		}, CompletableFuture.delayedExecutor(this.random.nextInt(800), TimeUnit.MILLISECONDS)).join();
	}

	@Test
	void neitherLosesNorDoublesAReadingThatIsBeingToldWhenANodeIsKilled() throws SQLException {
		for (int round = 0; round < ROUNDS; round++) {
			List<Reader> readers = readers();
			cluster.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE).onlyPath(TELL));
			for (Reader reader : readers) {
				HttpResponse<String> answer = reader.reads(first);
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
			}
			// Billing takes them again, and confirms so late that some are on their way.
			cluster.mocks().faults().set(UpstreamName.BILLING, Fault.slow(Duration.ofMillis(400)).onlyPath(TELL));
			int before = told();
			within(Duration.ofSeconds(20)).until(() -> told() > before);
			soon();
			first.kill();
			log.warn("round {}: {}", round, states());
			cluster.mocks().faults().clearAll();
			first.start();
			within(Duration.ofSeconds(40))
				.untilAsserted(() -> assertThat(states()).hasSameSizeAs(readers).containsOnly("ACCEPTED"));
			first.awaitReady();
			for (Reader reader : readers) {
				assertThat(cluster.mocks().billingSystem().readingsTaken(reader.meter())).as(reader.meter())
					.isEqualTo(1);
				HttpResponse<String> again = reader.reads(second);
				assertThat(again.statusCode()).as("as it was answered first").isEqualTo(202);
			}
		}
	}

}
