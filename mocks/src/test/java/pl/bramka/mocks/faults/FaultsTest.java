package pl.bramka.mocks.faults;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pl.bramka.mocks.Caller;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FaultsTest {

	private static final Mocks MOCKS = Mocks.startOnFreePorts();

	private final Caller caller = new Caller();

	@BeforeEach
	void nothingIsWrong() {
		MOCKS.reset();
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@Test
	void delaysTheUsualAnswerWhenSlow() throws IOException {
		int usual = get("/nothing").statusCode();
		MOCKS.faults().set(UpstreamName.BILLING, Fault.slow(Duration.ofMillis(400)));
		long start = System.nanoTime();
		assertThat(get("/nothing").statusCode()).isEqualTo(usual);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(390),
				Duration.ofSeconds(10));
	}

	@Test
	void holdsNoThreadsWhileManyAnswersAreSlow() {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.slow(Duration.ofSeconds(2)));
		HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		long start = System.nanoTime();
		List<CompletableFuture<HttpResponse<Void>>> calls = Stream
			.generate(() -> http.sendAsync(HttpRequest.newBuilder(URI.create(MOCKS.billing() + "/slow")).build(),
					HttpResponse.BodyHandlers.discarding()))
			.limit(300)
			.toList();
		calls.forEach(CompletableFuture::join);
		// Each of the 64 threads would be held five times.
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
	}

	@Test
	void refusesConnectionsAndComesBackOnTheSamePortWithItsJournal() throws IOException {
		URI before = MOCKS.billing();
		get("/first");
		MOCKS.faults().set(UpstreamName.BILLING, Fault.refused());
		// On a connection of its own: a client that keeps one may miss that it was
		// closed.
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Caller().get(MOCKS.billing(), "/second"));
		assertThat(MOCKS.received(UpstreamName.BILLING, "^/first$")).hasSize(1);
		MOCKS.faults().clear(UpstreamName.BILLING);
		assertThat(MOCKS.billing()).isEqualTo(before);
		get("/third");
		assertThat(MOCKS.journal(UpstreamName.BILLING)).extracting("url").containsExactly("/first", "/third");
	}

	@Test
	void leavesOtherUpstreamsAlone() throws IOException {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.refused());
		assertThat(this.caller.get(MOCKS.crm(), "/nothing").statusCode()).isNotEqualTo(503);
	}

	@Test
	void neverAnswersAsABlackHole() {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.blackHole());
		HttpRequest request = HttpRequest.newBuilder(URI.create(MOCKS.billing() + "/x"))
			.timeout(Duration.ofSeconds(3))
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			assertThatExceptionOfType(HttpTimeoutException.class)
				.isThrownBy(() -> http.send(request, HttpResponse.BodyHandlers.ofString()));
		}
		assertThat(MOCKS.received(UpstreamName.BILLING, "^/x$")).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "RESET", "EMPTY", "GARBAGE", "MALFORMED" })
	void breaksTheConnection(FaultKind kind) {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.of(kind));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/x"))
			.isNotInstanceOfAny(HttpTimeoutException.class, ConnectException.class);
	}

	@Test
	void dribblesTheBodyOverTheGivenTime() throws IOException {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.dribble(Duration.ofMillis(600)));
		long start = System.nanoTime();
		get("/a-path-whose-answer-has-a-body");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
	}

	@ParameterizedTest
	@CsvSource({ "HTML_LOGIN, 200, text/html, sap-password", "REQUEST_REJECTED, 200, text/html, Request Rejected",
			"XML_ERROR, 500, application/xml, EL/209", "UNCAUGHT, 500, application/json, /IWFND/CM_BEC/026",
			"BUSINESS_RULE, 400, application/json, CRM_UTILITIES/417",
			"UNAVAILABLE, 503, text/html, Service Unavailable" })
	void answersWithAPageOfAnother(FaultKind kind, int status, String type, String text) throws IOException {
		MOCKS.faults().set(UpstreamName.CRM, Fault.of(kind));
		HttpResponse<String> answer = this.caller.get(MOCKS.crm(), "/x");
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
		assertThat(answer.body()).contains(text);
	}

	@Test
	void asksForACsrfTokenOnlyWhenWriting() throws IOException {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.of(FaultKind.CSRF_403).times(1));
		assertThat(get("/x").headers().firstValue("X-CSRF-Token")).isEmpty();
		HttpResponse<String> refused = this.caller.send("POST", MOCKS.billing(), "/x", "{}");
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.headers().firstValue("X-CSRF-Token")).hasValue("Required");
		assertThat(this.caller.send("POST", MOCKS.billing(), "/x", "{}").headers().firstValue("X-CSRF-Token"))
			.isNotEqualTo(java.util.Optional.of("Required"));
	}

	@Test
	void narrowsAFaultToOneRequestOfTheGateway() throws IOException {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE).onlyFor("r-1"));
		assertThat(get("/x", "Request-Id", "r-2").statusCode()).isNotEqualTo(503);
		assertThat(get("/x", "Request-Id", "r-1").statusCode()).isEqualTo(503);
	}

	@Test
	void narrowsAFaultToAPathAndToTheNextRequests() throws IOException {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE).onlyPath("Invoices").times(2));
		assertThat(get("/Devices").statusCode()).isNotEqualTo(503);
		assertThat(get("/Invoices").statusCode()).isEqualTo(503);
		assertThat(MOCKS.faults().active().get(UpstreamName.BILLING)).extracting(Fault::times).containsExactly(1);
		assertThat(get("/Accounts/Invoices?x=1").statusCode()).isEqualTo(503);
		assertThat(get("/Invoices").statusCode()).isNotEqualTo(503);
		assertThat(MOCKS.faults().active().get(UpstreamName.BILLING)).isEmpty();
	}

	@Test
	void playsTheFaultThatTheRequestAsksFor() throws IOException {
		assertThat(get("/x", "Mock-Fault", "unavailable").statusCode()).isEqualTo(503);
		long start = System.nanoTime();
		get("/x", "Mock-Fault", "slow;millis=300");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
		assertThat(get("/x", "Mock-Fault", "sloow").body()).contains("No fault 'sloow'", "slow-lognormal");
		assertThat(get("/x", "Mock-Fault", "slow;minutes=1").statusCode()).isEqualTo(400);
		assertThat(get("/x", "Mock-Fault", "refused").statusCode()).isEqualTo(400);
	}

	@Test
	void refusesWhatCannotBePlayed() {
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.refused().onlyFor("r-1"));
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.blackHole().onlyPath("("));
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.slow(Duration.ofHours(1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MOCKS.faults().set(UpstreamName.CRM, Fault.of(FaultKind.BAD_HASH)))
			.withMessageContaining("crm cannot play bad-hash");
	}

	@Test
	void keepsTheRequestsWithTheirHeadersForIntegratorsToo() throws IOException {
		get("/x?y=1", "Request-Id", "r-9");
		assertThat(MOCKS.received(UpstreamName.BILLING, "y=1").getFirst().getHeader("Request-Id")).isEqualTo("r-9");
		assertThat(get("/__admin/requests").body()).contains("r-9");
	}

	private HttpResponse<String> get(String path, String... headers) throws IOException {
		return this.caller.get(MOCKS.billing(), path, headers);
	}

}
