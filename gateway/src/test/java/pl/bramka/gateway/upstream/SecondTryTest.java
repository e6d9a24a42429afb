package pl.bramka.gateway.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class SecondTryTest {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final ODataQuery QUERY = ODataQuery.of("contract", "Contracts('{}')", "22");

	private static final ODataWrite WRITE = new ODataWrite("change", HttpMethod.POST, "MeterReadingResults", List.of(),
			Map.of("DeviceID", "1"));

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "EMPTY" })
	void adds10PercentAtMostWhenEverythingFails(FaultKind kind) {
		try (Mocks mocks = Mocks.startOnFreePorts();
				PipeFixture.Open pipe = PipeFixture.aPipe()
					.tryLimit(Duration.ofSeconds(30))
					.secondTries(0.1, 1)
					.to(mocks.billing())) {
			mocks.faults().set(UpstreamName.BILLING, Fault.of(kind));
			Mono<Long> failed = Flux.range(0, 1000)
				.flatMap((i) -> read(pipe).as(SecondTryTest::isUnavailable), 20)
				.filter((unavailable) -> unavailable)
				.count();
			StepVerifier.create(failed).expectNext(1000L).expectComplete().verify(PATIENCE);
			int calls = mocks.journal(UpstreamName.BILLING).size();
			assertThat(calls).isBetween(1001, 1100);
			assertThat(pipe.secondTries()).isEqualTo(calls - 1000);
		}
	}

	@Test
	void bringsTheAnswerThatTheFirstDidNot() {
		AtomicInteger tries = new AtomicInteger();
		try (ScriptedUpstream billing = ScriptedUpstream.playing((exchange) -> {
			if (tries.incrementAndGet() == 1) {
				ScriptedUpstream.send(exchange, 503, "text/html", "<html/>");
			}
			else {
				ScriptedUpstream.json(exchange, 200, "{\"d\":{\"ContractID\":\"22\"}}");
			}
		}); PipeFixture.Open pipe = PipeFixture.aPipe().secondTries(0.1, 1).to(billing.uri())) {
			StepVerifier.create(read(pipe)).expectNext("22").expectComplete().verify(PATIENCE);
			assertThat(billing.received()).hasSize(2);
			assertThat(pipe.outcomes("answered")).isOne();
			assertThat(pipe.outcomes()).isOne();
		}
	}

	@Test
	void hasNoThird() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = PipeFixture.aPipe().secondTries(1, 100).to(billing.uri())) {
			StepVerifier.create(isUnavailable(read(pipe))).expectNext(true).expectComplete().verify(PATIENCE);
			assertThat(billing.received()).hasSize(2);
		}
	}

	@Test
	void isNotGivenToWhatASecondTryCannotHeal() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(200, "{\"d\":");
				PipeFixture.Open pipe = PipeFixture.aPipe().secondTries(1, 100).to(billing.uri())) {
			StepVerifier.create(isUnavailable(read(pipe))).expectNext(true).expectComplete().verify(PATIENCE);
			billing.nowPlays((exchange) -> ScriptedUpstream.error(exchange, 400, "EL/209"));
			read(pipe).onErrorComplete().block(PATIENCE);
			assertThat(billing.received()).hasSize(2);
		}
	}

	/** What may go wrong once a change was sent. */
	enum Mishap {

		SERVICE_UNAVAILABLE {
			@Override
			void happens(RawServer.Peer peer) throws IOException {
				// The connection goes on: the next change may come over it.
				do {
					peer.say("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
				}
				while (afterHandshakes(peer).equals("POST"));
			}
		},
		RESET {
			@Override
			void happens(RawServer.Peer peer) throws IOException {
				peer.reset();
			}
		},
		CLOSED {
			@Override
			void happens(RawServer.Peer peer) throws IOException {
				peer.sayNoMore();
			}
		},
		BROKEN_OFF {
			@Override
			void happens(RawServer.Peer peer) throws IOException {
				peer.say("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{");
				peer.sayNoMore();
			}
		},
		SILENCE {
			@Override
			void happens(RawServer.Peer peer) {
				peer.untilClosed();
			}
		};

		abstract void happens(RawServer.Peer peer) throws IOException;

	}

	/** The method of what comes after handshakes, nothing once the peer has closed. */
	private static String afterHandshakes(RawServer.Peer peer) throws IOException {
		String method = peer.request();
		while (method.equals("GET")) {
			peer.answer("{\"d\":{}}", "X-CSRF-Token: token-1", "Set-Cookie: SAP_SESSION=session-1");
			method = peer.request();
		}
		return method;
	}

	@ParameterizedTest
	@EnumSource
	void isNeverGivenToAChange(Mishap mishap) {
		try (RawServer billing = new RawServer((peer) -> {
			if (afterHandshakes(peer).equals("POST")) {
				mishap.happens(peer);
			}
		});
				PipeFixture.Open pipe = PipeFixture.aPipe()
					.tryLimit(Duration.ofSeconds(3))
					.secondTries(1, 100)
					.to(billing.uri())) {
			// Once on a fresh session, once on a pooled one.
			for (int sent = 1; sent <= 2; sent++) {
				StepVerifier.create(isUnavailable(write(pipe))).expectNext(true).expectComplete().verify(PATIENCE);
				assertThat(billing.requests("POST")).isEqualTo(sent);
			}
			assertThat(pipe.secondTries()).isZero();
		}
	}

	@Test
	void isNotNeededWhenThePeerClosedAPooledConnection() throws InterruptedException {
		CountDownLatch gone = new CountDownLatch(1);
		try (RawServer billing = new RawServer((peer) -> {
			if (afterHandshakes(peer).equals("POST")) {
				peer.answer("{\"d\":{\"ContractID\":\"22\"}}");
				peer.sayNoMore();
				peer.untilClosed();
				gone.countDown();
			}
		}); PipeFixture.Open pipe = PipeFixture.aPipe().to(billing.uri())) {
			StepVerifier.create(write(pipe)).expectNext("22").expectComplete().verify(PATIENCE);
			assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
			StepVerifier.create(write(pipe)).expectNext("22").expectComplete().verify(PATIENCE);
			assertThat(billing.requests("POST")).isEqualTo(2);
			assertThat(billing.connections()).isEqualTo(2);
		}
	}

	private static Mono<String> read(PipeFixture.Open pipe) {
		return pipe.billing().one(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Mono<String> write(PipeFixture.Open pipe) {
		return pipe.billing().write(WRITE, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Mono<Boolean> isUnavailable(Mono<String> call) {
		return call.map((value) -> false)
			.onErrorResume(Problem.class, (problem) -> Mono.just(problem.code() == ProblemCode.BILLING_UNAVAILABLE));
	}

}
