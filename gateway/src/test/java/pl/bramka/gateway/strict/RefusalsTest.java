package pl.bramka.gateway.strict;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.problem.ProblemJson;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/** What is left of requests that are let go by the thousand. */
class RefusalsTest {

	private static TestGateway gateway;

	private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

	private static Refusals refusals;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start();
		refusals = new Refusals(gateway.bean(ProblemJson.class), METERS);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static FullHttpResponse letGo(String id, String language) {
		HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/v1/home");
		request.headers().set("Request-Id", id).set("Accept-Language", language);
		return refusals.letGo(request, Duration.ofSeconds(3), 1_000_000);
	}

	@Test
	void areWhatTheCatalogueSays() {
		for (Language language : Language.values()) {
			FullHttpResponse answer = letGo("an-id-of-the-caller", language.tag());
			byte[] written = gateway.bean(ProblemJson.class)
				.of(Problem.of(ProblemCode.OVERLOADED), language, "an-id-of-the-caller");
			assertThat(answer.content().toString(StandardCharsets.UTF_8))
				.isEqualTo(new String(written, StandardCharsets.UTF_8));
			assertThat(answer.headers().getInt("Content-Length")).isEqualTo(written.length);
			assertThat(answer.headers().get("Content-Language")).isEqualTo(language.tag());
			assertThat(answer.headers().get("Retry-After")).isEqualTo("3");
		}
	}

	@Test
	void takeNoIdThatIsNotOne() {
		FullHttpResponse answer = letGo("\",\"code\":\"forged", "pl");
		JsonNode body = Json.of(answer.content().toString(StandardCharsets.UTF_8));
		assertThat(body.get("code").asString()).isEqualTo("overloaded");
		assertThat(body.get("requestId").asString()).isEqualTo(answer.headers().get("Request-Id"));
	}

	@Test
	void areAllCountedAndLeaveSoManyLinesASecond() {
		try (Logged logged = Logged.atUsualLevels()) {
			long before = METERS.timer(Names.REQUESTS, "method", "GET", "route", "let-go", "status", "503").count();
			long start = System.nanoTime();
			for (int i = 0; i < 5000; i++) {
				letGo("an-id-of-the-caller", "pl");
			}
			long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
			assertThat(logged.lines("access")).hasSizeBetween(1, (int) (100 + 100 * seconds))
				.allMatch((line) -> line.contains("route=let-go status=503"));
			assertThat(METERS.get(Names.REQUESTS).tag("route", "let-go").timer().count()).isEqualTo(before + 5000);
		}
	}

}
