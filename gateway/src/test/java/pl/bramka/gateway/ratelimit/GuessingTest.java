package pl.bramka.gateway.ratelimit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.DeviceKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Five wrong passwords for one e-mail, from wherever and at whatever pace.
 */
class GuessingTest {

	private static final int TRIES = 5;

	private static final String RIGHT = "Haslo-123!";

	private static final String LIMITS = """
			bramka.rate-limits.policies:
			  sign-in-email:
			    key: email
			    fail-closed: true
			    calls: [ { methods: [ POST ], paths: [ /v1/sessions ] } ]
			    bandwidths: { quarter: { limit: 5, period: 1d }, day: { limit: 50, period: 31d } }
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

	@BeforeEach
	void repair() {
		gateway.mocks().reset();
	}

	private static HttpResponse<String> signIn(String email, String password) throws IOException {
		return gateway.phone().signIn(email, password);
	}

	private static int evaluated() {
		return gateway.mocks().received(UpstreamName.IDENTITY, ".*/token").size();
	}

	/** From any of the addresses that a machine calls itself by, and on a new phone. */
	private static HttpResponse<String> signInFrom(int address, String email) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/sessions"))
			.headers("App-Platform", "android", "App-Version", "3.4.1", "App-OS-Version", "14", "Content-Type",
					"application/json", "DPoP",
					DeviceKey.generate().proof("POST", TestGateway.PUBLIC_URL.resolve("/v1/sessions"), null))
			.POST(BodyPublishers.ofString("{\"email\":\"" + email + "\",\"password\":\"wrong\"}"))
			.build();
		try (HttpClient http = HttpClient.newBuilder()
			.localAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) address }))
			.build()) {
			return http.send(request, BodyHandlers.ofString());
		}
	}

	@Test
	void endFromManyAddressesAndPhones() throws Exception {
		List<String> codes = new ArrayList<>();
		for (int i = 1; i <= 10; i++) {
			codes.add(Json.code(signInFrom(i, "anna@example.com")));
		}
		assertThat(codes.subList(0, TRIES)).containsOnly("invalid-credentials");
		assertThat(codes.subList(TRIES, 10)).containsOnly("too-many-requests");
		assertThat(evaluated()).isEqualTo(TRIES);
		Problems.assertProblem(signIn("anna@example.com", RIGHT), 429, "too-many-requests");
		assertThat(evaluated()).isEqualTo(TRIES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jan@example.com", "nobody.in.parallel@example.com" })
	void reachTheProviderNoMoreThanTheLimitWhenAHundredComeAtOnce(String email) throws Exception {
		List<HttpResponse<String>> answers = Call.together(100, () -> signIn(email, "wrong"));
		assertThat(evaluated()).isEqualTo(TRIES);
		assertThat(answers.stream().filter((answer) -> answer.statusCode() == 401)).hasSize(TRIES);
		assertThat(answers.stream().filter((answer) -> answer.statusCode() == 429)).hasSize(100 - TRIES);
	}

	@Test
	void lookTheSameForKnownAndUnknown() throws IOException {
		for (int i = 0; i < TRIES + 2; i++) {
			HttpResponse<String> known = signIn("maria@example.com", "wrong");
			HttpResponse<String> unknown = signIn("nobody.at.all@example.com", "wrong");
			assertThat(known.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo((i < TRIES) ? 401 : 429);
			assertThat(shape(known)).isEqualTo(shape(unknown));
			assertThat(names(known)).isEqualTo(names(unknown)).doesNotContain("ratelimit", "ratelimit-policy");
		}
	}

	private static JsonNode shape(HttpResponse<String> answer) {
		return ((ObjectNode) Json.of(answer)).without(List.of("requestId", "retryAfterSeconds"));
	}

	private static Set<String> names(HttpResponse<String> answer) {
		return new TreeSet<>(answer.headers().map().keySet());
	}

	@Test
	void areNotWhatARightPasswordIs() throws IOException {
		for (int i = 0; i < 3 * TRIES; i++) {
			assertThat(signIn("tomek@example.com", RIGHT).statusCode()).isEqualTo(201);
			assertThat(Json.code(signIn("ewa@example.com", RIGHT))).isEqualTo("distribution-only");
		}
		for (int i = 0; i < TRIES; i++) {
			assertThat(Json.code(signIn("tomek@example.com", "wrong"))).isEqualTo("invalid-credentials");
			if (i < TRIES - 1) {
				assertThat(signIn("tomek@example.com", RIGHT).statusCode()).isEqualTo(201);
			}
		}
		assertThat(Json.code(signIn("tomek@example.com", "wrong"))).isEqualTo("too-many-requests");
	}

	@Test
	void waitNoLongerForTryingAgain() throws IOException {
		for (int i = 0; i < TRIES; i++) {
			signIn("olga@example.com", "wrong");
		}
		long first = wait("olga@example.com");
		for (int i = 0; i < 50; i++) {
			signIn("olga@example.com", "wrong");
		}
		assertThat(wait("olga@example.com")).isLessThanOrEqualTo(first);
	}

	private static long wait(String email) throws IOException {
		return signIn(email, "wrong").headers().firstValueAsLong("Retry-After").orElseThrow();
	}

	@Test
	void areOneHoweverTheEmailIsWritten() throws IOException {
		for (String spelling : List.of("piotr@example.com", "PIOTR@Example.com", " piotr@example.com",
				"piotr\u200b@example.com", "piotr@example.com\u0001")) {
			signIn(spelling, "wrong");
		}
		assertThat(Json.code(signIn("piotr@\u2003example.com", "wrong"))).isEqualTo("too-many-requests");
		assertThat(Json.code(signIn("piotr2@example.com", "wrong"))).isEqualTo("invalid-credentials");
	}

	@Test
	void countWhereTheProviderMayHaveLooked() throws IOException {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNAVAILABLE));
		for (int i = 0; i < TRIES; i++) {
			assertThat(Json.code(signIn("nowy@example.com", "wrong"))).isEqualTo("identity-unavailable");
		}
		assertThat(Json.code(signIn("nowy@example.com", "wrong"))).isEqualTo("too-many-requests");
	}

}
