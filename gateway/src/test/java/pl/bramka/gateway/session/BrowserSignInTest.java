package pl.bramka.gateway.session;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.device.Consent;
import pl.bramka.gateway.device.Device;
import pl.bramka.gateway.device.Devices;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Browser;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in at the identity provider's own page, in a gateway that takes no password
 * itself.
 */
class BrowserSignInTest {

	private static final String PASSWORD = "Haslo-123!";

	private static final URI BACK = URI.create("bramka://signed-in");

	private static final URI ELSEWHERE = URI.create("https://app.bramka.test/signed-in");

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.session.password-sign-in=false",
				"bramka.session.redirect-uris=" + BACK + "," + ELSEWHERE);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.mocks().reset();
	}

	private static Browser browser() {
		return new Browser(gateway.mocks().identityProvider().issuer(), "bramka-gateway", BACK);
	}

	private static Browser.Returned returned(String persona) throws IOException {
		return browser().signIn(persona + "@example.com", PASSWORD);
	}

	private static void assertRefused(HttpResponse<String> answer) {
		Problems.assertProblem(answer, 401, "invalid-credentials");
		assertThat(gateway.mocks().identityProvider().sessions()).isZero();
	}

	@Test
	void opensASessionLikeAnyOther() throws IOException {
		Phone phone = gateway.phone();
		HttpResponse<String> answer = phone.signIn(returned("anna"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		phone.acceptTerms();
		assertThat(Json.of(phone.get("/v1/home")).at("/customer/data/firstName").asString()).isEqualTo("Anna");
		assertThat(Json.of(phone.get("/v1/sessions")).at("/items/0/method").asString()).isEqualTo("PASSWORD");
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
	}

	@Test
	void leavesAConsentThatLaterSignInsStandOn() throws IOException {
		Phone phone = gateway.phone();
		assertThat(phone.signIn(returned("jan")).statusCode()).isEqualTo(201);
		String customer = gateway.mocks().personas().byName("jan").accountId();
		Device device = gateway.bean(Devices.class)
			.of(customer, phone.key().thumbprint())
			.blockOptional(Duration.ofSeconds(5))
			.orElseThrow();
		assertThat(gateway.bean(Consent.class).of(device).blockOptional(Duration.ofSeconds(5)))
			.hasValueSatisfying((user) -> assertThat(user.customerId()).isEqualTo(customer));
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, "/auth\\?"))
			.allSatisfy((request) -> assertThat(request.getUrl()).contains("scope=openid+offline_access"));
	}

	@ParameterizedTest
	@CsvSource({ "ewa, distribution-only", "firma, individuals-only" })
	void refusesThoseTheAppIsNotFor(String persona, String code) throws IOException {
		Problems.assertProblem(gateway.phone().signIn(returned(persona)), 403, code);
		assertThat(gateway.mocks().identityProvider().sessions()).isZero();
	}

	@Test
	void knowsThatAPasswordOfLongAgoIsNotRecent() throws IOException {
		gateway.mocks().identityProvider().loggedInBefore(Duration.ofHours(1));
		Phone phone = gateway.phone();
		assertThat(phone.signIn(returned("jan")).statusCode()).isEqualTo(201);
		phone.acceptTerms();
		assertThat(phone.get("/v1/home").statusCode()).isEqualTo(200);
		String pin = "{\"pin\":\"4826\"}";
		Problems.assertProblem(phone.send("PUT", "/v1/devices/current/pin", pin), 401,
				"insufficient-user-authentication");
		gateway.mocks().identityProvider().loggedInBefore(Duration.ofSeconds(10));
		assertThat(phone.signIn(returned("jan")).statusCode()).isEqualTo(201);
		assertThat(phone.send("PUT", "/v1/devices/current/pin", pin).statusCode()).isEqualTo(204);
	}

	@Test
	void refusesAPasswordThatIsOlderThanASessionMayBe() throws IOException {
		gateway.mocks().identityProvider().loggedInBefore(Duration.ofHours(24).plusSeconds(10));
		Problems.assertProblem(gateway.phone().signIn(returned("anna")), 401, "password-required");
		assertThat(gateway.mocks().identityProvider().sessions()).isZero();
		gateway.mocks().identityProvider().loggedInBefore(Duration.ofHours(24).minusMinutes(1));
		Phone phone = gateway.phone();
		assertThat(phone.signIn(returned("anna")).statusCode()).isEqualTo(201);
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
	}

	@Test
	void refusesACodeThatDoesNotSayWhenThePasswordWasTyped() throws IOException {
		gateway.mocks().identityProvider().loggedInBefore(null);
		assertRefused(gateway.phone().signIn(returned("anna")));
		gateway.mocks().identityProvider().loggedInBefore(Duration.ofMinutes(-5));
		assertRefused(gateway.phone().signIn(returned("anna")));
		gateway.mocks().identityProvider().loggedInBefore(Duration.ofSeconds(-5));
		assertThat(gateway.phone().signIn(returned("anna")).statusCode()).isEqualTo(201);
	}

	@Test
	void takesNoPasswordItself() throws IOException {
		for (String password : List.of(PASSWORD, "wrong")) {
			Problems.assertProblem(gateway.phone().signIn("anna@example.com", password), 403, "sign-in-method-off");
		}
		assertThat(gateway.asked()).isEmpty();
		assertThat(gateway.phone().signIn(returned("anna")).statusCode()).isEqualTo(201);
	}

	@Test
	void refusesACodeWithoutItsVerifier() throws IOException {
		Browser.Returned real = returned("anna");
		Browser.Returned other = returned("anna");
		assertRefused(gateway.phone().signIn(new Browser.Returned(real.code(), other.verifier(), BACK)));
		// Whoever guessed has used it up.
		assertRefused(gateway.phone().signIn(real));
		assertThat(gateway.phone().signIn(other).statusCode()).isEqualTo(201);
	}

	@Test
	void takesACodeOnce() throws Exception {
		Browser.Returned returned = returned("anna");
		assertThat(gateway.phone().signIn(returned).statusCode()).isEqualTo(201);
		Problems.assertProblem(gateway.phone().signIn(returned), 401, "invalid-credentials");
		Browser.Returned raced = returned("anna");
		List<HttpResponse<String>> answers = Call.together(10, () -> gateway.phone().signIn(raced));
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 201).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 401).hasSize(9);
	}

	@Test
	void refusesACodeThatIsTooOld() throws IOException {
		Browser.Returned returned = returned("anna");
		gateway.mocks().identityProvider().expireCodes();
		assertRefused(gateway.phone().signIn(returned));
	}

	@Test
	void refusesACodeThatCameBackElsewhere() throws IOException {
		Browser.Returned returned = returned("anna");
		assertRefused(gateway.phone().signIn(new Browser.Returned(returned.code(), returned.verifier(), ELSEWHERE)));
		Browser.Returned again = returned("anna");
		for (String uri : List.of("bramka://signed-in/", "bramka://signed-in?x=y", "https://evil.example",
				"bramka://signed-in.evil.example", "BRAMKA://signed-out")) {
			Problems.assertProblem(
					gateway.phone().signIn(new Browser.Returned(again.code(), again.verifier(), URI.create(uri))), 403,
					"sign-in-method-off");
		}
		assertThat(gateway.phone().signIn(again).statusCode()).isEqualTo(201);
	}

}
