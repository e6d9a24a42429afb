package pl.bramka.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;

class OpenIdAdministrationTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static PipeFixture.Open open(ScriptedUpstream identity) {
		return PipeFixture.aPipe().secondTries(1, 100).to(URI.create(identity.uri() + "/realms/portal"));
	}

	private static Mono<List<String>> list(PipeFixture.Open pipe) {
		return pipe.identity().administration(null).list("find", "/users?x=1", "tok", User.class, User::present);
	}

	@Test
	void isBesideTheRealmAndAskedWithTheToken() {
		try (ScriptedUpstream identity = ScriptedUpstream.answering(200, "[{\"id\":\"a\",\"new\":{}},{\"id\":\"b\"}]");
				PipeFixture.Open pipe = open(identity)) {
			StepVerifier.create(list(pipe)).expectNext(List.of("a", "b")).expectComplete().verify(PATIENCE);
			ScriptedUpstream.Received asked = identity.received().getFirst();
			assertThat(asked.uri()).isEqualTo("/admin/realms/portal/users?x=1");
			assertThat(asked.header("Authorization")).isEqualTo("Bearer tok");
		}
	}

	@Test
	void isWhereTheSettingsSay() {
		try (ScriptedUpstream identity = ScriptedUpstream.answering(200, "[]");
				PipeFixture.Open pipe = open(identity)) {
			StepVerifier
				.create(pipe.identity()
					.administration(URI.create(identity.uri() + "/elsewhere"))
					.list("find", "/users", "tok", User.class, User::present))
				.expectNext(List.of())
				.expectComplete()
				.verify(PATIENCE);
			assertThat(identity.received().getFirst().uri()).isEqualTo("/elsewhere/users");
		}
	}

	@ParameterizedTest
	@CsvSource({ "401, ''", "403, '<html/>'", "404, '{}'", "409, '{\"errorMessage\":\"exists\"}'" })
	void handsOnWhatTheProviderRefused(int status, String body) {
		try (ScriptedUpstream identity = playing(status, body); PipeFixture.Open pipe = open(identity)) {
			StepVerifier.create(create(pipe))
				.expectErrorSatisfies((failure) -> assertThat(((Refusal) failure).status()).isEqualTo(status))
				.verify(PATIENCE);
			assertThat(pipe.outcomes("refused")).isOne();
		}
	}

	@ParameterizedTest
	@CsvSource({ "'{\"errorMessage\":\"Password policy not met\"}', Password policy not met",
			"'{\"error\":\"invalidPassword\",\"error_description\":\"too short\"}', too short", "{}, ''" })
	void handsOnTheSentence(String body, String sentence) {
		try (ScriptedUpstream identity = playing(400, body); PipeFixture.Open pipe = open(identity)) {
			StepVerifier.create(create(pipe))
				.expectErrorSatisfies((failure) -> assertThat(((Refusal) failure).reason()).isEqualTo(sentence))
				.verify(PATIENCE);
		}
	}

	@ParameterizedTest
	@CsvSource({ "200, '<html/>'", "200, '{}'", "201, '{}'", "204, ''", "400, '<html/>'", "500, '{}'", "503, '{}'",
			"302, ''" })
	void isUnavailableForWhateverElse(int status, String body) {
		try (ScriptedUpstream identity = playing(status, body); PipeFixture.Open pipe = open(identity)) {
			isUnavailable(create(pipe));
			if (status != 204) {
				isUnavailable(put(pipe));
			}
			assertThat(identity.received()).as("never sent twice").hasSize((status != 204) ? 2 : 1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "200, '<html/>'", "200, '{}'", "200, '[null]'", "200, '[{}]'", "200, '[1]'", "200, '[{\"id\":'",
			"204, ''" })
	void takesNothingElseForAList(int status, String body) {
		try (ScriptedUpstream identity = playing(status, body); PipeFixture.Open pipe = open(identity)) {
			isUnavailable(list(pipe));
		}
	}

	private static ScriptedUpstream playing(int status, String body) {
		return ScriptedUpstream.playing((exchange) -> {
			if (body.isEmpty()) {
				exchange.sendResponseHeaders(status, -1);
				exchange.close();
			}
			else {
				ScriptedUpstream.send(exchange, status, body.startsWith("<") ? "text/html" : "application/json", body);
			}
		});
	}

	private static Mono<String> create(PipeFixture.Open pipe) {
		return pipe.identity().administration(null).create("create", "/users", "tok", Map.of("email", "a@b.pl"));
	}

	private static Mono<Void> put(PipeFixture.Open pipe) {
		return pipe.identity().administration(null).put("mail", "/users/1/x", "tok", List.of("VERIFY_EMAIL"));
	}

	private static void isUnavailable(Mono<?> call) {
		StepVerifier.create(call)
			.expectErrorSatisfies(
					(failure) -> assertThat(((Problem) failure).code()).isEqualTo(ProblemCode.IDENTITY_UNAVAILABLE))
			.verify(PATIENCE);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record User(@Nullable String id) {

		String present() {
			return Objects.requireNonNull(this.id);
		}
	}

}
