package pl.bramka.gateway.strict;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTargetTests {

	@ParameterizedTest
	@ValueSource(strings = { "/v1", "/v1/", "/v1/home", "/v1/home?", "/v1/home?a=b&c=%00%2f;x/?", "/v1/a.b_c~d-e",
			"/v1/%C5%BC", "/v1/'%20or'", "/v1/a:b@c", "/.well-known/jwks.json", "/v1/...", "/v1/.a/..b" })
	void readsAPlainPath(String target) {
		assertThat(RequestTarget.problem(target)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "v1/home", "//v1/home", "/v1//home", "/v1/home//", "/v1/./home", "/v1/../home",
			"/v1/..", "/v1/.", "/v1/..;/home", "/v1;a=b/home", "/v1/home;", "/v1/%2e%2e/home", "/v1/%2E/home",
			"/v1/..%2fhome", "/v1/%2F", "/v1/%5c", "/v1/%5C..", "/v1\\home", "/v1/%00", "/v1/%0d%0a", "/v1/%7f",
			"/v1/%25", "/v1/%252e", "/v1/%3b", "/v1/%68ome", "/%61ctuator", "/v1/%", "/v1/%2", "/v1/%zz", "/v1/%+1",
			"/v1/home?%", "/v1/home?a=%g0", "/v1/home#x", "/v1/a b", "/v1/{id}", "/v1/<x>", "/v1/a|b", "/v1/\"",
			"/v1/`", "/v1/^", "/v1/home?[]", "/v1/\u00fc", "/v1/home?\u00fc", "http://x/v1/home", "/v1/%\u0661\u0661" })
	void refusesAPathThatCouldBeReadInAnotherWay(String target) {
		assertThat(RequestTarget.problem(target)).isEqualTo(ProblemCode.MALFORMED_REQUEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/v1x", "/V1/home", "/v2/home", "/.well-known", "/.well-knownx", "/actuator",
			"/actuator/health", "/swagger-ui.html", "/webjars/x", "/v3/api-docs", "/favicon.ico", "/?/v1/" })
	void knowsNothingBesideTheApi(String target) {
		assertThat(RequestTarget.problem(target)).isEqualTo(ProblemCode.NOT_FOUND);
	}

}
