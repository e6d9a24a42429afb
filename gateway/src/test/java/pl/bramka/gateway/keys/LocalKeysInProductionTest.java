package pl.bramka.gateway.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A production node with its environment's own settings, and the keys it is given.
 */
class LocalKeysInProductionTest {

	@TempDir
	private Path folder;

	private static TestGateway production(Path keys) {
		String database = "h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
		String mem = database.substring("h2:mem:".length());
		return TestGateway.start("BRAMKA_ENVIRONMENT=production", "bramka.keys.file=" + keys,
				"BRAMKA_DATABASE_R2DBC_URL=r2dbc:h2:mem:///" + mem, "BRAMKA_DATABASE_JDBC_URL=jdbc:" + database,
				"BRAMKA_DATABASE_USER=sa", "BRAMKA_DATABASE_PASSWORD=", "bramka.upstreams.billing.user=BRAMKA",
				"bramka.upstreams.billing.password=local-technical-password", "bramka.upstreams.crm.user=BRAMKA",
				"bramka.upstreams.crm.password=local-technical-password",
				"bramka.upstreams.identity.user=bramka-gateway",
				"bramka.upstreams.identity.password=local-client-secret", "bramka.operator.merchant.service=900002",
				"bramka.operator.merchant.key=demo-shared-key", "bramka.operator.payer.service=900001",
				"bramka.operator.payer.key=demo-shared-key", "bramka.operator.return-url=bramka://paid");
	}

	@Test
	void stopTheStart() throws IOException {
		Path local = this.folder.resolve("local.json");
		KeyFile.makeLocal(local);
		assertThatThrownBy(() -> production(local).close()).rootCause()
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("bramka.keys holds keys of a local environment");
	}

	/** So that it is the keys that stop it. */
	@Test
	void andMadeOnesDoNot() throws IOException {
		Path made = this.folder.resolve("made.json");
		KeyFile.make(made);
		try (TestGateway gateway = production(made)) {
			assertThat(gateway.signedIn("anna").get("/v1/home").statusCode()).isEqualTo(200);
		}
	}

}
