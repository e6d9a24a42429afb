package pl.bramka.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class FailureKindsTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration TRY_LIMIT = Duration.ofMillis(700);

	/** A whole try and the slack of a busy machine; less than any fault lasts. */
	private static final Duration ONE_TRY = Duration.ofMillis(2500);

	private static final ODataQuery QUERY = ODataQuery.of("contract", "Contracts('{}')", "22");

	private static final Mocks MOCKS = Mocks.startOnFreePorts();

	@BeforeEach
	void nothingIsWrong() {
		MOCKS.reset();
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@ParameterizedTest
	@CsvSource({ "REFUSED, no_connection", "RESET, broken_off", "EMPTY, broken_off", "DRIBBLE, timeout",
			"BLACK_HOLE, timeout", "SLOW, timeout", "HTML_LOGIN, garbled", "REQUEST_REJECTED, garbled",
			"XML_ERROR, fault", "UNCAUGHT, fault", "UNAVAILABLE, not_serving" })
	void areUnavailableWithinOneTry(FaultKind kind, String outcome) {
		// Others are seen at once, also by a machine that stops for a moment.
		Duration limit = outcome.equals("timeout") ? TRY_LIMIT : PATIENCE;
		try (PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(limit).to(MOCKS.billing())) {
			MOCKS.faults().set(UpstreamName.BILLING, Fault.of(kind));
			assertThat(isUnavailable(one(pipe))).isLessThan(ONE_TRY);
			assertThat(isUnavailable(many(pipe))).isLessThan(ONE_TRY);
			assertThat(pipe.outcomes(outcome)).isEqualTo(2);
			assertThat(pipe.outcomes()).isEqualTo(2);
			assertThat(MOCKS.journal(UpstreamName.BILLING)).hasSize((kind != FaultKind.REFUSED) ? 2 : 0);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "GARBAGE", "MALFORMED" })
	void includeBytesThatAreNoHttp(FaultKind kind) {
		try (PipeFixture.Open pipe = PipeFixture.aPipe().to(MOCKS.billing())) {
			MOCKS.faults().set(UpstreamName.BILLING, Fault.of(kind));
			assertThat(isUnavailable(one(pipe))).isLessThan(ONE_TRY);
			assertThat(pipe.outcomes("broken_off") + pipe.outcomes("garbled")).isOne();
		}
	}

	@Test
	void includeDropsOfAGoodAnswer() {
		CountDownLatch over = new CountDownLatch(1);
		try (RawServer billing = new RawServer((peer) -> {
			peer.request();
			peer.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{");
			while (!over.await(50, TimeUnit.MILLISECONDS)) {
				peer.say(" ");
			}
		});
				PipeFixture.Open pipe = PipeFixture.aPipe()
					.tryLimit(Duration.ofSeconds(3))
					.readTimeout(Duration.ofSeconds(2))
					.to(billing.uri())) {
			assertThat(isUnavailable(one(pipe))).as("the whole try, since drops come all the time")
				.isBetween(Duration.ofMillis(2900), Duration.ofSeconds(8));
			assertThat(pipe.outcomes("timeout")).isOne();
		}
	}

	@Test
	void includeSilenceLongerThanTheReadTimeout() {
		try (RawServer silent = new RawServer(RawServer.Peer::untilClosed);
				PipeFixture.Open pipe = PipeFixture.aPipe()
					.readTimeout(Duration.ofMillis(100))
					.tryLimit(PATIENCE)
					.to(silent.uri())) {
			assertThat(isUnavailable(one(pipe))).isLessThan(ONE_TRY);
			assertThat(pipe.outcomes("timeout")).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void includeAnAnswerTooLargeToHold(boolean chunked) {
		try (ScriptedUpstream billing = ScriptedUpstream.playing((exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, chunked ? 0 : 100_000);
			exchange.getResponseBody().write(" ".repeat(100_000).getBytes(StandardCharsets.UTF_8));
			exchange.close();
		}); PipeFixture.Open pipe = PipeFixture.aPipe().maxAnswerSize(DataSize.ofKilobytes(16)).to(billing.uri())) {
			assertThat(isUnavailable(one(pipe))).isLessThan(ONE_TRY);
			assertThat(pipe.outcomes("garbled")).isOne();
		}
	}

	@ParameterizedTest
	@CsvSource({ "401", "403", "429", "302", "500", "501" })
	void includeStatusesThatOnlyAFaultExplains(int status) {
		try (ScriptedUpstream billing = ScriptedUpstream
			.playing((exchange) -> ScriptedUpstream.error(exchange, status, "EL/424"));
				PipeFixture.Open pipe = PipeFixture.aPipe().to(billing.uri())) {
			isUnavailable(one(pipe));
			isUnavailable(many(pipe));
			assertThat(pipe.outcomes("fault")).isEqualTo(2);
		}
	}

	@Test
	void includeACsrfRefusalOfARead() {
		try (ScriptedUpstream billing = ScriptedUpstream.playing((exchange) -> {
			exchange.getResponseHeaders().set("X-CSRF-Token", "Required");
			ScriptedUpstream.send(exchange, 403, "text/plain", "CSRF token validation failed");
		}); PipeFixture.Open pipe = PipeFixture.aPipe().to(billing.uri())) {
			isUnavailable(one(pipe));
			assertThat(billing.received()).hasSize(1);
			assertThat(pipe.outcomes("fault")).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "{\"d\":null}", "{\"d\":[]}", "{\"d\":{\"results\":{}}}",
			"{\"d\":{\"ContractID\":{}}}", "{\"d\":{\"ContractID\":\"22\"", "{\"d\":{}}" })
	void includeJsonOfAnotherForm(String json) {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(200, json);
				PipeFixture.Open pipe = PipeFixture.aPipe().to(billing.uri())) {
			isUnavailable(one(pipe));
			isUnavailable(many(pipe));
			assertThat(pipe.outcomes("garbled")).isEqualTo(2);
		}
	}

	@Test
	void areToldApartFromTheAppsOwnFaultsByTheirUpstream() {
		try (PipeFixture.Open pipe = PipeFixture.aPipe().to(MOCKS.identity())) {
			MOCKS.faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNAVAILABLE));
			StepVerifier.create(pipe.identity().document("keys", "/protocol/openid-connect/certs"))
				.expectErrorSatisfies(
						(failure) -> assertThat(((Problem) failure).code()).isEqualTo(ProblemCode.IDENTITY_UNAVAILABLE))
				.verify(PATIENCE);
		}
	}

	private static Mono<String> one(PipeFixture.Open pipe) {
		return pipe.billing().one(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Mono<List<String>> many(PipeFixture.Open pipe) {
		return pipe.billing().many(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Duration isUnavailable(Mono<?> call) {
		return StepVerifier.create(call).expectErrorSatisfies((failure) -> {
			assertThat(failure).isInstanceOf(Problem.class);
			assertThat(((Problem) failure).code()).isEqualTo(ProblemCode.BILLING_UNAVAILABLE);
			assertThat(((Problem) failure).retryAfter()).isPositive();
		}).verify(PATIENCE);
	}

}
