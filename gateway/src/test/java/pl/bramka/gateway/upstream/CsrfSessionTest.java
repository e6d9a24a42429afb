package pl.bramka.gateway.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class CsrfSessionTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final ODataWrite WRITE = new ODataWrite("change", HttpMethod.POST, "MeterReadingResults", List.of(),
			Map.of("DeviceID", "1"));

	private final AtomicInteger sessions = new AtomicInteger();

	/** The session whose token and cookie the system takes. */
	private volatile int valid = 1;

	private volatile boolean anyIsValid;

	private final CountDownLatch mayHandshake = new CountDownLatch(1);

	private final ScriptedUpstream billing = ScriptedUpstream.playing(this::likeSap);

	private final PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(PATIENCE).to(this.billing.uri());

	@AfterEach
	void close() {
		this.mayHandshake.countDown();
		this.pipe.close();
		this.billing.close();
	}

	@Test
	void shakesHandsOnceForChangesInParallel() {
		Mono<Long> done = Flux.range(0, 20).flatMap((i) -> write(), 20).count();
		Disposable releasing = Mono.delay(Duration.ofMillis(100)).subscribe((tick) -> this.mayHandshake.countDown());
		StepVerifier.create(done).expectNext(20L).expectComplete().verify(PATIENCE);
		releasing.dispose();
		assertThat(this.billing.received("GET")).hasSize(1);
		assertThat(this.billing.received("GET").getFirst().header("X-CSRF-Token")).isEqualTo("Fetch");
		assertThat(this.billing.received("POST")).hasSize(20)
			.allSatisfy(CsrfSessionTest::hasTokenAndCookiesOfOneSession);
	}

	@Test
	void shakesHandsOnceMoreWhenTheTokenExpired() {
		this.mayHandshake.countDown();
		written();
		this.valid = 2;
		written();
		written();
		assertThat(this.billing.received("GET")).hasSize(2);
		assertThat(this.billing.received("POST")).hasSize(4)
			.allSatisfy(CsrfSessionTest::hasTokenAndCookiesOfOneSession);
		assertThat(this.pipe.outcomes("answered")).isEqualTo(3);
	}

	@Test
	void shakesHandsOnceMoreForAllChangesThatMeetAnExpiredToken() {
		this.mayHandshake.countDown();
		written();
		this.valid = 2;
		StepVerifier.create(Flux.range(0, 20).flatMap((i) -> write(), 20).count())
			.expectNext(20L)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.billing.received("GET")).hasSize(2);
		assertThat(this.billing.received("POST")).hasSizeBetween(22, 41)
			.allSatisfy(CsrfSessionTest::hasTokenAndCookiesOfOneSession);
	}

	@Test
	void failsWhenTheNewTokenIsRefusedToo() {
		this.mayHandshake.countDown();
		this.valid = 1000;
		unavailable();
		assertThat(this.billing.received("GET")).hasSize(2);
		assertThat(this.billing.received("POST")).hasSize(2);
		assertThat(this.pipe.outcomes("fault")).isOne();
		this.valid = 3;
		written();
		assertThat(this.billing.received("GET")).as("the refused token is not tried again").hasSize(3);
		assertThat(this.billing.received("POST")).hasSize(3);
	}

	@Test
	void keepsNothingOfAHandshakeAnsweredByALoginPage() {
		this.mayHandshake.countDown();
		this.billing.nowPlays((exchange) -> {
			exchange.getResponseHeaders().set("X-CSRF-Token", "of-a-page");
			ScriptedUpstream.send(exchange, 200, "text/html", "<html><form>sap-password</form></html>");
		});
		unavailable();
		unavailable();
		assertThat(this.billing.received("GET")).hasSize(2);
		assertThat(this.billing.received("POST")).isEmpty();
		assertThat(this.pipe.outcomes("garbled")).isEqualTo(2);
		this.billing.nowPlays(this::likeSap);
		written();
		written();
		assertThat(this.billing.received("GET")).hasSize(3);
		assertThat(this.billing.received("POST")).hasSize(2);
	}

	@Test
	void keepsNothingOfAHandshakeWithoutAToken() {
		this.billing.nowPlays((exchange) -> ScriptedUpstream.json(exchange, 200, "{\"d\":{}}"));
		unavailable();
		assertThat(this.billing.received("POST")).isEmpty();
	}

	@Test
	void goesOnForTheOthersWhenTheCallerThatBeganLeaves() throws InterruptedException {
		Disposable first = write().subscribe();
		Awaitility.await().atMost(PATIENCE).until(() -> this.billing.received("GET").size() == 1);
		CountDownLatch secondDone = new CountDownLatch(1);
		write().subscribe((answer) -> secondDone.countDown());
		first.dispose();
		this.mayHandshake.countDown();
		assertThat(secondDone.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.billing.received("GET")).hasSize(1);
		assertThat(this.billing.received("POST")).hasSize(1);
	}

	@Test
	void beginsAnewWhenEveryCallerLeft() {
		Disposable only = write().subscribe();
		Awaitility.await().atMost(PATIENCE).until(() -> this.billing.received("GET").size() == 1);
		only.dispose();
		this.anyIsValid = true;
		this.mayHandshake.countDown();
		written();
		assertThat(this.billing.received("GET")).hasSize(2);
		assertThat(this.billing.received("POST")).hasSize(1);
	}

	@Test
	void needsNoCookies() {
		this.billing.nowPlays((exchange) -> {
			exchange.getResponseHeaders().set("X-CSRF-Token", "token-1");
			ScriptedUpstream.json(exchange, 200, "{\"d\":{\"ContractID\":\"22\"}}");
		});
		written();
		assertThat(this.billing.received("POST").getFirst().headers().containsKey("Cookie")).isFalse();
	}

	/** Each handshake opens a session with a token of its own; only one is valid. */
	private void likeSap(HttpExchange exchange) throws IOException, InterruptedException {
		if (exchange.getRequestMethod().equals("GET")) {
			this.mayHandshake.await();
			int session = this.sessions.incrementAndGet();
			exchange.getResponseHeaders().set("X-CSRF-Token", "token-" + session);
			exchange.getResponseHeaders().add("Set-Cookie", "SAP_SESSION=session-" + session + "; path=/; HttpOnly");
			exchange.getResponseHeaders().add("Set-Cookie", "sap-usercontext=client=100; path=/");
			ScriptedUpstream.json(exchange, 200, "{\"d\":{\"EntitySets\":[]}}");
		}
		else if (this.anyIsValid
				|| ("token-" + this.valid).equals(exchange.getRequestHeaders().getFirst("X-CSRF-Token"))) {
			ScriptedUpstream.json(exchange, 201, "{\"d\":{\"ContractID\":\"22\"}}");
		}
		else {
			exchange.getResponseHeaders().set("X-CSRF-Token", "Required");
			ScriptedUpstream.send(exchange, 403, "text/plain", "CSRF token validation failed");
		}
	}

	private static void hasTokenAndCookiesOfOneSession(ScriptedUpstream.Received request) {
		String session = request.header("X-CSRF-Token").substring("token-".length());
		assertThat(request.header("Cookie"))
			.isEqualTo("SAP_SESSION=session-" + session + "; sap-usercontext=client=100");
	}

	private Mono<String> write() {
		return this.pipe.billing().write(WRITE, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private void written() {
		StepVerifier.create(write()).expectNext("22").expectComplete().verify(PATIENCE);
	}

	private void unavailable() {
		StepVerifier.create(write())
			.expectErrorSatisfies(
					(failure) -> assertThat(((Problem) failure).code()).isEqualTo(ProblemCode.BILLING_UNAVAILABLE))
			.verify(PATIENCE);
	}

}
