package pl.bramka.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.keys.Seal;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whoever has taken the whole database, and nothing else: after a customer's day every
 * row of every table is looked through for what would open something.
 */
class DatabaseDumpTest {

	private static final String NEWCOMER = "nowa.osoba@example.com";

	private static final String NUMBER = "511222333";

	private static final String TEXT = "Licznik w piwnicy nie pokazuje nic";

	private static final Pattern PROVIDER_TOKEN = Pattern.compile("(?:^|&)(?:refresh_)?token=([^&]+)");

	/** Every row of every table, as text. */
	private static Map<String, List<String>> dump(TestPostgres postgres) throws SQLException {
		Map<String, List<String>> dump = new TreeMap<>();
		try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + postgres.address(), "postgres",
				"postgres")) {
			ResultSet tables = connection.createStatement()
				.executeQuery("select table_name from information_schema.tables where table_schema = 'public'");
			while (tables.next()) {
				String table = tables.getString(1);
				List<String> rows = new ArrayList<>();
				ResultSet all = connection.createStatement()
					.executeQuery("select row_to_json(each)::text from \"" + table + "\" each");
				while (all.next()) {
					rows.add(all.getString(1));
				}
				dump.put(table, rows);
			}
		}
		return dump;
	}

	/** A secret as it may stand in a text. */
	private static List<String> forms(String secret) {
		byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
		return List.of(secret, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
				Base64.getEncoder().withoutPadding().encodeToString(bytes), HexFormat.of().formatHex(bytes));
	}

	private static void remember(Set<String> secrets, Phone phone) {
		Tokens tokens = phone.tokens().orElseThrow();
		secrets.addAll(List.of(tokens.accessToken(), tokens.refreshToken()));
	}

	private static Set<String> privateParts(TestGateway gateway) throws IOException, ParseException {
		Set<String> parts = new LinkedHashSet<>();
		for (JWK key : JWKSet.load(gateway.config().resolveSibling("keys.json").toFile()).getKeys()) {
			Map<String, Object> members = key.toJSONObject();
			List.of("k", "d", "p", "q").forEach((part) -> {
				if (members.get(part) instanceof String text) {
					parts.add(text);
				}
			});
		}
		return parts;
	}

	/** The provider's refresh tokens that the gateway has shown it. */
	private static Set<String> providerTokens(TestGateway gateway) {
		Set<String> tokens = new LinkedHashSet<>();
		for (LoggedRequest request : gateway.mocks().journal(UpstreamName.IDENTITY)) {
			Matcher token = PROVIDER_TOKEN.matcher(request.getBodyAsString());
			while (token.find()) {
				tokens.add(token.group(1));
			}
		}
		return tokens;
	}

	@Test
	void holdsNothingThatOpensAnything() throws Exception {
		try (TestPostgres postgres = TestPostgres.start();
				TestGateway gateway = TestGateway.start(postgres.settings().toArray(String[]::new))) {
			Persona anna = gateway.mocks().personas().byName("anna");
			Set<String> secrets = new LinkedHashSet<>(List.of(anna.email(), anna.password(), NEWCOMER, anna.phone(),
					String.valueOf(anna.pesel()), NUMBER, TEXT));
			Phone phone = gateway.signedIn("anna");
			remember(secrets, phone);
			assertThat(phone.send("PUT", "/v1/devices/current/pin", "{\"pin\":\"4826\"}").statusCode()).isEqualTo(204);
			assertThat(phone.signInByPin(phone.deviceId().orElseThrow(), "4826").statusCode()).isEqualTo(201);
			remember(secrets, phone);
			assertThat(phone.refresh().statusCode()).isEqualTo(200);
			remember(secrets, phone);
			assertThat(gateway.phone().signIn(anna.email(), "Zle-Haslo-1!").statusCode()).isEqualTo(401);
			assertThat(gateway.phone()
				.send("POST", "/v1/accounts",
						"{\"email\":\"" + NEWCOMER + "\",\"password\":\"Haslo-123!\",\"termsVersion\":\"2026-01\"}")
				.statusCode()).isEqualTo(202);
			assertThat(gateway.phone()
				.send("POST", "/v1/accounts/password-reset", "{\"email\":\"" + anna.email() + "\"}")
				.statusCode()).isEqualTo(202);
			gateway.mocks().customerSystem().applyContactChangesLater(true);
			assertThat(phone
				.send("PATCH", "/v1/customer/contact", "{\"email\":\"" + NEWCOMER + "\",\"phone\":\"" + NUMBER + "\"}")
				.statusCode()).isEqualTo(202);
			assertThat(phone
				.send("POST", "/v1/messages", "{\"topic\":\"METER\",\"text\":\"" + TEXT + "\"}", "Idempotency-Key", "k")
				.statusCode()).isEqualTo(201);
			Set<String> provider = providerTokens(gateway);
			assertThat(provider).isNotEmpty();
			secrets.addAll(provider);
			secrets.addAll(privateParts(gateway));

			Map<String, List<String>> dump = dump(postgres);

			assertThat(dump).containsKeys("app_session", "device", "pin", "refresh_token", "security_event");
			assertThat(dump.get("contact_change")).hasSize(2);
			assertThat(dump.get("customer_message")).hasSize(1);
			assertThat(dump.get("pin")).hasSize(1);
			assertThat(dump.get("refresh_token")).hasSizeGreaterThanOrEqualTo(3);
			assertThat(dump.get("security_event")).isNotEmpty();
			String all = dump.toString();
			secrets.forEach((secret) -> assertThat(all).as("a secret of %d letters", secret.length())
				.doesNotContain(forms(secret)));
			opensWithTheRightKeyOnly(gateway, dump.getOrDefault("device", List.of()));
		}
	}

	private static void opensWithTheRightKeyOnly(TestGateway gateway, List<String> devices) {
		List<String> sealed = devices.stream()
			.map((row) -> Pattern.compile("\"provider_token\":\"([^\"]+)\"").matcher(row))
			.filter(Matcher::find)
			.map((found) -> found.group(1))
			.toList();
		assertThat(sealed).isNotEmpty().allSatisfy((token) -> {
			assertThat(gateway.bean(Seal.class).open(token)).isNotEmpty();
			assertThatThrownBy(() -> Seal.openFor(token, new byte[32])).isInstanceOf(IllegalArgumentException.class);
		});
	}

}
