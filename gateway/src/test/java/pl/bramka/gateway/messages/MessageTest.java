package pl.bramka.gateway.messages;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contact form. What counts is how many records CRM has; no breaker opens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageTest {

	private static final String TEXT = "Wyświetlacz licznika jest ciemny.";

	/** Where records are made. */
	private static final String POST = "UMC/InteractionRecords";

	private TestGateway gateway;

	private Phone jan;

	@BeforeAll
	void start() {
		this.gateway = TestGateway.start("bramka.access.token-lifetime=1h", "bramka.messages.doubt=1h",
				"bramka.upstreams.crm.try-limit=2s", "bramka.upstreams.crm.read-timeout=1900ms",
				"bramka.upstreams.crm.breaker.window=1000", "bramka.upstreams.crm.breaker.minimum=1000");
		this.jan = this.gateway.signedIn("jan");
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	@BeforeEach
	void everythingIsWell() throws IOException {
		this.gateway.mocks().reset();
		this.gateway.bean(DatabaseClient.class)
			.sql("delete from customer_message")
			.then()
			.block(Duration.ofSeconds(10));
		this.jan.get("/v1/contracts");
	}

	/** As if all had been sent so long ago. */
	private void passes(Duration time) {
		this.gateway.bean(DatabaseClient.class)
			.sql("update customer_message set sent_at = :then")
			.bind("then", Columns.at(Instant.now().minus(time)))
			.then()
			.block(Duration.ofSeconds(10));
	}

	private static String key() {
		return UUID.randomUUID().toString();
	}

	private static String message(Object topic, String text) {
		return Json.text(Map.of("topic", topic.toString(), "text", text));
	}

	private HttpResponse<String> send(String key, String body) throws IOException {
		return this.jan.send("POST", "/v1/messages", body, "Idempotency-Key", key);
	}

	private HttpResponse<String> send(String key) throws IOException {
		return send(key, message(Topic.METER, TEXT));
	}

	private static String ticket(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return Json.of(answer).path("ticketNumber").asString();
	}

	/** At CRM, under these numbers; others there are none. */
	private void assertRecords(String... tickets) {
		List<String> found = this.gateway.mocks().customerSystem().messages();
		assertThat(found).containsExactlyInAnyOrder(tickets);
	}

	private void fails(Fault fault) {
		this.gateway.mocks().faults().set(UpstreamName.CRM, fault);
	}

	@Test
	void becomesARecordAtCrm() throws IOException {
		HttpResponse<String> answer = send(key(),
				"{\"topic\":\"METER\",\"text\":\"  " + TEXT + "\\n\",\"contractId\":\"0030000431\"}");
		String ticket = ticket(answer);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertRecords(ticket);
		JsonNode sent = Json.of(this.gateway.mocks().received(UpstreamName.CRM, POST).getLast().getBodyAsString());
		assertThat(sent.path("AccountID").asString())
			.isEqualTo(this.gateway.mocks().personas().byName("jan").accountId());
		assertThat(sent.path("Description").asString()).startsWith("METER [").hasSizeLessThanOrEqualTo(40);
		assertThat(sent.path("InteractionRecordReasonID").asString()).isEqualTo("0004");
		assertThat(sent.path("ChannelID").asString()).isEqualTo("MOB");
		assertThat(sent.path("Note").asString()).isEqualTo("Umowa 0030000431\n\n" + TEXT);
		assertThat(sent.path("IncomingFlag").asBoolean()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void isOfAnyTopic(Topic topic) throws IOException {
		assertThat(ticket(send(key(), message(topic, TEXT)))).isNotBlank();
		String sent = this.gateway.mocks().received(UpstreamName.CRM, POST).getLast().getBodyAsString();
		assertThat(Json.of(sent).path("Description").asString()).hasSizeLessThanOrEqualTo(40);
	}

	@Test
	void isOneTicketForOneKey() throws IOException {
		String key = key();
		String ticket = ticket(send(key));
		assertThat(ticket(send(key))).isEqualTo(ticket);
		Problems.assertProblem(send(key, message(Topic.GENERAL, TEXT)), 422, "idempotency-key-reused");
		assertRecords(ticket);
	}

	@Test
	void needsAKey() throws IOException {
		Problems.assertProblem(this.jan.send("POST", "/v1/messages", message(Topic.METER, TEXT)), 400,
				"invalid-request");
		Problems.assertProblem(send("a b"), 400, "invalid-request");
		assertRecords();
	}

	@Test
	void isOneTicketForWhoTapsTwice() throws IOException {
		String ticket = ticket(send(key()));
		assertThat(ticket(send(key()))).isEqualTo(ticket);
		String other = ticket(send(key(), message(Topic.METER, TEXT + "!")));
		assertRecords(ticket, other);
		passes(Duration.ofMinutes(11));
		String later = ticket(send(key()));
		assertRecords(ticket, other, later);
	}

	@Test
	void isOneTicketForWhoTapsAtOnce() throws Exception {
		List<HttpResponse<String>> answers = Call.together(10, () -> send(key()));
		Set<String> tickets = new HashSet<>();
		for (HttpResponse<String> answer : answers) {
			assertThat(answer.statusCode()).isIn(201, 409);
			if (answer.statusCode() == 201) {
				tickets.add(ticket(answer));
			}
		}
		assertThat(tickets).hasSize(1);
		assertRecords(tickets.toArray(String[]::new));
	}

	@Test
	void isAnotherTicketForAnotherCustomer() throws IOException {
		String ticket = ticket(send("the-same-key"));
		HttpResponse<String> anna = this.gateway.signedIn("anna")
			.send("POST", "/v1/messages", message(Topic.METER, TEXT), "Idempotency-Key", "the-same-key");
		assertRecords(ticket, ticket(anna));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isFoundIfCrmTookItAndDidNotSaySo(boolean sameKey) throws IOException {
		ticket(send(key(), message(Topic.GENERAL, "Pierwsza")));
		fails(Fault.slow(Duration.ofSeconds(5)).onlyPath(POST));
		String key = key();
		Problems.assertProblem(send(key), 503, "crm-unavailable");
		this.gateway.mocks().faults().clearAll();
		int sent = this.gateway.mocks().received(UpstreamName.CRM, POST).size();
		String ticket = ticket(send(sameKey ? key : key()));
		assertThat(this.gateway.mocks().received(UpstreamName.CRM, POST)).hasSize(sent);
		assertThat(this.gateway.mocks().customerSystem().messages()).hasSize(2).contains(ticket);
	}

	@ParameterizedTest
	@EnumSource(
			names = { "UNAVAILABLE", "HTML_LOGIN", "REQUEST_REJECTED", "GARBAGE", "EMPTY", "UNCAUGHT", "BLACK_HOLE" })
	void isSentAgainOnlyOnceItCannotArriveAnyMore(FaultKind kind) throws IOException {
		fails(Fault.of(kind).onlyPath(POST));
		String key = key();
		Problems.assertProblem(send(key), 503, "crm-unavailable");
		this.gateway.mocks().faults().clearAll();
		Problems.assertProblem(send(key), 409, "request-under-way");
		passes(Duration.ofSeconds(10));
		HttpResponse<String> later = send(key);
		Problems.assertProblem(later, 503, "crm-unavailable");
		assertThat(Integer.parseInt(later.headers().firstValue("Retry-After").orElseThrow())).isGreaterThan(3000);
		assertRecords();
		passes(Duration.ofHours(2));
		assertRecords(ticket(send(key)));
	}

	@Test
	void isSentAgainAtOnceIfNothingWasSent() throws IOException {
		fails(Fault.refused());
		awaitNoConnectionIsLeft();
		String key = key();
		Problems.assertProblem(send(key), 503, "crm-unavailable");
		this.gateway.mocks().faults().clearAll();
		assertRecords(ticket(send(key)));
	}

	/** On one that the other side has closed it would not be known what was sent. */
	private void awaitNoConnectionIsLeft() {
		double before = refused();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			this.gateway.bean(Drops.class)
				.everywhere("premises", this.gateway.mocks().personas().byName("jan").accountId())
				.block(Duration.ofSeconds(10));
			this.jan.get("/v1/contracts/0030000431");
			return refused() > before;
		});
	}

	private double refused() {
		return this.gateway.bean(MeterRegistry.class)
			.find(Names.UPSTREAM_CALLS)
			.tags("upstream", "crm", "outcome", "no_connection")
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	@Test
	void isNothingThatCrmMustTake() throws IOException {
		fails(Fault.of(FaultKind.BUSINESS_RULE).onlyPath(POST));
		String key = key();
		HttpResponse<String> answer = send(key);
		Problems.assertProblem(answer, 502, "crm-refused");
		assertThat(answer.body()).doesNotContain("417", "niedozwolona");
		this.gateway.mocks().faults().clearAll();
		assertRecords(ticket(send(key)));
	}

	@Test
	void isNotSentAgainWhileNobodyCanSayWhetherItArrived() throws IOException {
		fails(Fault.slow(Duration.ofSeconds(5)).onlyPath(POST));
		String key = key();
		Problems.assertProblem(send(key), 503, "crm-unavailable");
		passes(Duration.ofHours(2));
		fails(Fault.of(FaultKind.UNAVAILABLE).onlyPath("Accounts"));
		Problems.assertProblem(send(key), 503, "crm-unavailable");
		this.gateway.mocks().faults().clearAll();
		assertThat(this.gateway.mocks().customerSystem().messages()).hasSizeLessThanOrEqualTo(1);
		assertRecords(ticket(send(key)));
	}

	@Test
	void asksForTheDeletionOfTheAccount() throws IOException {
		try (Logged logged = Logged.atUsualLevels()) {
			String key = key();
			ticket(send(key, message(Topic.ACCOUNT_DELETION, "Proszę usunąć konto")));
			ticket(send(key, message(Topic.ACCOUNT_DELETION, "Proszę usunąć konto")));
			ticket(send(key(), message(Topic.ACCOUNT_DELETION, "Proszę usunąć konto")));
			ticket(send(key()));
			assertThat(logged.lines("audit")).singleElement().asString().contains("event=account-deletion result=done");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0030000421", "0030000452", "30000431", "nonsense", "000200000431" })
	void isAboutAContractOfTheirOwn(String contract) throws IOException {
		HttpResponse<String> answer = send(key(),
				Json.text(Map.of("topic", "CONTRACT", "text", TEXT, "contractId", contract)));
		Problems.assertProblem(answer, 404, "contract-not-found");
		assertRecords();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{"topic":"METER"}                              | invalid-request
			{"text":"x"}                                   | invalid-request
			{"topic":"METER","text":""}                    | invalid-request
			{"topic":"METER","text":" \\n\\t "}            | invalid-request
			{"topic":"METER","text":"a\\u0000b"}           | invalid-request
			{"topic":"METER","text":"a\\u001bb"}           | invalid-request
			{"topic":"METER","text":"a\\u0085b"}           | invalid-request
			{"topic":"METER","text":"a\\ud83db"}           | invalid-request
			{"topic":"METER","text":"x","contractId":""}   | invalid-request
			{"topic":"WEATHER","text":"x"}                 | malformed-request
			{"topic":0,"text":"x"}                         | malformed-request
			{"topic":"METER","text":"x","to":"y"}          | malformed-request
			""")
	void isRefusedIfNobodyCouldReadIt(String body, String code) throws IOException {
		Problems.assertProblem(send(key(), body), 400, code);
		assertRecords();
	}

	@Test
	void hasTwoThousandCharactersAtMost() throws IOException {
		ticket(send(key(), message(Topic.GENERAL, "🔌".repeat(2000))));
		ticket(send(key(), message(Topic.GENERAL, "a\r\n\tb".repeat(400))));
		Problems.assertProblem(send(key(), message(Topic.GENERAL, "🔌".repeat(2001))), 400, "invalid-request");
		Problems.assertProblem(send(key(), message(Topic.GENERAL, "x".repeat(2001))), 400, "invalid-request");
	}

	@Test
	void isKnownByNothingThatItSays() throws IOException {
		ticket(send(key()));
		List<Map<String, Object>> rows = this.gateway.bean(DatabaseClient.class)
			.sql("select * from customer_message")
			.fetch()
			.all()
			.collectList()
			.block(Duration.ofSeconds(10));
		assertThat(rows).hasSize(1);
		assertThat(String.valueOf(rows)).doesNotContain("licznika");
		assertThat(new Message(Topic.METER, null, TEXT).toString()).doesNotContain(TEXT);
	}

	@Test
	void isForgottenAfterADay() throws IOException {
		ticket(send(key()));
		MessageStore store = this.gateway.bean(MessageStore.class);
		assertThat(store.forgetOld().block(Duration.ofSeconds(10))).isZero();
		passes(Duration.ofHours(25));
		assertThat(store.forgetOld().block(Duration.ofSeconds(10))).isEqualTo(1);
	}

	@Test
	void isNoRecordOfAnotherCustomer() {
		CrmInteractions.Wire wire = new CrmInteractions.Wire("0008000001", "2", "METER [x]");
		assertThat(wire.number("2")).isEqualTo("0008000001");
		assertThatIllegalArgumentException().isThrownBy(() -> wire.number("1"));
	}

}
