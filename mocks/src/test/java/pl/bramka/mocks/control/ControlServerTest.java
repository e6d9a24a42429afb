package pl.bramka.mocks.control;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pl.bramka.mocks.Caller;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.billing.Billing;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ControlServerTest {

	private static final Mocks MOCKS = Mocks.startOnFreePorts();

	private static final byte[] TECHNICAL_USER = "BRAMKA:local-technical-password".getBytes(StandardCharsets.UTF_8);

	private final Caller caller = new Caller();

	@BeforeEach
	void everythingAsWritten() {
		MOCKS.reset();
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@Test
	void saysWhatThereIs() throws IOException {
		JsonNode overview = json(call("GET", "/", ""));
		assertThat(overview.path("upstreams").path("billing").asString()).isEqualTo(MOCKS.billing().toString());
		assertThat(overview.path("control").propertyNames()).contains("GET /personas", "PUT /faults/{upstream}");
	}

	@Test
	void listsThePersonas() throws IOException {
		JsonNode personas = json(call("GET", "/personas", ""));
		assertThat(personas.valueStream().map((persona) -> persona.path("name").asString()).toList()).contains("anna",
				"nowy");
		assertThat(personas.path(0).path("password").asString()).isEqualTo("Haslo-123!");
	}

	@Test
	void switchesAFaultOnAndOff() throws IOException {
		String fault = """
				{"fault":"slow","millis":1500,"path":"Invoices","requestId":"r-1","times":3}""";
		assertThat(call("PUT", "/faults/billing", fault).statusCode()).isEqualTo(200);
		assertThat(MOCKS.faults().active().get(UpstreamName.BILLING))
			.containsExactly(Fault.slow(Duration.ofMillis(1500)).onlyPath("Invoices").onlyFor("r-1").times(3));
		assertThat(json(call("GET", "/faults", "")).path("active").path("billing").path(0).toString()).isEqualTo(fault);
		assertThat(call("DELETE", "/faults/billing", "").statusCode()).isEqualTo(204);
		assertThat(MOCKS.faults().active().get(UpstreamName.BILLING)).isEmpty();
	}

	@Test
	void switchesEverythingOffAtOnce() throws IOException {
		call("PUT", "/faults/billing", "{\"fault\":\"unavailable\"}");
		call("PUT", "/faults/crm", "{\"fault\":\"refused\"}");
		assertThat(call("DELETE", "/faults", "").statusCode()).isEqualTo(204);
		assertThat(MOCKS.faults().active().values()).allMatch(List::isEmpty);
		assertThat(this.caller.get(MOCKS.crm(), "/x").statusCode()).isNotEqualTo(503);
	}

	@Test
	void listsEveryFaultItKnows() throws IOException {
		assertThat(json(call("GET", "/faults", "")).path("known").size()).isEqualTo(FaultKind.values().length);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			/faults/billing | {"fault":"sloow"}                | No fault 'sloow'
			/faults/biling  | {"fault":"slow"}                 | No upstream 'biling'
			/faults/billing | {}                               | 'fault' is missing
			/faults/billing | {"fault":"slow","millis":"3000"} | 'millis' must be a whole number
			/faults/billing | {"fault":"slow","milis":3000}    | unknown [milis]
			/faults/billing | {"fault":"slow","path":"("}      | path is no regular expression
			/faults/billing | {"fault":"slow","times":-1}      | times must not be negative
			/faults/billing | {"fault":"bad-hash"}             | billing cannot play bad-hash
			/faults/billing | {"fault":                        | the body is no JSON
			/faults/billing | []                               | must be a JSON object
			""")
	void refusesBadInputWithItsReason(String path, String body, String reason) throws IOException {
		HttpResponse<String> refusal = call("PUT", path, body);
		assertThat(refusal.statusCode()).isEqualTo(400);
		assertThat(json(refusal).path("error").asString()).contains(reason);
	}

	@Test
	void tellsAWrongPathFromAWrongMethod() throws IOException {
		assertThat(call("GET", "/fault", "").statusCode()).isEqualTo(404);
		assertThat(call("POST", "/faults", "").statusCode()).isEqualTo(405);
	}

	@Test
	void issuesAnInvoice() throws IOException {
		HttpResponse<String> issued = call("POST", "/personas/jan/invoices", "{\"grosze\":4321}");
		assertThat(issued.statusCode()).isEqualTo(200);
		String list = this.caller
			.get(MOCKS.billing(),
					Billing.BASE_PATH + "Accounts('" + MOCKS.personas().byName("jan").accountId() + "')/Invoices",
					"Authorization", "Basic " + Base64.getEncoder().encodeToString(TECHNICAL_USER), "Accept",
					"application/json")
			.body();
		assertThat(list).contains(json(issued).path("invoiceId").asString(), "43.21");
		assertThat(call("POST", "/personas/jan/invoices", "{\"payer\":\"1\"}").statusCode()).isEqualTo(400);
		assertThat(call("POST", "/personas/jan/invoices", "{\"grosze\":0}").statusCode()).isEqualTo(400);
	}

	@Test
	void changesPortalAccounts() throws IOException {
		assertThat(call("POST", "/personas/anna/lock", "").statusCode()).isEqualTo(204);
		assertThat(call("PUT", "/personas/jan/password", "{\"password\":\"Nowe-456!\"}").statusCode()).isEqualTo(204);
		assertThat(call("POST", "/personas/nobody/lock", "").statusCode()).isEqualTo(400);
	}

	@Test
	void followsTheLinkOfAMail() throws IOException {
		assertThat(call("POST", "/mails/follow", "{\"email\":\"nowy@example.com\"}").body())
			.contains("no e-mail was sent");
		HttpResponse<String> token = this.caller.postForm(MOCKS.identity(),
				"/realms/portal/protocol/openid-connect/token", Map.of("grant_type", "client_credentials", "client_id",
						"bramka-gateway", "client_secret", "local-client-secret"));
		String bearer = "Bearer " + json(token).path("access_token").asString();
		String users = "/admin/realms/portal/users";
		assertThat(this.caller.send("POST", MOCKS.identity(), users, """
				{"email":"x@example.com","credentials":[{"value":"Pierwsze-1"}],"requiredActions":["VERIFY_EMAIL"],
				"attributes":{"terms_version":["2026-01"]}}""", "Authorization", bearer).statusCode()).isEqualTo(201);
		JsonNode registered = json(call("GET", "/accounts", "")).path(0);
		assertThat(registered.path("email").asString()).isEqualTo("x@example.com");
		assertThat(registered.path("emailVerified").asBoolean()).isFalse();
		assertThat(registered.path("terms").asString()).isEqualTo("2026-01");
		assertThat(registered.toString()).doesNotContain("Pierwsze-1");
		String mail = users + "/" + registered.path("id").asString() + "/execute-actions-email";
		this.caller.send("PUT", MOCKS.identity(), mail, "[\"UPDATE_PASSWORD\"]", "Authorization", bearer);
		assertThat(json(call("GET", "/mails", "")).path(0).path("to").asString()).isEqualTo("x@example.com");
		assertThat(call("POST", "/mails/follow", "{\"email\":\"x@example.com\"}").body())
			.contains("'password' is missing");
		assertThat(
				call("POST", "/mails/follow", "{\"email\":\"x@example.com\",\"password\":\"Drugie-22\"}").statusCode())
			.isEqualTo(200);
		assertThat(json(call("GET", "/accounts", "")).path(0).path("emailVerified").asBoolean()).isTrue();
		assertThat(call("POST", "/accounts/connect", "{\"email\":\"x@example.com\",\"accountId\":\"1\"}").statusCode())
			.isEqualTo(204);
		assertThat(call("POST", "/accounts/connect", "{\"email\":\"y@example.com\"}").statusCode()).isEqualTo(400);
	}

	@Test
	void resetsEverything() throws IOException {
		call("PUT", "/faults/billing", "{\"fault\":\"unavailable\"}");
		this.caller.get(MOCKS.billing(), "/x");
		assertThat(call("POST", "/reset", "").statusCode()).isEqualTo(204);
		assertThat(MOCKS.journal(UpstreamName.BILLING)).isEmpty();
		assertThat(this.caller.get(MOCKS.billing(), "/x").statusCode()).isNotEqualTo(503);
	}

	private HttpResponse<String> call(String method, String path, String body) throws IOException {
		return this.caller.send(method, MOCKS.control(), path, body);
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

}
