package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;

class OpenIdProviderTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void postsAFormThatNoValueCanLeave() {
		try (ScriptedUpstream identity = ScriptedUpstream.answering(200,
				"{\"access_token\":\"a.b.c\",\"expires_in\":300,\"new\":{}}"); PipeFixture.Open pipe = open(identity)) {
			Map<String, String> form = new LinkedHashMap<>();
			form.put("grant_type", "password");
			form.put("username", "jan+1@example.com");
			form.put("password", "a&grant_type=x%26=ż ");
			StepVerifier.create(post(pipe, form)).expectNext("a.b.c").expectComplete().verify(PATIENCE);
			ScriptedUpstream.Received sent = identity.received().getFirst();
			assertThat(sent.body()).isEqualTo("grant_type=password&username=jan%2B1%40example.com"
					+ "&password=a%26grant_type%3Dx%2526%3D%C5%BC%20");
			assertThat(sent.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
			assertThat(sent.uri()).isEqualTo("/token");
		}
	}

	@ParameterizedTest
	@CsvSource({ "400", "401" })
	void handsOnWhatTheProviderRefused(int status) {
		try (ScriptedUpstream identity = ScriptedUpstream.answering(status,
				"{\"error\":\"invalid_grant\",\"error_description\":\"Account is not fully set up\"}");
				PipeFixture.Open pipe = open(identity)) {
			StepVerifier.create(post(pipe, Map.of())).expectErrorSatisfies((failure) -> {
				assertThat(((Refusal) failure).reason()).isEqualTo("invalid_grant");
				assertThat(((Refusal) failure).description()).isEqualTo("Account is not fully set up");
			}).verify(PATIENCE);
			assertThat(pipe.outcomes("refused")).isOne();
		}
	}

	@ParameterizedTest
	@CsvSource({ "401, '{\"error\":\"invalid_client\"}'", "400, '{}'", "400, '<html/>'", "403, '{\"error\":\"x\"}'",
			"500, '{\"error\":\"unknown_error\"}'", "503, '{}'", "200, '<html/>'", "200, '{\"access_token\":'" })
	void isUnavailableForFaultsOfItsOwnAndOurs(int status, String body) {
		try (ScriptedUpstream identity = ScriptedUpstream.playing((exchange) -> ScriptedUpstream.send(exchange, status,
				body.startsWith("<") ? "text/html" : "application/json", body));
				PipeFixture.Open pipe = open(identity)) {
			StepVerifier.create(post(pipe, Map.of()))
				.expectErrorSatisfies(OpenIdProviderTest::isUnavailable)
				.verify(PATIENCE);
			assertThat(identity.received()).as("never sent twice").hasSize(1);
		}
	}

	@Test
	void isContentWithNoAnswerToASignOut() {
		try (ScriptedUpstream identity = ScriptedUpstream.playing((exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		}); PipeFixture.Open pipe = open(identity)) {
			StepVerifier.create(post(pipe, Map.of("refresh_token", "r"))).expectComplete().verify(PATIENCE);
		}
	}

	@Test
	void readsADocumentAsItIs() {
		try (ScriptedUpstream identity = ScriptedUpstream.answering(200, "{\"keys\":[]}");
				PipeFixture.Open pipe = open(identity)) {
			StepVerifier.create(pipe.identity().document("keys", "/certs"))
				.expectNext("{\"keys\":[]}")
				.expectComplete()
				.verify(PATIENCE);
			identity.nowPlays((exchange) -> ScriptedUpstream.send(exchange, 200, "text/html", "<html/>"));
			StepVerifier.create(pipe.identity().document("keys", "/certs"))
				.expectErrorSatisfies(OpenIdProviderTest::isUnavailable)
				.verify(PATIENCE);
		}
	}

	private static PipeFixture.Open open(ScriptedUpstream identity) {
		return PipeFixture.aPipe().secondTries(1, 100).to(identity.uri());
	}

	private static Mono<String> post(PipeFixture.Open pipe, Map<String, String> form) {
		return pipe.identity()
			.post("token", "/token", form, Token.class, (token) -> Objects.requireNonNull(token.value()));
	}

	private static void isUnavailable(Throwable failure) {
		assertThat(((Problem) failure).code()).isEqualTo(ProblemCode.IDENTITY_UNAVAILABLE);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Token(@JsonProperty("access_token") @Nullable String value) {
	}

}
