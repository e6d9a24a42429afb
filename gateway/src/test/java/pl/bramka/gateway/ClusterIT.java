package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two packaged gateways as processes of their own, in the environment {@code cluster}, on
 * one real PostgreSQL and one real Redis.
 */
class ClusterIT {

	private static final String PATH = "/v1/invoices";

	private static final String UNASKED = "bramka_access_shared_proofs_total{result=\"unasked\"}";

	private static Path folder;

	private static Mocks mocks;

	private static TestPostgres postgres;

	private static TestRedis redis;

	private static GatewayProcess first;

	private static GatewayProcess second;

	@BeforeAll
	static void start() throws IOException, JOSEException {
		folder = Files.createTempDirectory("bramka-cluster");
		mocks = Mocks.startOnFreePorts();
		postgres = TestPostgres.start();
		redis = TestRedis.start();
		Path keys = Files.writeString(folder.resolve("keys.json"), keys().toString(false));
		Map<String, String> environment = Map.of("BRAMKA_ENVIRONMENT", "cluster", "BRAMKA_CONFIG", "../config",
				"BRAMKA_DATABASE_R2DBC_URL", "r2dbc:postgresql://" + postgres.address(), "BRAMKA_DATABASE_JDBC_URL",
				"jdbc:postgresql://" + postgres.address(), "BRAMKA_DATABASE_USER", "postgres",
				"BRAMKA_DATABASE_PASSWORD", "postgres", "BRAMKA_REDIS_URL", redis.url(), "BRAMKA_KEY_FILE",
				keys.toString());
		first = new GatewayProcess(folder.resolve("first.log"), environment, settings());
		second = new GatewayProcess(folder.resolve("second.log"), environment, settings());
		// Both at once, on an empty database.
		first.start();
		second.start();
		first.awaitReady();
		second.awaitReady();
	}

	/** Longer limits of upstream calls than in earnest: the machine may be small. */
	private static List<String> settings() {
		List<String> settings = new ArrayList<>(List.of("--bramka.access.public-url=" + TestGateway.PUBLIC_URL,
				"--bramka.deadline.limit=15s",
				"--bramka.upstreams.billing.base-url=" + mocks.billing() + "/sap/opu/odata/sap/ERP_UTILITIES_UMC",
				"--bramka.upstreams.crm.base-url=" + mocks.crm() + "/sap/opu/odata/sap/CRM_UTILITIES_UMC",
				"--bramka.upstreams.operator.base-url=" + mocks.operator(), "--bramka.upstreams.operator.user=900001",
				"--bramka.upstreams.operator.password=demo-shared-key",
				"--bramka.upstreams.identity.base-url=" + mocks.identity() + "/realms/portal",
				"--bramka.upstreams.identity.user=bramka-gateway",
				"--bramka.upstreams.identity.password=local-client-secret"));
		for (String sap : List.of("billing", "crm")) {
			settings.add("--bramka.upstreams." + sap + ".user=BRAMKA");
			settings.add("--bramka.upstreams." + sap + ".password=local-technical-password");
		}
		for (String upstream : List.of("billing", "crm", "identity")) {
			settings.add("--bramka.upstreams." + upstream + ".try-limit=6s");
			settings.add("--bramka.upstreams." + upstream + ".read-timeout=6s");
		}
		return settings;
	}

	private static JWKSet keys() throws JOSEException {
		return new JWKSet(List.of(new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE)
			.algorithm(JWSAlgorithm.PS256)
			.keyID(UUID.randomUUID().toString())
			.generate(), secret(KeyUse.ENCRYPTION), secret(KeyUse.SIGNATURE)));
	}

	private static OctetSequenceKey secret(KeyUse use) throws JOSEException {
		return new OctetSequenceKeyGenerator(256).keyUse(use).keyID(UUID.randomUUID().toString()).generate();
	}

	@AfterAll
	static void stop() throws IOException {
		first.close();
		second.close();
		redis.close();
		postgres.close();
		mocks.close();
		FileSystemUtils.deleteRecursively(folder);
	}

	@BeforeEach
	void repair() {
		mocks.reset();
		for (GatewayProcess node : List.of(first, second)) {
			soon().until(() -> node.measured("bramka_nodes_redis_up") == 1);
		}
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20));
	}

	private static Phone signedIn(GatewayProcess node) throws IOException {
		Phone phone = node.movedHere(new Phone(TestGateway.PUBLIC_URL));
		HttpResponse<String> answer = phone.signIn("anna@example.com", "Haslo-123!");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return phone;
	}

	private static int billed() {
		return mocks.journal(UpstreamName.BILLING).size();
	}

	private static void assertSignOutHoldsWithinASecond(GatewayProcess here, GatewayProcess there) throws IOException {
		Phone phone = signedIn(here);
		Phone moved = there.movedHere(phone);
		Tokens tokens = moved.tokens().orElseThrow();
		assertThat(moved.get(PATH).statusCode()).isEqualTo(200);
		assertThat(phone.signOut().statusCode()).isEqualTo(204);
		Awaitility.await()
			.atMost(Duration.ofSeconds(1))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> moved.tokens(tokens).get(PATH).statusCode() == 401);
		assertThat(Json.code(moved.get(PATH))).isEqualTo("invalid-token");
	}

	/** A round in which a node was too slow to be asked does not count. */
	private static void assertProofsAreSharedInRounds(int rounds) throws IOException {
		Phone phone = signedIn(first);
		Phone moved = second.movedHere(phone);
		int counted = 0;
		for (int round = 0; counted < rounds; round++) {
			assertThat(round).as("rounds in which Redis was not asked").isLessThan(10 * rounds);
			double unasked = first.measured(UNASKED) + second.measured(UNASKED);
			String proof = phone.key()
				.proof("GET", URI.create(TestGateway.PUBLIC_URL + PATH), phone.tokens().orElseThrow().accessToken());
			assertThat(phone.get(PATH, "DPoP", proof).statusCode()).isEqualTo(200);
			HttpResponse<String> again = moved.get(PATH, "DPoP", proof);
			if (first.measured(UNASKED) + second.measured(UNASKED) == unasked) {
				Problems.assertProblem(again, 401, "invalid-proof");
				counted++;
			}
		}
	}

	/** How long the slowest of some reads took. */
	private static Duration slowest(Phone... phones) {
		long slowest = 0;
		for (int i = 0; i < 30; i++) {
			for (Phone phone : phones) {
				long start = System.nanoTime();
				assertThat(status(phone)).isEqualTo(200);
				slowest = Math.max(slowest, System.nanoTime() - start);
			}
		}
		return Duration.ofNanos(slowest);
	}

	private static int status(Phone phone) {
		try {
			return phone.get(PATH).statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void makesItsTablesOnceThoughBothStartTogether() throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + postgres.address(), "postgres",
				"postgres");
				ResultSet rows = connection.createStatement()
					.executeQuery("select count(*), count(distinct version), count(*) filter (where success)"
							+ " from flyway_schema_history")) {
			assertThat(rows.next()).isTrue();
			assertThat(rows.getInt(1)).isPositive().isEqualTo(rows.getInt(2)).isEqualTo(rows.getInt(3));
		}
	}

	@Test
	void endsASessionOnBothNodesWithinASecond() throws IOException {
		for (int round = 0; round < 5; round++) {
			assertSignOutHoldsWithinASecond(first, second);
			assertSignOutHoldsWithinASecond(second, first);
		}
	}

	@Test
	void forgetsOnBothNodesWhatIsKeptOfACustomerWhoLeaves() throws IOException {
		Phone leaving = signedIn(first);
		Phone staying = signedIn(second);
		assertThat(status(staying)).isEqualTo(200);
		int before = billed();
		assertThat(status(staying)).isEqualTo(200);
		assertThat(billed()).isEqualTo(before);
		assertThat(leaving.signOut().statusCode()).isEqualTo(204);
		soon().until(() -> status(staying) == 200 && billed() > before);
	}

	@Test
	void refusesOnOneNodeAProofThatWasUsedOnTheOther() throws IOException {
		assertProofsAreSharedInRounds(5);
	}

	@Test
	void refreshesOnEitherNode() throws IOException {
		Phone phone = signedIn(first);
		for (GatewayProcess node : List.of(second, first, second)) {
			phone = node.movedHere(phone);
			assertThat(phone.refresh().statusCode()).isEqualTo(200);
			assertThat(status(phone)).isEqualTo(200);
		}
	}

	@Test
	void goesOnWithoutRedisAndSharesAgainAfterwards() throws IOException {
		Phone phone = signedIn(first);
		Phone moved = second.movedHere(phone);
		Duration usual = slowest(phone, moved);
		redis.pause();
		assertThat(slowest(phone, moved)).isLessThan(usual.plusMillis(250));
		redis.kill();
		assertThat(slowest(phone, moved)).isLessThan(usual.plusMillis(250));
		for (int round = 0; round < 3; round++) {
			assertSignOutHoldsWithinASecond(first, second);
		}
		assertThat(first.health("/readiness")).isEqualTo(200);
		assertThat(first.health("/nodes")).isEqualTo(503);
		redis.startAgain();
		repair();
		assertThat(first.health("/nodes")).isEqualTo(200);
		assertProofsAreSharedInRounds(2);
		assertThat(first.log().lines().filter((line) -> line.contains("Redis "))).hasSizeBetween(3, 12);
	}

	@Test
	void servesOnWhenOneNodeIsKilledAndKnowsWhatEndedMeanwhile() throws IOException {
		Phone phone = signedIn(first);
		Phone moved = second.movedHere(phone);
		first.kill();
		assertThat(status(moved)).isEqualTo(200);
		assertThat(moved.refresh().statusCode()).isEqualTo(200);
		Tokens tokens = moved.tokens().orElseThrow();
		Phone other = signedIn(second);
		assertThat(moved.signOut().statusCode()).isEqualTo(204);
		first.start();
		first.awaitReady();
		assertThat(Json.code(first.movedHere(moved.tokens(tokens)).get(PATH))).isEqualTo("invalid-token");
		assertThat(status(first.movedHere(other))).isEqualTo(200);
	}

}
