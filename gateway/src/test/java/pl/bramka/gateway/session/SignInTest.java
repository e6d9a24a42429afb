package pl.bramka.gateway.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class SignInTest {

	private static final String PASSWORD = "Haslo-123!";

	private final TestGateway gateway;

	SignInTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@Test
	void opensASessionBoundToTheDevice() throws IOException {
		Phone phone = this.gateway.phone();
		HttpResponse<String> answer = phone.signIn("anna@example.com", PASSWORD);
		JsonNode body = Json.of(answer);
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(body.propertyNames()).containsExactlyInAnyOrder("accessToken", "tokenType", "expiresIn",
				"refreshToken", "sessionId", "deviceId", "next");
		assertThat(body.get("tokenType").asString()).isEqualTo("DPoP");
		phone.acceptTerms();
		assertThat(phone.get("/v1/sessions").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "ewa, 403, distribution-only", "firma, 403, individuals-only", "nowy, 403, account-not-ready" })
	void refusesThoseTheAppIsNotForOnceThePasswordIsRight(String persona, int status, String code) throws IOException {
		HttpResponse<String> answer = this.gateway.phone().signIn(persona + "@example.com", PASSWORD);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(Json.code(answer)).isEqualTo(code);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ewa", "firma", "nowy", "anna", "nobody" })
	void tellsNobodyAnythingWithoutTheRightPassword(String persona) throws IOException {
		HttpResponse<String> answer = this.gateway.phone().signIn(persona + "@example.com", "wrong");
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(Json.code(answer)).isEqualTo("invalid-credentials");
		assertThat(this.gateway.mocks().received(UpstreamName.CRM, ".*")).isEmpty();
	}

	@Test
	void endsTheProvidersSessionOfSomebodyRefused() throws IOException {
		this.gateway.phone().signIn("ewa@example.com", PASSWORD);
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
	}

	@Test
	void answers503AndOpensNothingWhileTheProviderIsDown() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNAVAILABLE));
		HttpResponse<String> answer = this.gateway.phone().signIn("anna@example.com", PASSWORD);
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(Json.code(answer)).isEqualTo("identity-unavailable");
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
	}

	@Test
	void answers503AndOpensNothingWhileCrmIsDown() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.CRM, Fault.of(FaultKind.UNAVAILABLE));
		HttpResponse<String> answer = this.gateway.phone().signIn("anna@example.com", PASSWORD);
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(Json.code(answer)).isEqualTo("crm-unavailable");
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
	}

	@Test
	void sendsAPasswordOnceHoweverTheCallEnds() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.RESET));
		assertThat(this.gateway.phone().signIn("anna@example.com", PASSWORD).statusCode()).isEqualTo(503);
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/token")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | 400 | invalid-request", "{\"email\":\"anna@example.com\"} | 400 | invalid-request",
					"{\"email\":\"anna@example.com\",\"password\":\"x\",\"pesel\":\"1\"} | 400 | malformed-request",
					"{\"email\":\"a@b.pl\",\"password\":\"x\",\"authorizationCode\":\"y\"} | 400 | invalid-request",
					"{\"email\":5,\"password\":[]} | 400 | malformed-request", "[] | 400 | malformed-request",
					"null | 400 | malformed-request", "{ | 400 | malformed-request",
					"{\"email\":\"a@b.pl\",\"password\":\"x\"} {} | 400 | malformed-request" })
	void refusesABodyItCannotTake(String body, int status, String code) throws IOException {
		HttpResponse<String> answer = this.gateway.phone().send("POST", "/v1/sessions", body);
		assertThat(answer.body()).contains("\"" + code + "\"");
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*")).isEmpty();
	}

	@Test
	void signsInWithACodeOfTheSystemBrowser() throws IOException {
		HttpResponse<String> answer = this.gateway.phone().send("POST", "/v1/sessions", """
				{"authorizationCode":"made-up","codeVerifier":"%s","redirectUri":"bramka://signed-in"}
				""".formatted("v".repeat(43)));
		assertThat(Json.code(answer)).isEqualTo("invalid-credentials");
		HttpResponse<String> elsewhere = this.gateway.phone().send("POST", "/v1/sessions", """
				{"authorizationCode":"made-up","codeVerifier":"%s","redirectUri":"https://evil.example"}
				""".formatted("v".repeat(43)));
		assertThat(Json.code(elsewhere)).isEqualTo("sign-in-method-off");
	}

	@Test
	void answersInTheLanguageAskedFor() throws IOException {
		HttpResponse<String> english = this.gateway.phone()
			.send("POST", "/v1/sessions", "{}", "Accept-Language", "en-GB,en;q=0.9");
		HttpResponse<String> polish = this.gateway.phone().send("POST", "/v1/sessions", "{}", "Accept-Language", "de");
		assertThat(Json.of(english).get("detail").asString()).isEqualTo("The request has invalid values.");
		assertThat(Json.of(polish).get("detail").asString()).isEqualTo("Zapytanie zawiera błędne dane.");
		assertThat(Json.code(english)).isEqualTo(Json.code(polish));
	}

	@Test
	void isNotHeldUpByASlowProviderBeyondTheDeadline() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.blackHole());
		long start = System.nanoTime();
		assertThat(this.gateway.phone().signIn("anna@example.com", PASSWORD).statusCode()).isEqualTo(503);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
	}

}
