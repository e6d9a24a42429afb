package pl.bramka.gateway.pin;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A wrong PIN takes as long as none also where what is counted has to reach a disk. With
 * {@code -Dbramka.test.pairs=2000} the medians are held to 5 %; a short run, on a machine
 * that does other things too, says less.
 */
class PinTimingOnPostgresTest {

	private static final int PAIRS = Integer.getInteger("bramka.test.pairs", 40);

	private static final double APART = (PAIRS >= 2000) ? 0.05 : 0.3;

	private static TestPostgres postgres;

	private static TestGateway gateway;

	@BeforeAll
	static void start() throws SQLException {
		postgres = TestPostgres.start();
		// As an installation has it: a commit is over when it is on the disk.
		try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + postgres.address(), "postgres",
				"postgres")) {
			connection.createStatement().execute("alter database postgres set synchronous_commit = on");
		}
		List<String> settings = new ArrayList<>(postgres.settings());
		settings.addAll(List.of("bramka.pin.tries=100", "bramka.pin.tries-a-day=1000000"));
		gateway = TestGateway.start(settings.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		gateway.close();
		postgres.close();
	}

	private static long nanos(PinPhone phone, String device) throws IOException {
		long start = System.nanoTime();
		assertThat(phone.guess(device, "5000").statusCode()).isEqualTo(401);
		return System.nanoTime() - start;
	}

	private static double median(long[] all) {
		Arrays.sort(all);
		return all[all.length / 2] / 1e6;
	}

	private static long countedForNobody() {
		return Objects.requireNonNull(gateway.bean(DatabaseClient.class)
			.sql("select coalesce(sum(wrong), 0) from pin_day where customer_id like 'nobody-%'")
			.map((row) -> Objects.requireNonNull(row.get(0, Long.class)))
			.one()
			.block(Duration.ofSeconds(10)));
	}

	@Test
	void writesForNobodyWhatItWritesForAPin() throws IOException {
		PinPhone without = PinPhone.withoutPin(gateway, "anna");
		long before = countedForNobody();
		nanos(without, without.deviceId());
		assertThat(countedForNobody() - before).as("PIN and day, and the verdict").isEqualTo(3);
	}

	@Test
	void tellsNobodyWhetherThereIsAPin() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		PinPhone without = PinPhone.withoutPin(gateway, "anna");
		for (int i = 0; i < 20; i++) {
			nanos(phone, phone.deviceId());
			nanos(without, without.deviceId());
			nanos(without, phone.deviceId());
		}
		long[] wrong = new long[PAIRS];
		long[] none = new long[PAIRS];
		long[] unknown = new long[PAIRS];
		for (int i = 0; i < PAIRS; i++) {
			if (i % 50 == 0) {
				assertThat(phone.guess(PinPhone.PIN).statusCode()).as("nothing is counted any more").isEqualTo(201);
			}
			if (i % 2 == 0) {
				wrong[i] = nanos(phone, phone.deviceId());
				none[i] = nanos(without, without.deviceId());
				unknown[i] = nanos(without, phone.deviceId());
			}
			else {
				unknown[i] = nanos(without, phone.deviceId());
				none[i] = nanos(without, without.deviceId());
				wrong[i] = nanos(phone, phone.deviceId());
			}
		}
		System.out.printf("median of %d: wrong %.2f ms, none %.2f ms, unknown %.2f ms%n", PAIRS, median(wrong),
				median(none), median(unknown));
		assertThat(median(none) / median(wrong)).isBetween(1 - APART, 1 + APART);
		assertThat(median(unknown) / median(wrong)).isBetween(1 - APART, 1 + APART);
	}

}
