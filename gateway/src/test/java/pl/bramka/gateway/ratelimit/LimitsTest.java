package pl.bramka.gateway.ratelimit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.observability.Names;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits of one node, over HTTP. Periods are so long that nothing comes back meanwhile.
 */
class LimitsTest {

	private static final String LIMITS = """
			bramka.rate-limits.policies:
			  address:
			    key: address
			    calls: [ { paths: [ /v1/problems ], cost: 0 }, { paths: [ /v1/**, /actuator/** ] } ]
			    bandwidths: { day: { limit: 300, period: 1d } }
			  exact:
			    key: address
			    calls: [ { paths: [ /.well-known/jwks.json ] } ]
			    bandwidths: { day: { limit: 100, period: 1d } }
			  forged:
			    key: address
			    calls: [ { paths: [ /v1/problems ] } ]
			    bandwidths: { day: { limit: 4, period: 1d } }
			  own:
			    key: customer
			    calls: [ { methods: [ GET ], paths: [ /v1/sessions ] } ]
			    bandwidths: { hour: { limit: 10, period: 1h }, day: { limit: 100, period: 1d } }
			  costly:
			    key: customer
			    calls: [ { paths: [ /v1/contracts ], cost: 5 }, { paths: [ /v1/customer ] } ]
			    bandwidths: { hour: { limit: 12, period: 1h } }
			  tried-out:
			    key: customer
			    exceeded: observe
			    calls: [ { paths: [ /v1/home ] } ]
			    bandwidths: { hour: { limit: 1, period: 1h } }
			  off:
			    key: customer
			    enabled: false
			    calls: [ { paths: [ /v1/home ] } ]
			    bandwidths: { hour: { limit: 1, period: 1h } }
			  refresh:
			    key: customer
			    exceeded: cached
			    calls: [ { paths: [ /v1/invoices ], refresh: true } ]
			    bandwidths: { hour: { limit: 2, period: 1h } }
			  phone:
			    key: device
			    calls: [ { paths: [ /v1/sessions/refresh, /v1/nothing ] } ]
			    bandwidths: { hour: { limit: 3, period: 1h } }
			""";

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.startLimited(LIMITS);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static List<Integer> statuses(List<HttpResponse<String>> answers) {
		return answers.stream().map(HttpResponse::statusCode).toList();
	}

	private static List<HttpResponse<String>> get(Phone phone, String path, int times) throws IOException {
		List<HttpResponse<String>> answers = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			answers.add(phone.get(path));
		}
		return answers;
	}

	private static double counted(String policy, String result) {
		return gateway.bean(MeterRegistry.class)
			.get(Names.LIMITS)
			.tags("policy", policy, "result", result)
			.counter()
			.count();
	}

	@Test
	void letsExactlyTheLimitPassWhenAThousandAskAtOnce() throws Exception {
		List<HttpResponse<String>> answers = Call.together(1000,
				() -> Call.untilTaken(() -> Call.get(gateway.url(), "/.well-known/jwks.json").send()));
		assertThat(statuses(answers)).containsOnly(200, 429);
		assertThat(statuses(answers).stream().filter((status) -> status == 200)).hasSize(100);
		assertThat(counted("exact", "passed")).isEqualTo(100);
		assertThat(counted("exact", "refused")).isEqualTo(900);
	}

	@Test
	void saysWhatIsLeftAndWhenToComeBack() throws IOException {
		Phone phone = gateway.signedIn("anna");
		List<HttpResponse<String>> answers = get(phone, "/v1/sessions", 11);
		assertThat(statuses(answers.subList(0, 10))).containsOnly(200);
		assertThat(answers.getFirst().headers().firstValue("RateLimit-Policy"))
			.contains("\"own-hour\";q=10;w=3600, \"own-day\";q=100;w=86400");
		assertThat(answers.getFirst().headers().firstValue("RateLimit"))
			.contains("\"own-hour\";r=9;t=3240, \"own-day\";r=99;t=85536");
		assertThat(answers.get(9).headers().firstValue("RateLimit"))
			.contains("\"own-hour\";r=0;t=360, \"own-day\";r=90;t=77760");
		HttpResponse<String> refused = answers.getLast();
		Problems.assertProblem(refused, 429, "too-many-requests");
		long wait = refused.headers().firstValueAsLong("Retry-After").orElseThrow();
		assertThat(wait).isBetween(330L, 360L);
		assertThat(Json.of(refused).get("retryAfterSeconds").asLong()).isEqualTo(wait);
		assertThat(refused.headers().firstValue("RateLimit")).contains("\"own-hour\";r=0;t=" + wait);
		assertThat(refused.headers().firstValue("RateLimit-Policy"))
			.contains("\"own-hour\";q=10;w=3600, \"own-day\";q=100;w=86400");
	}

	@Test
	void saysToOpenCallsWhatTheirAddressHasLeft() throws IOException {
		HttpResponse<String> answer = gateway.phone().get("/v1/home");
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"address-day\";q=300;w=86400");
		assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"address-day\";r=2");
	}

	@Test
	void takesWhatACallCosts() throws IOException {
		Phone phone = gateway.signedIn("jan");
		assertThat(statuses(get(phone, "/v1/contracts", 2))).containsOnly(200);
		HttpResponse<String> tooDear = phone.get("/v1/contracts");
		Problems.assertProblem(tooDear, 429, "too-many-requests");
		assertThat(tooDear.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(870L, 900L);
		assertThat(tooDear.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"costly-hour\";r=2;t=");
		assertThat(statuses(get(phone, "/v1/customer", 3))).containsExactly(200, 200, 429);
	}

	@Test
	void leavesANeighbourWhatIsTheirs() throws IOException {
		Phone greedy = gateway.signedIn("maria");
		Phone neighbour = gateway.signedIn("tomek");
		List<Integer> greedyAnswers = statuses(get(greedy, "/v1/sessions", 400));
		assertThat(greedyAnswers.subList(0, 10)).containsOnly(200);
		assertThat(greedyAnswers.subList(10, 400)).containsOnly(429);
		assertThat(statuses(get(neighbour, "/v1/sessions", 10))).containsOnly(200);
	}

	@Test
	void believesNoHeaderAboutTheAddress() {
		List<Integer> answers = IntStream.range(0, 12).mapToObj((i) -> {
			String made = "203.0.113." + i;
			try {
				return Call.get(gateway.url(), "/v1/problems")
					.header("X-Forwarded-For", made)
					.header("X-Real-IP", made)
					.header("Forwarded", "for=" + made)
					.header("X-Client-IP", made)
					.header("True-Client-IP", made)
					.header("CF-Connecting-IP", made)
					.send()
					.statusCode();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}).toList();
		assertThat(answers.subList(0, 4)).containsOnly(200);
		assertThat(answers.subList(4, 12)).containsOnly(429);
	}

	@Test
	void onlyCountsWhatIsTriedOut() throws IOException {
		double before = counted("tried-out", "observed");
		List<HttpResponse<String>> answers = get(gateway.signedIn("olga"), "/v1/home", 3);
		assertThat(statuses(answers)).containsOnly(200);
		assertThat(counted("tried-out", "observed") - before).isEqualTo(2);
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
			.doesNotContain("tried-out"));
	}

	@Test
	void answersTooManyRefreshesFromTheCache() throws IOException {
		Phone phone = gateway.signedIn("piotr");
		for (int i = 0; i < 2; i++) {
			gateway.mocks().reset();
			assertThat(phone.get("/v1/invoices", "Cache-Control", "no-cache").statusCode()).isEqualTo(200);
			assertThat(gateway.mocks().journal(UpstreamName.BILLING)).isNotEmpty();
		}
		gateway.mocks().reset();
		HttpResponse<String> cached = phone.get("/v1/invoices", "Cache-Control", "No-Cache");
		assertThat(cached.statusCode()).isEqualTo(200);
		assertThat(cached.headers().firstValue("RateLimit")).contains("\"refresh-hour\";r=0;t=1800");
		assertThat(gateway.mocks().journal(UpstreamName.BILLING)).isEmpty();
		assertThat(counted("refresh", "cached")).isEqualTo(1);
	}

	@Test
	void countsADeviceWithAndWithoutASession() throws IOException {
		Phone phone = gateway.signedIn("anna");
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		assertThat(statuses(get(phone, "/v1/nothing", 2))).containsOnly(404);
		Problems.assertProblem(phone.refresh(), 429, "too-many-requests");
		Problems.assertProblem(phone.get("/v1/nothing"), 429, "too-many-requests");
		assertThat(gateway.signedIn("anna").refresh().statusCode()).isEqualTo(200);
	}

	@Test
	void hasNoLimitsOnTheManagementPort() throws IOException {
		HttpResponse<String> answer = Call.get(gateway.managementUrl(), "/actuator/health").send();
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
	}

	@Test
	void saysNothingOfWhoWasRefused() throws IOException {
		Phone phone = gateway.signedIn("jan");
		try (Logged logged = Logged.atUsualLevels()) {
			get(phone, "/v1/sessions", 12);
			assertThat(phone.get("/v1/sessions").statusCode()).isEqualTo(429);
			assertThat(logged.lines()).allSatisfy(
					(line) -> assertThat(line).startsWith("access: ").doesNotContain("127.0.0.1", "0:0:0:0", "jan@"));
		}
	}

}
