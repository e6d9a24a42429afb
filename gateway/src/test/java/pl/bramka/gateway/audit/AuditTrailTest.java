package pl.bramka.gateway.audit;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The audit trail as support asks for it, and what is in its table.
 */
class AuditTrailTest {

	private static final String PASSWORD = "Posadzone-Haslo-7f3a";

	private static final String EMAIL = "posadzona.osoba@example.com";

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.audit.tidy=100ms", "bramka.audit.batch=3",
				"bramka.account.answer-after=2s");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static String pseudonym(String person) throws IOException {
		HttpResponse<String> answer = Call
			.of("POST", gateway.managementUrl(), "/actuator/pseudonym",
					BodyPublishers.ofString(Json.text(Map.of("person", person))))
			.header("Content-Type", "application/json")
			.send();
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer).path("pseudonym").asString();
	}

	private static List<JsonNode> events(String pseudonym, String query) throws IOException {
		HttpResponse<String> answer = Call.get(gateway.managementUrl(), "/actuator/securityevents/" + pseudonym + query)
			.send();
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer).path("events").valueStream().toList();
	}

	private static List<String> happened(String person, String query) throws IOException {
		return events(pseudonym(person), query).stream()
			.map((event) -> event.path("event").asString() + ' ' + event.path("result").asString())
			.toList();
	}

	private static List<List<Object>> table() {
		return Objects.requireNonNull(gateway.bean(DatabaseClient.class)
			.sql("select * from security_event order by id")
			.fetch()
			.all()
			.map((row) -> List.copyOf(row.values()))
			.collectList()
			.block(Duration.ofSeconds(20)));
	}

	@Test
	void tellsSupportWhatHappenedToACustomerTheNewestFirst() throws IOException {
		Phone phone = gateway.phone();
		HttpResponse<String> opened = phone.signIn("maria@example.com", "Haslo-123!");
		phone.refresh();
		phone.send("DELETE", "/v1/accounts/current", null);
		phone.signOut();
		String customer = gateway.mocks().personas().byName("maria").accountId();
		assertThat(happened(customer, "")).containsExactly("sign-out done",
				"account-deletion account-deletion-by-contact", "refresh done", "sign-in done");
		assertThat(happened(customer, "?limit=1")).containsExactly("sign-out done");
		assertThat(happened(customer, "?limit=-7")).hasSize(1);
		JsonNode first = events(pseudonym(customer), "").getLast();
		assertThat(first.propertyNames()).containsExactlyInAnyOrder("at", "event", "result", "who", "device",
				"requestId");
		assertThat(first.path("who").asString()).isEqualTo(pseudonym(customer));
		assertThat(first.path("device").asString()).isEqualTo(phone.key().thumbprint());
		assertThat(opened.headers().firstValue("Request-Id")).contains(first.path("requestId").asString());
		assertThat(Instant.parse(first.path("at").asString())).isBetween(Instant.now().minusSeconds(120),
				Instant.now());
	}

	@Test
	void tellsSupportWhatHappenedToAnEmail() throws IOException {
		gateway.phone().signIn("olga@example.com", "wrong");
		post("/v1/accounts/password-reset", Map.of("email", "olga@example.com"));
		post("/v1/accounts",
				Map.of("email", "olga@example.com", "password", "Calkiem-Nowe-7", "termsVersion", "2026-01"));
		assertThat(happened(" OLGA@example.com", "")).containsExactly("registration taken", "password-reset done",
				"sign-in invalid-credentials");
		post("/v1/accounts/password-reset", Map.of("email", "nobody@example.com"));
		post("/v1/accounts",
				Map.of("email", "nobody@example.com", "password", "Calkiem-Nowe-7", "termsVersion", "2026-01"));
		assertThat(happened("nobody@example.com", "")).containsExactly("registration done",
				"password-reset no-account");
	}

	private static void post(String path, Map<String, String> body) throws IOException {
		assertThat(gateway.phone().send("POST", path, Json.text(body)).statusCode()).isEqualTo(202);
	}

	@Test
	void knowsNobodyItWasNotToldOf() throws IOException {
		assertThat(events("nobody-at-all-00", "")).isEmpty();
		assertThat(events("%27%20or%201=1", "")).isEmpty();
		assertThat(Call.of("POST", gateway.managementUrl(), "/actuator/pseudonym", BodyPublishers.ofString("{}"))
			.header("Content-Type", "application/json")
			.send()
			.statusCode()).isEqualTo(400);
	}

	@Test
	void isNotForTheWorld() throws IOException {
		for (String path : List.of("/actuator/securityevents/abc", "/actuator/pseudonym", "/admin/realms/portal/users",
				"/v1/../admin/realms/portal/users")) {
			for (String method : List.of("GET", "POST", "PUT")) {
				Call call = Call.of(method, gateway.url(), path,
						method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
				assertThat(call.header("Content-Type", "application/json").send().statusCode()).as(path)
					.isIn(400, 401, 404);
			}
		}
	}

	@Test
	void holdsNothingPersonal() throws IOException {
		try (Logged logged = Logged.atUsualLevels()) {
			gateway.phone().signIn(EMAIL, PASSWORD);
			post("/v1/accounts", Map.of("email", EMAIL, "password", PASSWORD, "termsVersion", "2026-01"));
			post("/v1/accounts/password-reset", Map.of("email", EMAIL));
			Phone anna = gateway.signedIn("anna");
			anna.send("DELETE", "/v1/accounts/current", null);
			anna.refresh();
			pseudonym(EMAIL);
			List<String> secrets = Stream
				.concat(Stream.of(PASSWORD, EMAIL, "@example.com", "Haslo-123!",
						anna.tokens().orElseThrow().accessToken()),
						gateway.mocks().personas().all().stream().map((persona) -> persona.accountId()))
				.toList();
			assertThat(table()).hasSizeGreaterThanOrEqualTo(5)
				.allSatisfy((row) -> assertThat(row.toString()).doesNotContain(secrets));
			assertThat(logged.lines()).allSatisfy((line) -> assertThat(line).doesNotContain(secrets));
		}
	}

	@Test
	void forgetsWhatIsOlderThanItIsKept() throws IOException {
		gateway.phone().signIn("tomek@example.com", "wrong");
		String who = pseudonym("tomek@example.com");
		DatabaseClient database = gateway.bean(DatabaseClient.class);
		for (int day : List.of(89, 91, 92, 93, 94, 95, 96, 97, 400)) {
			database.sql("""
					insert into security_event (happened_at, event, result, who, device, request_id)
					values (:at, 'sign-in', 'done', :who, 'd', 'r')
					""")
				.bind("at", Instant.now().minus(Duration.ofDays(day)).atOffset(ZoneOffset.UTC))
				.bind("who", who)
				.then()
				.block(Duration.ofSeconds(20));
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> events(who, "").size() == 2);
		assertThat(happened("tomek@example.com", "")).containsExactly("sign-in invalid-credentials", "sign-in done");
	}

}
