package pl.bramka.gateway.contact;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.contact.ContactChangeStore.ChangeKey;
import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.crm.Crm;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contact data and their changes. Nobody looks after what is not over here but who is
 * told to, and no breaker opens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContactTest {

	private static final String OLD = "jan@example.com";

	private static final String NEW = "jan.nowy@example.com";

	private static final String EMAIL = "{\"email\":\"" + NEW + "\"}";

	/** Where entries are made. */
	private static final String ADD = "UMC/AccountAddressIndependentEmails\\?";

	/** Where entries are removed. */
	private static final String REMOVE = "UMC/AccountAddressIndependentEmails\\(";

	private TestGateway gateway;

	private Phone jan;

	private String id;

	@BeforeAll
	void start() {
		this.gateway = TestGateway.start("bramka.access.recent-sign-in=1h", "bramka.access.token-lifetime=1h",
				"bramka.contact.look=1h", "bramka.contact.doubt=1h", "bramka.upstreams.crm.breaker.window=1000",
				"bramka.upstreams.crm.breaker.minimum=1000");
		this.jan = this.gateway.signedIn("jan");
		this.id = this.gateway.mocks().personas().byName("jan").accountId();
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	@BeforeEach
	void everythingIsWell() {
		this.gateway.mocks().reset();
		sql("delete from contact_change");
		this.gateway.bean(Drops.class).everywhere(Contacts.CACHE, this.id).block(Duration.ofSeconds(10));
	}

	private void sql(String statement) {
		this.gateway.bean(DatabaseClient.class).sql(statement).then().block(Duration.ofSeconds(10));
	}

	private int rows() {
		return this.gateway.bean(DatabaseClient.class)
			.sql("select kind from contact_change")
			.map((row) -> Columns.text(row, "kind"))
			.all()
			.collectList()
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow()
			.size();
	}

	/** As if it had been sent so long ago that it cannot arrive any more. */
	private void doubtIsOver() {
		this.gateway.bean(DatabaseClient.class)
			.sql("update contact_change set sent_at = :then")
			.bind("then", Columns.at(Instant.now().minus(Duration.ofHours(2))))
			.then()
			.block(Duration.ofSeconds(10));
	}

	private HttpResponse<String> patch(String body) throws IOException {
		return this.jan.send("PATCH", "/v1/customer/contact", body);
	}

	private JsonNode shown() throws IOException {
		HttpResponse<String> answer = this.jan.get("/v1/customer");
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer).at("/data/contact");
	}

	/** At CRM. */
	private List<ContactEntry> entries() {
		List<ContactEntry> entries = this.gateway.bean(CrmContacts.class)
			.entries(this.id, ContactKind.EMAIL)
			.block(Duration.ofSeconds(10));
		return (entries != null) ? entries : List.of();
	}

	private void assertOnly(String value) {
		assertThat(entries()).singleElement().returns(value, ContactEntry::value).returns(true, ContactEntry::standard);
	}

	private void finish() {
		this.gateway.bean(ContactChanges.class)
			.finish(new ChangeKey(this.id, ContactKind.EMAIL))
			.block(Duration.ofSeconds(20));
	}

	private Crm crm() {
		return this.gateway.mocks().customerSystem();
	}

	private long sent(String path, String method) {
		return this.gateway.mocks()
			.received(UpstreamName.CRM, path)
			.stream()
			.filter((request) -> request.getMethod().getName().equals(method))
			.count();
	}

	/** The stub that was just made whole does not know the token of before. */
	private void shakeHands() throws IOException {
		assertThat(patch("{\"phone\":\"500000097\"}").statusCode()).isEqualTo(200);
	}

	private void fails(Fault fault) {
		this.gateway.mocks().faults().set(UpstreamName.CRM, fault);
	}

	@Test
	void areThoseThatCountAtCrm() throws IOException {
		JsonNode contact = shown();
		assertThat(contact.path("state").asString()).isEqualTo("FRESH");
		assertThat(contact.at("/data/email").toString()).isEqualTo("{\"value\":\"" + OLD + "\"}");
		assertThat(contact.at("/data/phone/value").asString())
			.isEqualTo(this.gateway.mocks().personas().byName("jan").phone());
		shown();
		assertThat(sent("Emails", "GET")).as("kept in memory").isEqualTo(1);
	}

	@Test
	void areChangedAtOnceIfCrmShowsThemAtOnce() throws IOException {
		shown();
		try (Logged logged = Logged.atUsualLevels()) {
			HttpResponse<String> answer = patch("{\"email\":\"" + NEW + "\",\"phone\":\"500 000-098\"}");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
			assertThat(answer.body())
				.isEqualTo("{\"email\":{\"value\":\"" + NEW + "\"},\"phone\":{\"value\":\"+48500000098\"}}");
			assertThat(logged.lines("audit")).singleElement().asString().contains("event=contact-change result=done");
		}
		assertOnly(NEW);
		assertThat(shown().path("data").toString())
			.isEqualTo("{\"email\":{\"value\":\"" + NEW + "\"},\"phone\":{\"value\":\"+48500000098\"}}");
		assertThat(rows()).isZero();
	}

	@Test
	void arePendingUntilCrmShowsThem() throws IOException {
		crm().applyContactChangesLater(true);
		HttpResponse<String> answer = patch(EMAIL);
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(Json.of(answer).path("email").toString())
			.isEqualTo("{\"value\":\"" + OLD + "\",\"pending\":\"" + NEW + "\"}");
		assertThat(shown().at("/data/email/pending").asString()).isEqualTo(NEW);
		finish();
		assertThat(shown().at("/data/email/pending").asString()).isEqualTo(NEW);
		assertThat(sent(REMOVE, "DELETE")).as("never without one that counts").isZero();
		crm().applyContactChangesLater(false);
		assertThat(shown().at("/data/email").toString()).isEqualTo("{\"value\":\"" + NEW + "\"}");
		finish();
		assertOnly(NEW);
		assertThat(rows()).isZero();
		assertThat(shown().at("/data/email").toString()).isEqualTo("{\"value\":\"" + NEW + "\"}");
	}

	@Test
	void arePendingForSoLongOnly() throws IOException {
		crm().applyContactChangesLater(true);
		patch(EMAIL);
		this.gateway.bean(DatabaseClient.class)
			.sql("update contact_change set sent_at = :then")
			.bind("then", Columns.at(Instant.now().minus(Duration.ofDays(5))))
			.then()
			.block(Duration.ofSeconds(10));
		finish();
		assertThat(shown().at("/data/email").toString()).isEqualTo("{\"value\":\"" + OLD + "\"}");
		assertThat(rows()).isZero();
		assertOnly(OLD);
	}

	@Test
	void areSentOnceHoweverOftenTheSameIsAskedFor() throws IOException {
		crm().applyContactChangesLater(true);
		for (int time = 0; time < 3; time++) {
			assertThat(patch("{\"email\":\"Jan.Nowy@example.com\"}").statusCode()).isEqualTo(202);
		}
		crm().applyContactChangesLater(false);
		for (int time = 0; time < 3; time++) {
			assertThat(patch("{\"email\":\"Jan.Nowy@example.com\"}").statusCode()).isEqualTo(200);
		}
		assertThat(sent(ADD, "POST")).as("one handshake refused, one sent").isLessThanOrEqualTo(2);
		assertOnly("Jan.Nowy@example.com");
	}

	@Test
	void canBeCorrectedWhileTheyArePending() throws IOException {
		crm().applyContactChangesLater(true);
		assertThat(patch("{\"email\":\"jan.nwoy@example.com\"}").statusCode()).isEqualTo(202);
		HttpResponse<String> answer = patch(EMAIL);
		assertThat(Json.of(answer).at("/email/pending").asString()).isEqualTo(NEW);
		crm().applyContactChangesLater(false);
		finish();
		assertOnly(NEW);
		assertThat(rows()).isZero();
	}

	@Test
	void canBeTakenBackWhileTheyArePending() throws IOException {
		crm().applyContactChangesLater(true);
		assertThat(patch(EMAIL).statusCode()).isEqualTo(202);
		assertThat(patch("{\"email\":\"" + OLD + "\"}").statusCode()).isEqualTo(202);
		crm().applyContactChangesLater(false);
		finish();
		assertOnly(OLD);
	}

	@Test
	void areNotSentIfTheyAreSoAlready() throws IOException {
		HttpResponse<String> answer = patch("{\"email\":\"" + OLD + "\"}");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(sent(ADD, "POST")).isZero();
		assertThat(rows()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "HTML_LOGIN", "REQUEST_REJECTED", "GARBAGE", "EMPTY", "UNCAUGHT", "RESET",
			"BLACK_HOLE" })
	void areNotPendingIfNobodyKnowsWhetherCrmTookThem(FaultKind kind) throws IOException {
		fails(Fault.of(kind).onlyPath(ADD));
		Problems.assertProblem(patch(EMAIL), 503, "crm-unavailable");
		this.gateway.mocks().faults().clearAll();
		assertThat(shown().at("/data/email").toString()).isEqualTo("{\"value\":\"" + OLD + "\"}");
		long sent = sent(ADD, "POST");
		for (String other : List.of(EMAIL, "{\"email\":\"inny@example.com\"}")) {
			HttpResponse<String> again = patch(other);
			Problems.assertProblem(again, 503, "crm-unavailable");
			assertThat(again.headers().firstValue("Retry-After")).isPresent();
		}
		assertThat(sent(ADD, "POST")).as("it may still arrive").isEqualTo(sent);
		doubtIsOver();
		assertThat(patch(EMAIL).statusCode()).isEqualTo(200);
		assertOnly(NEW);
	}

	@Test
	void areAsTheyWereIfCrmSaysNo() throws IOException {
		shakeHands();
		fails(Fault.of(FaultKind.BUSINESS_RULE).onlyPath(ADD));
		Problems.assertProblem(patch(EMAIL), 502, "crm-refused");
		this.gateway.mocks().faults().clearAll();
		assertThat(shown().at("/data/email").toString()).isEqualTo("{\"value\":\"" + OLD + "\"}");
		assertOnly(OLD);
		assertThat(patch(EMAIL).statusCode()).isEqualTo(200);
	}

	@Test
	void areForgottenIfTheyNeverCameToBe() throws IOException {
		fails(Fault.of(FaultKind.UNAVAILABLE).onlyPath(ADD));
		patch(EMAIL);
		this.gateway.mocks().faults().clearAll();
		finish();
		assertThat(rows()).isEqualTo(1);
		doubtIsOver();
		finish();
		assertThat(rows()).isZero();
		assertOnly(OLD);
	}

	@Test
	void areFoundIfCrmTookThemAndDidNotSaySo() throws IOException {
		shakeHands();
		fails(Fault.slow(Duration.ofSeconds(5)).onlyPath(ADD));
		Problems.assertProblem(patch(EMAIL), 503, "crm-unavailable");
		this.gateway.mocks().faults().clearAll();
		long sent = sent(ADD, "POST");
		assertThat(entries()).hasSize(2);
		assertThat(patch(EMAIL).statusCode()).isEqualTo(200);
		assertThat(sent(ADD, "POST")).isEqualTo(sent);
		assertOnly(NEW);
		assertThat(rows()).isZero();
	}

	@Test
	void areBroughtToTheirEndThoughNobodyAsksAgain() throws IOException {
		shakeHands();
		fails(Fault.slow(Duration.ofSeconds(5)).onlyPath(ADD));
		Problems.assertProblem(patch(EMAIL), 503, "crm-unavailable");
		this.gateway.mocks().faults().clearAll();
		finish();
		assertOnly(NEW);
		assertThat(rows()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "HTML_LOGIN", "GARBAGE", "UNCAUGHT", "BLACK_HOLE" })
	void areChangedThoughTheOldOneCannotBeRemovedNow(FaultKind kind) throws IOException {
		crm().leaveOldContactsFlagged(true);
		fails(Fault.of(kind).onlyPath(REMOVE));
		HttpResponse<String> answer = patch(EMAIL);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(Json.of(answer).path("email").toString()).isEqualTo("{\"value\":\"" + NEW + "\"}");
		assertThat(entries()).hasSize(2);
		this.gateway.mocks().faults().clearAll();
		finish();
		assertOnly(NEW);
		assertThat(rows()).isZero();
	}

	@Test
	void areTakenBackIfTheOldOneStaysAndStillCounts() throws IOException {
		crm().leaveOldContactsFlagged(true);
		crm().keepFirstContacts(true);
		Problems.assertProblem(patch(EMAIL), 502, "crm-refused");
		assertOnly(OLD);
		assertThat(rows()).isZero();
	}

	@Test
	void standBesideAnOldOneThatStaysAndCountsNoMore() throws IOException {
		crm().keepFirstContacts(true);
		assertThat(patch(EMAIL).statusCode()).isEqualTo(200);
		assertThat(entries()).filteredOn(ContactEntry::standard).singleElement().returns(NEW, ContactEntry::value);
		assertThat(rows()).isZero();
	}

	@Test
	void areNotChangedIfCrmRefusesThem() throws IOException {
		for (int number = 1; number < 20; number++) {
			this.gateway.bean(CrmContacts.class)
				.create(this.id, ContactKind.EMAIL, "jan" + number + "@example.com")
				.block(Duration.ofSeconds(10));
		}
		Problems.assertProblem(patch(EMAIL), 502, "crm-refused");
		assertThat(shown().at("/data/email").toString()).isEqualTo("{\"value\":\"jan19@example.com\"}");
		assertThat(rows()).isZero();
	}

	@Test
	void areNotChangedAndNotPendingWhileCrmIsDown() throws IOException {
		shown();
		fails(Fault.refused());
		Problems.assertProblem(patch(EMAIL), 503, "crm-unavailable");
		assertThat(rows()).isZero();
		this.gateway.mocks().faults().clearAll();
		assertOnly(OLD);
		assertThat(patch(EMAIL).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "HTML_LOGIN", "REQUEST_REJECTED", "GARBAGE", "UNCAUGHT", "BLACK_HOLE" })
	void areMissingWithoutTakingTheProfileAway(FaultKind kind) throws IOException {
		fails(Fault.of(kind).onlyPath("MobilePhones"));
		JsonNode customer = Json.of(this.jan.get("/v1/customer"));
		assertThat(customer.at("/data/firstName").asString()).isEqualTo("Jan");
		assertThat(customer.at("/data/contact/state").asString()).isEqualTo("UNAVAILABLE");
		assertThat(customer.at("/data/contact/problem/code").asString()).isEqualTo("crm-unavailable");
		assertThat(customer.at("/data/contact/data").isMissingNode()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{}                                              | invalid-request
			{"email":null,"phone":null}                     | invalid-request
			{"email":""}                                    | invalid-request
			{"email":"jan"}                                 | invalid-request
			{"email":"jan@example"}                         | invalid-request
			{"email":"jan@exämple.com"}                     | invalid-request
			{"phone":""}                                    | invalid-request
			{"phone":"12345678"}                            | invalid-request
			{"phone":"0500000098"}                          | invalid-request
			{"phone":"+48 50000009"}                        | invalid-request
			{"phone":"+48 5000000988"}                      | invalid-request
			{"phone":"+0 500000098"}                        | invalid-request
			{"phone":"500--000-098"}                        | invalid-request
			{"phone":"+1234567890123456"}                   | invalid-request
			{"email":"jan.nowy@example.com","phone":"x"}    | invalid-request
			{"email":["jan.nowy@example.com"]}              | malformed-request
			{"mail":"jan.nowy@example.com"}                 | malformed-request
			""")
	void areRefusedIfNobodyCouldBeReachedSo(String body, String code) throws IOException {
		Problems.assertProblem(patch(body), 400, code);
		assertThat(sent("UMC/AccountAddress", "POST")).isZero();
		assertThat(rows()).isZero();
	}

	@Test
	void areSealedInTheDatabase() throws IOException {
		crm().applyContactChangesLater(true);
		patch("{\"email\":\"" + NEW + "\",\"phone\":\"500000098\"}");
		List<String> sealed = this.gateway.bean(DatabaseClient.class)
			.sql("select sealed_value from contact_change")
			.map((row) -> Columns.text(row, "sealed_value"))
			.all()
			.collectList()
			.block(Duration.ofSeconds(10));
		assertThat(sealed).hasSize(2).allSatisfy((value) -> assertThat(value).startsWith("eyJ").hasSizeLessThan(1024));
	}

}
