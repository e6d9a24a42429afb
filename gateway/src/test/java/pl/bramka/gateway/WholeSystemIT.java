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
				"--bramka.load.standing-delay=1s", "--bramka.upstreams.identity.try-limit=6s",
				"--bramka.upstreams.identity.read-timeout=6s", "--bramka.upstreams.crm.try-limit=6s",
				"--bramka.upstreams.crm.read-timeout=6s", "--bramka.upstreams.billing.try-limit=6s",
				"--bramka.upstreams.billing.read-timeout=6s");
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

	private static JsonNode done(String... arguments) {
		Run run = system.phone(arguments);
		assertThat(run.exit()).as(run.errors() + run.output()).isZero();
		return run.output().isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(run.output());
	}

	private static JsonNode refused(String code, String... arguments) {
		Run run = system.phone(arguments);
		assertThat(run.exit()).as(run.errors() + run.output()).isEqualTo(1);
		JsonNode problem = MAPPER.readTree(run.output());
		assertThat(problem.at("/code").asString()).isEqualTo(code);
		return problem;
	}

	/**
	 * From the password to a PIN and a fingerprint, and back when the password changes.
	 */
	@Test
	void opensWithAPinAndAFingerprintUntilThePasswordChanges() {
		assertThat(done("--as", "old", "sign-in", "maria").at("/next").asString()).isEqualTo("ACCEPT_TERMS");
		refused("terms-not-accepted", "--as", "old", "home");
		done("--as", "old", "terms", "accept");
		assertThat(done("--as", "new", "sign-in", "maria").at("/next").asString()).isEqualTo("SET_PIN");
		assertThat(refused("weak-pin", "--as", "new", "pin", "set", "1234").at("/reason").asString())
			.isEqualTo("SEQUENCE");
		done("--as", "new", "pin", "set", "4826");
		done("--as", "new", "sign-out");
		refused("pin-refused", "--as", "new", "pin", "sign-in", "8642");
		done("--as", "new", "pin", "sign-in", "4826");
		done("--as", "new", "fingerprint", "enrol");
		done("--as", "new", "sign-out");
		done("--as", "new", "fingerprint", "sign-in");
		JsonNode devices = done("--as", "new", "devices", "list").at("/items");
		assertThat(devices).hasSize(2);
		String other = devices.valueStream()
			.filter((device) -> !device.at("/current").asBoolean())
			.findFirst()
			.orElseThrow()
			.at("/id")
			.asString();
		done("--as", "new", "devices", "end", other);
		assertThat(system.phone("--as", "old", "home").exit()).isEqualTo(1);
		assertThat(done("--as", "new", "devices", "list").at("/items")).hasSize(1);
		done("--as", "new", "account", "reset-password", "maria@example.com");
		done("--as", "new", "account", "follow-mail", "maria@example.com", "--password", "Inne-Haslo-7");
		refused("password-required", "--as", "new", "pin", "sign-in", "4826");
		refused("invalid-credentials", "--as", "new", "sign-in", "maria");
		done("--as", "new", "sign-in", "maria", "--password", "Inne-Haslo-7");
		done("--as", "new", "sign-out");
		done("--as", "new", "pin", "sign-in", "4826");
	}

	@Test
	void registersAndSignsInOnceTheAccountBelongsToACustomer() {
		done("account", "register", "zofia.nowa@example.com", "--password", "Calkiem-Nowe-7");
		Run mails = system.phone("account", "mails");
		assertThat(mails.output()).contains("zofia.nowa@example.com", "VERIFY_EMAIL");
		refused("account-not-ready", "sign-in", "zofia.nowa@example.com", "--password", "Calkiem-Nowe-7");
		done("account", "follow-mail", "zofia.nowa@example.com");
		refused("account-not-linked", "sign-in", "zofia.nowa@example.com", "--password", "Calkiem-Nowe-7");
	}

	private static void signIn(String persona) {
		Run run = system.phone("sign-in", persona);
		assertThat(run.exit()).as(run.errors() + run.output()).isZero();
		assertThat(system.phone("terms", "accept").exit()).isZero();
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
