package pl.bramka.gateway;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.PackagedSystem.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README promises a newcomer, done with what is shipped.
 */
class WholeSystemIT {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static PackagedSystem system;

	@BeforeAll
	static void start() {
		// Longer limits than in earnest: three Java processes start at once on what may
		// be a small machine.
		system = new PackagedSystem("--bramka.invoices.cache.fresh=1s", "--bramka.deadline.limit=15s",
				"--bramka.upstreams.identity.try-limit=6s", "--bramka.upstreams.identity.read-timeout=6s",
				"--bramka.upstreams.crm.try-limit=6s", "--bramka.upstreams.crm.read-timeout=6s",
				"--bramka.upstreams.billing.try-limit=6s", "--bramka.upstreams.billing.read-timeout=6s");
	}

	@AfterAll
	static void stop() {
		system.close();
	}

	@Test
	void showsInvoicesStaleWhileBillingIsDownAndHealsWithoutARestart() {
		signIn("anna");
		JsonNode home = home();
		assertThat(home.at("/customer/data/firstName").asString()).isEqualTo("Anna");
		assertThat(home.at("/contracts/data").size()).isEqualTo(2);
		assertThat(home.at("/invoices/state").asString()).isEqualTo("FRESH");
		String asOf = home.at("/invoices/asOf").asString();

		assertThat(system.phone("fault", "billing", "refused").exit()).isZero();
		JsonNode stale = homeWithInvoices("STALE");
		assertThat(stale.at("/invoices/data")).isEqualTo(home.at("/invoices/data"));
		assertThat(stale.at("/invoices/asOf").asString()).isGreaterThanOrEqualTo(asOf);
		assertThat(stale.at("/customer/state").asString()).isEqualTo("FRESH");
		assertThat(stale.at("/contracts/state").asString()).isEqualTo("FRESH");

		assertThat(system.phone("fault", "clear", "billing").exit()).isZero();
		JsonNode healed = homeWithInvoices("FRESH");
		assertThat(healed.at("/invoices/asOf").asString()).isGreaterThan(asOf);
	}

	@Test
	void showsPiotrOneContractAndNothingOfTheOther() {
		signIn("piotr");
		Run contracts = system.phone("--as", "piotr", "contracts");
		assertThat(MAPPER.readTree(contracts.output()).at("/items").size()).isEqualTo(1);
		Run invoices = system.phone("--as", "piotr", "invoices", "--all");
		assertThat(invoices.exit()).isZero();
		assertThat(contracts.output() + invoices.output()).doesNotContain("DYS-7777452", "Niewidoczna", "000200000452");
	}

	@ParameterizedTest
	@CsvSource({ "ewa, distribution-only", "firma, individuals-only", "nowy, account-not-ready" })
	void refusesWhoTheAppIsNotFor(String persona, String code) {
		Run run = system.phone("sign-in", persona);
		assertThat(run.exit()).isEqualTo(1);
		assertThat(MAPPER.readTree(run.output()).at("/code").asString()).isEqualTo(code);
	}

	@Test
	void endsASessionOnThePhonesWord() {
		signIn("jan");
		assertThat(system.phone("--as", "jan", "sessions").exit()).isZero();
		assertThat(system.phone("--as", "jan", "sign-out").exit()).isZero();
		assertThat(system.phone("--as", "jan", "sessions").exit()).isNotZero();
	}

	private static void signIn(String persona) {
		Run run = system.phone("sign-in", persona);
		assertThat(run.exit()).as(run.errors() + run.output()).isZero();
	}

	private static JsonNode home() {
		Run run = system.phone("--as", "anna", "home");
		assertThat(run.exit()).as(run.errors()).isZero();
		return MAPPER.readTree(run.output());
	}

	private static JsonNode homeWithInvoices(String state) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(WholeSystemIT::home, (home) -> state.equals(home.at("/invoices/state").asString()));
	}

}
