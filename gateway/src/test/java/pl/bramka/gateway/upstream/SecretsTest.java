package pl.bramka.gateway.upstream;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.observability.RequestId;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String BASIC = Base64.getEncoder()
		.encodeToString((PipeFixture.USER + ":" + PipeFixture.PASSWORD).getBytes(StandardCharsets.UTF_8));

	private static final ODataQuery QUERY = ODataQuery.of("contract", "Contracts('{}')", "22");

	private static final ODataWrite WRITE = new ODataWrite("change", HttpMethod.POST, "MeterReadingResults", List.of(),
			Map.of("DeviceID", "1"));

	@Test
	void goToTheSystemWithTheRequestsId() {
		try (ScriptedUpstream billing = ScriptedUpstream
			.takingChanges((exchange) -> ScriptedUpstream.json(exchange, 201, "{\"d\":{\"ContractID\":\"22\"}}"));
				PipeFixture.Open pipe = PipeFixture.aPipe().to(billing.uri())) {
			StepVerifier.create(write(pipe).contextWrite((context) -> RequestId.write(context, "request-0001")))
				.expectNext("22")
				.expectComplete()
				.verify(PATIENCE);
			assertThat(billing.received()).hasSize(2).allSatisfy((request) -> {
				assertThat(request.header("Authorization")).isEqualTo("Basic " + BASIC);
				assertThat(request.header("Request-Id")).isEqualTo("request-0001");
			});
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "RESET", "GARBAGE", "BLACK_HOLE", "HTML_LOGIN", "XML_ERROR", "UNAVAILABLE" })
	void areInNoFailure(FaultKind kind) {
		try (Mocks mocks = Mocks.startOnFreePorts();
				PipeFixture.Open pipe = PipeFixture.aPipe().tryLimit(Duration.ofSeconds(1)).to(mocks.billing())) {
			mocks.faults().set(UpstreamName.BILLING, Fault.of(kind));
			for (Mono<String> call : List.of(read(pipe), write(pipe))) {
				StepVerifier.create(call).expectErrorSatisfies(SecretsTest::saysNoSecret).verify(PATIENCE);
			}
		}
	}

	@Test
	void areInNoFailureAfterTheHandshake() {
		try (ScriptedUpstream billing = ScriptedUpstream
			.takingChanges((exchange) -> ScriptedUpstream.json(exchange, 201, "{\"d\":7}"));
				PipeFixture.Open pipe = PipeFixture.aPipe().to(billing.uri())) {
			StepVerifier.create(write(pipe)).expectErrorSatisfies(SecretsTest::saysNoSecret).verify(PATIENCE);
		}
	}

	@Test
	void areInNoText() {
		try (PipeFixture.Open pipe = PipeFixture.aPipe().to(URI.create("http://localhost:1"))) {
			assertThat(pipe.systems().toString()).doesNotContain(PipeFixture.PASSWORD, PipeFixture.USER);
			assertThat(new CsrfSession.Pass("token-1", "SAP_SESSION=session-1").toString()).doesNotContain("token-1",
					"session-1");
			assertThat(pipe.billing().toString()).doesNotContain(PipeFixture.PASSWORD);
		}
	}

	private static void saysNoSecret(Throwable failure) {
		StringWriter all = new StringWriter();
		failure.printStackTrace(new PrintWriter(all));
		assertThat(all.toString()).isNotEmpty()
			.doesNotContain(PipeFixture.PASSWORD, BASIC, "Authorization", "token-1", "session-1");
	}

	private static Mono<String> read(PipeFixture.Open pipe) {
		return pipe.billing().one(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Mono<String> write(PipeFixture.Open pipe) {
		return pipe.billing().write(WRITE, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

}
