package pl.bramka.gateway.upstream;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SapSystemTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final ODataQuery QUERY = ODataQuery.of("contract", "Contracts('{}')", "22");

	@Test
	void readsOneEntityWithItsLeadingZerosAndIgnoresWhatWasAdded() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(200, """
				{"d":{"__metadata":{"uri":"x","type":"y"},"ContractID":"0000000022","ZZNew":{"deep":[1,2]},
				"Devices":{"__deferred":{"uri":"z"}}},"ZZBeside":1}"""); PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(one(pipe)).expectNext("0000000022").expectComplete().verify(PATIENCE);
			assertThat(billing.received().getFirst().uri()).isEqualTo("/Contracts('22')?sap-language=PL");
			assertThat(billing.received().getFirst().header("Accept")).isEqualTo("application/json");
		}
	}

	@Test
	void readsACollectionInItsOrder() {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(200,
				"{\"d\":{\"results\":[{\"ContractID\":\"0002\",\"ZZNew\":1},{\"ContractID\":\"0001\"}],\"__count\":\"2\"}}");
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(many(pipe)).expectNext(List.of("0002", "0001")).expectComplete().verify(PATIENCE);
		}
	}

	@Test
	void hasNoEntityWhenSapSaysSo() {
		try (ScriptedUpstream billing = ScriptedUpstream
			.playing((exchange) -> ScriptedUpstream.error(exchange, 404, "/IWBEP/CM_MGW_RT/020"));
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(one(pipe)).expectComplete().verify(PATIENCE);
			assertThat(pipe.outcomes("answered")).isOne();
		}
	}

	@Test
	void failsWhenAPageSaysThereIsNothing() {
		try (ScriptedUpstream billing = ScriptedUpstream.playing(
				(exchange) -> ScriptedUpstream.send(exchange, 404, "text/html", "<html>Service not reached</html>"));
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(one(pipe))
				.expectErrorSatisfies((failure) -> is(failure, ProblemCode.BILLING_UNAVAILABLE))
				.verify(PATIENCE);
			StepVerifier.create(many(pipe))
				.expectErrorSatisfies((failure) -> is(failure, ProblemCode.BILLING_UNAVAILABLE))
				.verify(PATIENCE);
			assertThat(pipe.outcomes("fault")).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 500 })
	void readsNoDataAsAnEmptyList(int status) {
		try (ScriptedUpstream billing = ScriptedUpstream
			.playing((exchange) -> ScriptedUpstream.error(exchange, status, "MDMXFW/033"));
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(many(pipe)).expectNext(List.of()).expectComplete().verify(PATIENCE);
		}
	}

	@Test
	void hasNoWordForARefusedRead() {
		try (ScriptedUpstream billing = ScriptedUpstream
			.playing((exchange) -> ScriptedUpstream.error(exchange, 400, "EL/209"));
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(many(pipe))
				.expectErrorSatisfies((failure) -> is(failure, ProblemCode.BILLING_REFUSED))
				.verify(PATIENCE);
			assertThat(pipe.outcomes("refused")).isOne();
		}
	}

	@Test
	void handsOnWhyAChangeWasRefused() {
		try (ScriptedUpstream billing = ScriptedUpstream
			.takingChanges((exchange) -> ScriptedUpstream.error(exchange, 400, "EL/424"));
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(write(pipe, HttpMethod.POST)).expectErrorSatisfies((failure) -> {
				Refusal refusal = (Refusal) failure;
				assertThat(refusal.status()).isEqualTo(400);
				assertThat(refusal.reason()).isEqualTo("EL/424");
				assertThat(refusal.description()).isEqualTo("Nie można");
				assertThat(refusal.toString()).doesNotContain("EL/424", "Nie");
			}).verify(PATIENCE);
			assertThat(pipe.outcomes("refused")).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/IWFND/CM_BEC/026", "SY/530" })
	void takesAFaultOfTheMachineForAFailureOfAChangeToo(String code) {
		try (ScriptedUpstream billing = ScriptedUpstream
			.takingChanges((exchange) -> ScriptedUpstream.error(exchange, 500, code));
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(write(pipe, HttpMethod.POST))
				.expectErrorSatisfies((failure) -> is(failure, ProblemCode.BILLING_UNAVAILABLE))
				.verify(PATIENCE);
			assertThat(billing.received("POST")).hasSize(1);
			assertThat(pipe.outcomes("fault")).isOne();
		}
	}

	@Test
	void sendsAChangeAsJsonAndReadsItsAnswer() {
		try (ScriptedUpstream billing = ScriptedUpstream.takingChanges(
				(exchange) -> ScriptedUpstream.json(exchange, 201, "{\"d\":{\"ContractID\":\"0022\",\"ZZNew\":1}}"));
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(write(pipe, HttpMethod.POST)).expectNext("0022").expectComplete().verify(PATIENCE);
			ScriptedUpstream.Received sent = billing.received("POST").getFirst();
			assertThat(sent.body()).isEqualTo("{\"DeviceID\":\"00ł\"}");
			assertThat(sent.header("Content-Type")).isEqualTo("application/json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE" })
	void isContentWithAChangeThatHasNoAnswer(String method) {
		try (ScriptedUpstream billing = ScriptedUpstream.takingChanges((exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		}); PipeFixture.Open pipe = open(billing)) {
			StepVerifier.create(write(pipe, HttpMethod.valueOf(method))).expectComplete().verify(PATIENCE);
			assertThat(billing.received(method)).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1' or '1' eq '1", "''", "')/Invoices?$filter=x", "a b", "a&b=c", "100%", "%27", "a/b",
			"..", "a?b", "a#b", "zażółć gęślą", "{}", "a+b", "\u0000\r\nHost: evil", "\"", "\\", ";jsessionid=1" })
	void keepsAVariableInsideItsLiteral(String value) {
		String path = SapSystem.path("Contracts('{}')/Devices?$filter=DeviceID eq '{}' and DivisionID eq '{}'",
				List.of(value, value, "01"));
		assertThat(path).matches("[!-~]+").endsWith("&sap-language=PL").doesNotContain("#");
		String query = path.substring(path.indexOf('?') + 1);
		assertThat(path.substring(0, path.indexOf('?'))).matches("/Contracts\\('[A-Za-z0-9%._~-]*'\\)/Devices");
		Map<String, String> options = new LinkedHashMap<>();
		for (String option : query.split("&", -1)) {
			String[] pair = option.split("=", -1);
			options.put(pair[0], decoded(pair[1]));
		}
		assertThat(options.keySet()).containsExactly("$filter", "sap-language");
		String literal = "'" + value.replace("'", "''") + "'";
		assertThat(options.get("$filter")).isEqualTo("DeviceID eq " + literal + " and DivisionID eq '01'");
		assertThat(decoded(path)).startsWith("/Contracts(" + literal + ")/Devices");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1' or '1' eq '1", "a b&c=%/?#ż" })
	void keepsAVariableInsideItsLiteralOverTheWire(String value) {
		try (ScriptedUpstream billing = ScriptedUpstream.answering(200, "{\"d\":{\"ContractID\":\"22\"}}");
				PipeFixture.Open pipe = open(billing)) {
			StepVerifier
				.create(pipe.billing()
					.one(ODataQuery.of("contract", "Contracts('{}')", value), PipeFixture.Contract.class,
							PipeFixture.Contract::present))
				.expectNext("22")
				.expectComplete()
				.verify(PATIENCE);
			assertThat(decoded(billing.received().getFirst().uri()))
				.isEqualTo("/Contracts('" + value.replace("'", "''") + "')?sap-language=PL");
		}
	}

	@Test
	void refusesATemplateWithoutAPlaceForEachVariable() {
		assertThatIllegalArgumentException().isThrownBy(() -> ODataQuery.of("x", "Contracts('{}')"));
		assertThatIllegalArgumentException().isThrownBy(() -> ODataQuery.of("x", "Contracts('{}')", "1", "2"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ODataWrite("x", HttpMethod.PUT, "Contracts", List.of("1"), Map.of()));
	}

	private static PipeFixture.Open open(ScriptedUpstream billing) {
		return PipeFixture.aPipe().to(billing.uri());
	}

	private static Mono<String> one(PipeFixture.Open pipe) {
		return pipe.billing().one(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Mono<List<String>> many(PipeFixture.Open pipe) {
		return pipe.billing().many(QUERY, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static Mono<String> write(PipeFixture.Open pipe, HttpMethod method) {
		ODataWrite write = new ODataWrite("change", method, "MeterReadingResults", List.of(),
				Map.of("DeviceID", "00ł"));
		return pipe.billing().write(write, PipeFixture.Contract.class, PipeFixture.Contract::present);
	}

	private static String decoded(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	private static void is(Throwable failure, ProblemCode code) {
		assertThat(((Problem) failure).code()).isEqualTo(code);
	}

}
