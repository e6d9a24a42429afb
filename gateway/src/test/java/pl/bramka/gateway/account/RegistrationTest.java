package pl.bramka.gateway.account;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.identity.Mail;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class RegistrationTest {

	private static final String NEW = "zofia.nowa@example.com";

	private final TestGateway gateway;

	RegistrationTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private HttpResponse<String> register(String email, String password) throws IOException {
		return Registering.register(this.gateway, email, password);
	}

	private List<Mail> mails(int asked) {
		return Registering.mails(this.gateway, asked);
	}

	private String signInCode(String password) throws IOException {
		return Json.code(this.gateway.phone().signIn(NEW, password));
	}

	@Test
	void makesAnAccountWhoseOwnerIsWrittenTo() throws IOException {
		HttpResponse<String> answer = register(NEW, Registering.PASSWORD);
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(Json.of(answer).propertyNames()).containsExactly("message");
		assertThat(mails(1)).containsExactly(new Mail(NEW, List.of("VERIFY_EMAIL")));
		LoggedRequest created = this.gateway.mocks()
			.received(UpstreamName.IDENTITY, "/admin/realms/portal/users$")
			.getFirst();
		JsonNode user = JsonMapper.shared().readTree(created.getBodyAsString());
		assertThat(user.path("email").asString()).isEqualTo(NEW).isEqualTo(user.path("username").asString());
		assertThat(user.path("enabled").asBoolean()).isTrue();
		assertThat(user.path("emailVerified").asBoolean()).isFalse();
		assertThat(user.path("credentials").path(0).path("value").asString()).isEqualTo(Registering.PASSWORD);
		assertThat(user.path("credentials").path(0).path("temporary").asBoolean()).isFalse();
		assertThat(user.path("requiredActions").toString()).isEqualTo("[\"VERIFY_EMAIL\"]");
		assertThat(this.gateway.mocks().identityProvider().registered()).singleElement()
			.satisfies((account) -> assertThat(account).containsEntry("terms", Registering.TERMS));
	}

	@Test
	void opensASessionOnceTheMailWasFollowedAndThePortalConnectedAContract() throws IOException {
		register(NEW, Registering.PASSWORD);
		assertThat(signInCode(Registering.PASSWORD)).isEqualTo("account-not-ready");
		this.gateway.mocks().identityProvider().finishSetUp(NEW);
		assertThat(signInCode("Cos-Innego-8")).isEqualTo("invalid-credentials");
		Problems.assertProblem(this.gateway.phone().signIn(NEW, Registering.PASSWORD), 403, "account-not-linked");
		assertThat(this.gateway.mocks().received(UpstreamName.CRM, ".*")).isEmpty();
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, "/logout")).hasSize(1);
		this.gateway.mocks().identityProvider().connect(NEW, this.gateway.mocks().personas().byName("jan").accountId());
		assertThat(this.gateway.phone().signIn(NEW, Registering.PASSWORD).statusCode()).isEqualTo(201);
	}

	@Test
	void writesToTheOwnerOfATakenEmailAndChangesNothing() throws IOException {
		HttpResponse<String> taken = register("Anna@Example.com", Registering.PASSWORD);
		HttpResponse<String> free = register(NEW, Registering.PASSWORD);
		assertThat(taken.statusCode()).isEqualTo(free.statusCode()).isEqualTo(202);
		assertThat(taken.body()).isEqualTo(free.body());
		assertThat(mails(2)).contains(new Mail("anna@example.com", List.of("UPDATE_PASSWORD")));
		assertThat(this.gateway.phone().signIn("anna@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		assertThat(signIn("anna@example.com", Registering.PASSWORD)).isEqualTo(401);
	}

	private int signIn(String email, String password) throws IOException {
		return this.gateway.phone().signIn(email, password).statusCode();
	}

	@Test
	void confirmsTheAddressAgainOfWhoNeverDid() throws IOException {
		register("nowy@example.com", Registering.PASSWORD);
		assertThat(mails(1)).containsExactly(new Mail("nowy@example.com", List.of("VERIFY_EMAIL", "UPDATE_PASSWORD")));
	}

	@Test
	void makesOneAccountOfTwoCallsAtOnce() throws Exception {
		List<HttpResponse<String>> answers = Call.together(8, () -> register(NEW, Registering.PASSWORD));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202));
		assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.getFirst().body());
		assertThat(this.gateway.mocks().identityProvider().registered()).hasSize(1);
		assertThat(mails(8)).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "abcdefgh", "abcdefgh1", "Zofia.Nowa-123", "12345678-" })
	void refusesAWeakPasswordByOurOwnRuleWhateverTheEmail(String password) throws IOException {
		Problems.assertProblem(register(NEW, password), 400, "weak-password");
		if (!password.startsWith("Zofia")) {
			Problems.assertProblem(register("anna@example.com", password), 400, "weak-password");
		}
		assertThat(this.gateway.asked()).isEmpty();
	}

	/**
	 * The provider says so of a new e-mail only: told on, it would say that it is new.
	 */
	@Test
	void letsThePortalAskForAnotherPasswordIfItRefusesThisOne() throws IOException {
		HttpResponse<String> free = register(NEW, "Password-123");
		assertThat(mails(1)).hasSize(1);
		HttpResponse<String> taken = register("anna@example.com", "Password-123");
		assertThat(free.statusCode()).isEqualTo(taken.statusCode()).isEqualTo(202);
		assertThat(free.body()).isEqualTo(taken.body());
		assertThat(mails(2)).containsExactly(new Mail(NEW, List.of("VERIFY_EMAIL", "UPDATE_PASSWORD")),
				new Mail("anna@example.com", List.of("UPDATE_PASSWORD")));
		assertThat(signInCode("Password-123")).isEqualTo("invalid-credentials");
	}

	@Test
	void asksNobodyAnythingForAnotherEditionOfTheTerms() throws IOException {
		Problems.assertProblem(Registering.register(this.gateway, NEW, Registering.PASSWORD, "2025-01"), 409,
				"terms-outdated");
		Problems.assertProblem(Registering.register(this.gateway, "anna@example.com", Registering.PASSWORD, "2099-01"),
				409, "terms-outdated");
		assertThat(this.gateway.asked()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"email":"a@b.pl","password":"Calkiem-Nowe-7"}                                          | invalid-request
			{"email":"a@b.pl","termsVersion":"2026-01"}                                             | invalid-request
			{"password":"Calkiem-Nowe-7","termsVersion":"2026-01"}                                  | invalid-request
			{"email":"a@b.pl","password":"Krotk-7","termsVersion":"2026-01"}                        | invalid-request
			{"email":"a@b","password":"Calkiem-Nowe-7","termsVersion":"2026-01"}                    | invalid-request
			{"email":"a b@c.pl","password":"Calkiem-Nowe-7","termsVersion":"2026-01"}               | invalid-request
			{"email":"ann\\u00e0@b.pl","password":"Calkiem-Nowe-7","termsVersion":"2026-01"}        | invalid-request
			{"email":"a@b.pl\\n","password":"Calkiem-Nowe-7","termsVersion":"2026-01"}              | invalid-request
			{"email":"a@b.pl","password":"Calkiem-Nowe-7","termsVersion":""}                        | invalid-request
			{"email":"a@b.pl","password":"Calkiem-Nowe-7","termsVersion":"2026-01","customerId":"1"}| malformed-request
			{"email":["a@b.pl"],"password":"Calkiem-Nowe-7","termsVersion":"2026-01"}               | malformed-request
			null | malformed-request
			[]   | malformed-request
			{    | malformed-request
			""")
	void refusesABodyItCannotTake(String body, String code) throws IOException {
		Problems.assertProblem(this.gateway.phone().send("POST", "/v1/accounts", body), 400, code);
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void takesAPasswordOf128CharactersAndNoLonger() throws IOException {
		String longest = "Aa-1".repeat(32);
		assertThat(register(NEW, longest).statusCode()).isEqualTo(202);
		Problems.assertProblem(register(NEW, longest + "x"), 400, "invalid-request");
	}

	@Test
	void wantsAProofOfADevice() throws IOException {
		String body = Json.text(Map.of("email", NEW, "password", Registering.PASSWORD, "termsVersion", "2026-01"));
		for (String path : List.of("/v1/accounts", "/v1/accounts/password-reset")) {
			Problems.assertProblem(Call.of("POST", this.gateway.url(), path, BodyPublishers.ofString(body))
				.header("Content-Type", "application/json")
				.send(), 401, "invalid-proof");
		}
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void asksTheProviderTheSameOfATakenEmailAndOfANewOne() throws IOException {
		register("jan@example.com", Registering.PASSWORD);
		assertThat(mails(1)).hasSize(1);
		assertThat(calls()).containsExactly("GET", "POST", "PUT");
		register(NEW, Registering.PASSWORD);
		assertThat(mails(2)).hasSize(2);
		assertThat(calls()).containsExactly("GET", "POST", "PUT");
	}

	private final AtomicInteger seen = new AtomicInteger();

	private List<String> calls() {
		List<String> all = this.gateway.mocks()
			.received(UpstreamName.IDENTITY, "/admin/")
			.stream()
			.map((request) -> request.getMethod().getName())
			.toList();
		return all.subList(this.seen.getAndSet(all.size()), all.size());
	}

}
