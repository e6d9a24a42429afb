package pl.bramka.gateway.problem;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import pl.bramka.gateway.Faults;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A gateway with routes that fail in ways nobody foresaw, and a clock that can break in
 * the middle of the security chain.
 */
@Faults.Meant
class UnforeseenFailureTest {

	private static final String MESSAGE = "Haslo-123! of anna@example.com in org.h2.Driver 2.4.240";

	private static final BreakableClock CLOCK = new BreakableClock();

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.startWith(UnforeseenFailureTest::add);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@AfterEach
	void repair() {
		CLOCK.breaks(null);
	}

	private static void add(GenericApplicationContext context) {
		context.registerBean("testClock", Clock.class, () -> CLOCK, (definition) -> definition.setPrimary(true));
		context.registerBean(ThreadName.class, ThreadName::new);
		context.registerBean(RouterFunction.class,
				() -> RouterFunctions.route().GET("/v1/trouble/{kind}", UnforeseenFailureTest::trouble).build());
	}

	private static Mono<ServerResponse> trouble(ServerRequest request) {
		return switch (request.pathVariable("kind")) {
			case "thrown" -> throw new IllegalStateException(MESSAGE);
			case "signalled" -> Mono.error(new IOException(MESSAGE, new IllegalArgumentException(MESSAGE)));
			case "timeout" -> Mono.error(new TimeoutException(MESSAGE));
			case "assertion" -> Mono.error(new AssertionError(MESSAGE));
			case "status" -> Mono.error(new ResponseStatusException(HttpStatus.I_AM_A_TEAPOT, MESSAGE));
			case "body" -> ServerResponse.ok().bodyValue(new Unwritable());
			case "late" -> ServerResponse.ok()
				.body(Flux.just("first").concatWith(Mono.error(new IllegalStateException(MESSAGE))), String.class);
			default -> Mono.empty();
		};
	}

	@ParameterizedTest
	@ValueSource(strings = { "thrown", "signalled", "timeout", "assertion", "status", "body" })
	void isToldWithoutItsMessage(String kind) throws IOException {
		HttpResponse<String> answer = gateway.signedIn("anna").get("/v1/trouble/" + kind);
		Problems.assertProblem(answer, 500, "internal-error");
		assertThat(answer.body()).doesNotContain("Haslo", "anna");
	}

	@Test
	void cutsAnAnswerThatHasBegun() {
		Phone phone = gateway.signedIn("anna");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> phone.get("/v1/trouble/late"));
	}

	@Test
	void isLoggedWithoutItsMessage() throws IOException {
		Phone phone = gateway.signedIn("anna");
		try (Logged logged = Logged.atUsualLevels()) {
			for (String kind : List.of("thrown", "signalled", "body")) {
				String id = phone.get("/v1/trouble/" + kind).headers().firstValue("Request-Id").orElseThrow();
				assertThat(logged.lines()).anySatisfy((line) -> assertThat(line).contains(id, "Exception")
					.containsPattern("( at [^ ]+){2,}")
					.contains(UnforeseenFailureTest.class.getSimpleName()));
			}
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> phone.get("/v1/trouble/late?a=Haslo-123!", "Request-Id", "late-failure-0001"));
			assertThat(logged.lines())
				.anySatisfy((line) -> assertThat(line).contains("late-failure-0001", "IllegalStateException"))
				.allSatisfy((line) -> assertThat(line).doesNotContain("Haslo", "anna", "2.4.240"));
		}
	}

	@Test
	void letsNobodyPassWhenTheSecurityChainFails() throws IOException {
		Phone phone = gateway.signedIn("anna");
		assertThat(phone.get("/v1/invoices").statusCode()).isEqualTo(200);
		gateway.mocks().reset();
		for (Throwable failure : List.of(new IllegalStateException(MESSAGE), new AssertionError(MESSAGE),
				new UnsupportedOperationException(MESSAGE))) {
			CLOCK.breaks(failure);
			for (String path : List.of("/v1/invoices", "/v1/contracts", "/v1/home", "/v1/sessions")) {
				Problems.assertProblem(phone.get(path, "Cache-Control", "no-cache"), 500, "internal-error");
			}
			Problems.assertProblem(gateway.phone().signIn("anna@example.com", "Haslo-123!"), 500, "internal-error");
		}
		assertThat(gateway.asked()).isEmpty();
		CLOCK.breaks(null);
		assertThat(phone.get("/v1/invoices").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/home", "/v1/contracts", "/v1/contracts/0030000011", "/v1/invoices", "/v1/sessions",
			"/v1/customer", "/v1/nothing" })
	void reachesControllersOnAnEventLoop(String path) throws IOException {
		Phone phone = gateway.signedIn("anna");
		// The second time the token is remembered: another way through the chain.
		for (int i = 0; i < 2; i++) {
			assertThat(phone.get(path).headers().firstValue(ThreadName.HEADER)).get()
				.asString()
				.contains("reactor-http");
		}
	}

	/**
	 * Tells on which thread the security chain hands a request on.
	 */
	@Order(Ordered.LOWEST_PRECEDENCE)
	static final class ThreadName implements WebFilter {

		static final String HEADER = "Test-Thread";

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			exchange.getResponse().getHeaders().set(HEADER, Thread.currentThread().getName());
			return chain.filter(exchange);
		}

	}

	/**
	 * Something that Jackson cannot write.
	 */
	static final class Unwritable {

		public int getNumber() {
			return Integer.parseInt(MESSAGE);
		}

	}

	/**
	 * The system's clock until it breaks.
	 */
	private static final class BreakableClock extends Clock {

		private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

		void breaks(@Nullable Throwable failure) {
			this.failure.set(failure);
		}

		@Override
		public Instant instant() {
			Throwable thrown = this.failure.get();
			if (thrown instanceof RuntimeException exception) {
				throw exception;
			}
			if (thrown instanceof Error error) {
				throw error;
			}
			return Clock.systemUTC().instant();
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return Clock.system(zone);
		}

	}

}
