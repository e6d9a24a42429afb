package pl.bramka.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import pl.bramka.gateway.keys.KeyFile;
import pl.bramka.mocks.Mocks;

import org.springframework.util.FileSystemUtils;

/**
 * Two packaged gateways as processes of their own, in the environment {@code cluster}, on
 * one real PostgreSQL and one real Redis, with the systems behind them pretended.
 */
record Cluster(Path folder, Mocks mocks, TestPostgres postgres, TestRedis redis, GatewayProcess first,
		GatewayProcess second) implements AutoCloseable {

	/** The path that everybody together may ask a hundred times. */
	static final String HUNDRED = "/.well-known/jwks.json";

	/**
	 * Starts one, and waits until both gateways are ready.
	 * @param more settings of both gateways, {@code --name=value}
	 */
	static Cluster start(String... more) throws IOException {
		Path folder = Files.createTempDirectory("bramka-cluster");
		Mocks mocks = Mocks.startOnFreePorts();
		TestPostgres postgres = TestPostgres.start();
		TestRedis redis = TestRedis.start();
		Path keys = folder.resolve("keys.json");
		KeyFile.make(keys);
		Map<String, String> environment = Map.of("BRAMKA_ENVIRONMENT", "cluster", "BRAMKA_CONFIG",
				config(folder).toString(), "BRAMKA_DATABASE_R2DBC_URL", "r2dbc:postgresql://" + postgres.address(),
				"BRAMKA_DATABASE_JDBC_URL", "jdbc:postgresql://" + postgres.address(), "BRAMKA_DATABASE_USER",
				"postgres", "BRAMKA_DATABASE_PASSWORD", "postgres", "BRAMKA_REDIS_URL", redis.url(), "BRAMKA_KEYS_FILE",
				keys.toString());
		List<String> settings = settings(mocks);
		settings.addAll(List.of(more));
		Cluster cluster = new Cluster(folder, mocks, postgres, redis,
				new GatewayProcess(folder.resolve("first.log"), environment, settings),
				new GatewayProcess(folder.resolve("second.log"), environment, settings));
		// Both at once, on an empty database.
		try {
			cluster.first.start();
			cluster.second.start();
			cluster.first.awaitReady();
			cluster.second.awaitReady();
			return cluster;
		}
		catch (RuntimeException ex) {
			// Processes outlive a test that failed.
			cluster.close();
			throw ex;
		}
	}

	/** Limits that polling does not reach, but for one. */
	private static Path config(Path folder) throws IOException {
		Path config = folder.resolve("config");
		FileSystemUtils.copyRecursively(Path.of("../config"), config);
		Path limits = config.resolve("rate-limits.yml");
		Files.writeString(limits, Files.readString(limits).replaceAll("limit: \\d+", "limit: 1000000") + """

				  hundred:
				    key: address
				    calls: [ { paths: [ %s ] } ]
				    bandwidths: { day: { limit: 100, period: 1d } }
				""".formatted(HUNDRED));
		// A machine that builds beside it keeps event loops waiting.
		Files.writeString(config.resolve("gateway.yml"), "\nbramka.load.standing-delay: 1s\n",
				StandardOpenOption.APPEND);
		return config;
	}

	/** Longer limits of upstream calls than in earnest: the machine may be small. */
	private static List<String> settings(Mocks mocks) {
		List<String> settings = new ArrayList<>(
				List.of("--bramka.access.public-url=" + TestGateway.PUBLIC_URL, "--bramka.deadline.limit=15s",
						"--bramka.upstreams.billing.base-url=" + mocks.billing()
								+ "/sap/opu/odata/sap/ERP_UTILITIES_UMC",
						"--bramka.upstreams.crm.base-url=" + mocks.crm() + "/sap/opu/odata/sap/CRM_UTILITIES_UMC",
						"--bramka.upstreams.operator.base-url=" + mocks.operator(),
						"--bramka.operator.payer.service=900001", "--bramka.operator.payer.key=demo-shared-key",
						"--bramka.operator.merchant.service=900002", "--bramka.operator.merchant.key=demo-shared-key",
						"--bramka.operator.return-url=https://app.bramka.test/paid",
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

	@Override
	public void close() throws IOException {
		// Leaving as it should takes each 5 s and is tested elsewhere.
		this.first.kill();
		this.second.kill();
		this.redis.close();
		this.postgres.close();
		this.mocks.close();
		FileSystemUtils.deleteRecursively(this.folder);
	}

}
