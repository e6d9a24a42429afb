package pl.bramka.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String ANSWER = "{\"d\":{\"ContractID\":\"22\"}}";

	private static final ODataQuery QUERY = ODataQuery.of("contract", "Contracts('{}')", "22");

	private static final ODataWrite WRITE = new ODataWrite("change", HttpMethod.POST, "MeterReadingResults", List.of(),
			Map.of("DeviceID", "1"));

	@ParameterizedTest
	@EnumSource(
			names = { "UNAVAILABLE", "RESET", "GARBAGE", "HTML_LOGIN", "REQUEST_REJECTED", "XML_ERROR", "UNCAUGHT" })
	void opensWithin20CallsAsShipped(FaultKind kind) {
		try (Mocks mocks = Mocks.startOnFreePorts(); PipeFixture.Open pipe = PipeFixture.shipped(mocks.billing())) {
			mocks.faults().set(UpstreamName.BILLING, Fault.of(kind));
			Flux.range(0, 40).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.outcomes()).isEqualTo(40);
			assertThat(40 - pipe.outcomes("breaker_open")).isLessThanOrEqualTo(20);
			int calls = mocks.journal(UpstreamName.BILLING).size();
			assertThat(calls).isBetween(1, 22);
			StepVerifier.create(read(pipe)).expectErrorSatisfies((failure) -> {
				Problem problem = (Problem) failure;
				assertThat(problem.code()).isEqualTo(ProblemCode.BILLING_UNAVAILABLE);
				assertThat(problem.retryAfter()).isEqualTo(pipe.figures().billing().breaker().open());
			}).verify(PATIENCE);
			assertThat(mocks.journal(UpstreamName.BILLING)).as("nothing goes out while open").hasSize(calls);
		}
	}

	@Test
	void opensWithinTwoSecondsOfSilenceAsShipped() {
		// One good round proves it: a busy machine may hold any one of them up.
		try (RawServer silent = new RawServer(RawServer.Peer::untilClosed)) {
			assertThat(IntStream.range(0, 3).anyMatch((round) -> opensInTime(silent.uri()))).isTrue();
		}
	}

	private static boolean opensInTime(URI silent) {
		try (PipeFixture.Open pipe = PipeFixture.shipped(silent)) {
			long start = System.nanoTime();
			Disposable calls = Flux.range(0, 20).flatMap((i) -> read(pipe).onErrorComplete(), 20).subscribe();
			Awaitility.await().atMost(PATIENCE).until(() -> pipe.breakerIs("open"));
			Duration opened = Duration.ofNanos(System.nanoTime() - start);
			Duration refused = StepVerifier.create(read(pipe)).expectError(Problem.class).verify(PATIENCE);
			calls.dispose();
			// A try takes 1.5 s.
			return opened.compareTo(Duration.ofSeconds(2)) < 0 && refused.compareTo(Duration.ofMillis(500)) < 0
					&& pipe.outcomes("breaker_open") == 1;
		}
	}

	@Test
	void staysClosedWhateverIsRefused() {
		try (ScriptedUpstream billing = ScriptedUpstream
			.takingChanges((exchange) -> ScriptedUpstream.error(exchange, 400, "EL/424"));
				PipeFixture.Open pipe = PipeFixture.shipped(billing.uri())) {
			Flux.range(0, 60).concatMap((i) -> write(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.outcomes("refused")).isEqualTo(60);
			billing.nowPlays((exchange) -> ScriptedUpstream.error(exchange, 404, "/IWBEP/CM_MGW_RT/020"));
			Flux.range(0, 60).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.outcomes("answered")).isEqualTo(60);
			assertThat(pipe.breakerIs("closed")).isTrue();
			assertThat(billing.received()).hasSize(121);
		}
	}

	@Test
	void staysClosedWhenCallersLeave() {
		try (RawServer silent = new RawServer(RawServer.Peer::untilClosed);
				PipeFixture.Open pipe = PipeFixture.shipped(silent.uri())) {
			List<Disposable> callers = Stream.generate(() -> read(pipe).subscribe()).limit(60).toList();
			callers.forEach(Disposable::dispose);
			Awaitility.await().atMost(PATIENCE).until(() -> pipe.outcomes("cancelled") == 60);
			assertThat(pipe.outcomes()).isEqualTo(60);
			assertThat(pipe.breakerIs("closed")).isTrue();
		}
	}

	@Test
	void staysClosedWhenRequestsHadNoTimeForTheCall() {
		try (RawServer silent = new RawServer(RawServer.Peer::untilClosed);
				PipeFixture.Open pipe = PipeFixture.shipped(silent.uri())) {
			Flux.range(0, 30)
				.flatMap((i) -> read(pipe).contextWrite(Deadline.in(Duration.ofMillis(250))::write).onErrorComplete(),
						30)
				.blockLast(PATIENCE);
			assertThat(pipe.outcomes("out_of_time")).isEqualTo(30);
			assertThat(pipe.breakerIs("closed")).isTrue();
		}
	}

	@Test
	void endsHalfOpenThoughTheProbeHangs() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = PipeFixture.aPipe()
					.tryLimit(Duration.ofSeconds(60))
					.breaker(20, 10, Duration.ofMillis(200), 1, Duration.ofMillis(500))
					.to(billing.uri())) {
			Flux.range(0, 10).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.breakerIs("open")).isTrue();
			CountDownLatch never = new CountDownLatch(1);
			billing.nowPlays((exchange) -> never.await());
			Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> {
				read(pipe).onErrorComplete().subscribe();
				return pipe.breakerIs("half_open");
			});
			Awaitility.await().atMost(PATIENCE).until(() -> !pipe.breakerIs("half_open"));
			billing.nowPlays((exchange) -> ScriptedUpstream.json(exchange, 200, ANSWER));
			Awaitility.await()
				.pollInterval(Duration.ofMillis(50))
				.atMost(PATIENCE)
				.until(() -> "22".equals(read(pipe).onErrorComplete().block(PATIENCE)));
			assertThat(pipe.breakerIs("closed")).isTrue();
		}
	}

	@Test
	void recoversWithinTenSecondsOfRepairAsShipped() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = PipeFixture.shipped(billing.uri())) {
			Flux.range(0, 20).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.breakerIs("open")).isTrue();
			billing.nowPlays((exchange) -> ScriptedUpstream.json(exchange, 200, ANSWER));
			// A system that is asked only now and then recovers too.
			Awaitility.await()
				.pollInterval(Duration.ofSeconds(3))
				.atMost(Duration.ofSeconds(10))
				.until(() -> "22".equals(read(pipe).onErrorComplete().block(PATIENCE)));
			assertThat(pipe.breakerIs("closed")).isTrue();
		}
	}

	@Test
	void recoversByARefusalSinceThatIsAnAnswer() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(503, "{}");
				PipeFixture.Open pipe = PipeFixture.aPipe()
					.breaker(20, 10, Duration.ofMillis(100), 1, Duration.ofSeconds(5))
					.to(billing.uri())) {
			Flux.range(0, 10).concatMap((i) -> read(pipe).onErrorComplete()).blockLast(PATIENCE);
			assertThat(pipe.breakerIs("open")).isTrue();
			billing.nowPlays((exchange) -> ScriptedUpstream.error(exchange, 400, "EL/209"));
			Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> {
				read(pipe).onErrorComplete().block(PATIENCE);
				return pipe.breakerIs("closed");
			});
		}
	}

	private static Mono<String> read(PipeFixture.Open pipe) {
		return pipe.billing().one(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Mono<String> write(PipeFixture.Open pipe) {
		return pipe.billing().write(WRITE, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

}
