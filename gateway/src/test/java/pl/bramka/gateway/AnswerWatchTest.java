package pl.bramka.gateway;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway that answers a described call with whatever the test says.
 */
class AnswerWatchTest {

	private static final String GOOD = "{\"items\":[{\"id\":\"1\",\"method\":\"PIN\","
			+ "\"openedAt\":\"2026-11-01T10:00:00Z\",\"lastUsedAt\":\"2026-11-01T10:00:00Z\",\"current\":true}]}";

	private static final AtomicReference<String> BODY = new AtomicReference<>(GOOD);

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.startWith(AnswerWatchTest::add);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static void add(GenericApplicationContext context) {
		context.registerBean(RouterFunction.class,
				() -> RouterFunctions.route()
					.GET("/v1/sessions", (request) -> answer(200))
					.GET("/v1/sessions/{status}", AnswerWatchTest::answer)
					.build());
	}

	private static Mono<ServerResponse> answer(ServerRequest request) {
		return answer(Integer.parseInt(request.pathVariable("status")));
	}

	private static Mono<ServerResponse> answer(int status) {
		MediaType type = (status < 400) ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON;
		return ServerResponse.status(status)
			.contentType(type)
			.header("Cache-Control", "no-store")
			.bodyValue(BODY.get());
	}

	private static HttpResponse<String> sessions(String body) throws IOException {
		BODY.set(body);
		return gateway.signedIn("anna").get("/v1/sessions");
	}

	@Test
	void isSilentWhileAnswersAreAsDescribed() throws IOException {
		Phone phone = gateway.signedIn("anna");
		assertThat(phone.get("/v1/home").statusCode()).isEqualTo(200);
		assertThat(phone.get("/v1/invoices?limit=0").statusCode()).isEqualTo(400);
		assertThat(phone.get("/v1/nothing").statusCode()).isEqualTo(404);
		assertThat(sessions(GOOD).statusCode()).isEqualTo(200);
		assertThat(AnswerWatch.found()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			"current":true   | "current":true,"pesel":"1" | additionalProperties [pesel]
			"current":true   | "current":"yes"            | type [string, boolean]
			,"current":true  | ''                         | required [current]
			"PIN"            | "FACE"                     | enum
			2026-11-01T10    | yesterday                  | format [date-time
			}]               | }                          | no JSON
			""")
	void tellsOfAnAnswerThatIsNotAsDescribed(String part, String instead, String told) throws IOException {
		HttpResponse<String> answer = sessions(GOOD.replace(part, instead));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(AnswerWatch.found()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).startsWith("GET /v1/sessions 200: ").contains(told));
		assertThat(AnswerWatch.found()).isEmpty();
	}

	@Test
	void tellsOfAPathThatIsNotDescribed() throws IOException {
		BODY.set(GOOD);
		assertThat(gateway.signedIn("anna").get("/v1/sessions/200").statusCode()).isEqualTo(200);
		assertThat(AnswerWatch.found()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).startsWith("GET /v1/sessions/200 200: "));
	}

	@Test
	void tellsOfAProblemThatIsNotOfTheCatalogue() throws IOException {
		Map<String, String> problem = Map.of("type", "about:blank", "title", "x");
		BODY.set(Json.text(problem));
		assertThat(gateway.signedIn("anna").get("/v1/sessions/404").statusCode()).isEqualTo(404);
		assertThat(AnswerWatch.found()).isNotEmpty().anySatisfy((line) -> assertThat(line).contains("required [code]"));
	}

}
