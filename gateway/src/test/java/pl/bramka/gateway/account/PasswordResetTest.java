package pl.bramka.gateway.account;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.identity.Mail;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class PasswordResetTest {

	private static final String NOBODY = "nobody.at.all@example.com";

	private final TestGateway gateway;

	PasswordResetTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private HttpResponse<String> reset(String email) throws IOException {
		return Registering.reset(this.gateway, email);
	}

	private List<Mail> mails(int asked) {
		return Registering.mails(this.gateway, asked);
	}

	private List<String> calls() {
		return this.gateway.mocks()
			.received(UpstreamName.IDENTITY, "/admin/")
			.stream()
			.map((request) -> request.getMethod().getName())
			.toList();
	}

	@Test
	void writesToTheOwnerOnly() throws IOException {
		HttpResponse<String> known = reset("ANNA@example.com");
		HttpResponse<String> unknown = reset(NOBODY);
		assertThat(known.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(202);
		assertThat(known.body()).isEqualTo(unknown.body());
		assertThat(Json.of(known).propertyNames()).containsExactly("message");
		assertThat(mails(2)).containsExactly(new Mail("anna@example.com", List.of("UPDATE_PASSWORD")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "anna@example.com", "nowy@example.com", NOBODY, "nna@example.com", "a*@example.com" })
	void asksTheProviderTheSameWhateverTheEmail(String email) throws IOException {
		assertThat(reset(email).statusCode()).isEqualTo(202);
		assertThat(mails(1)).hasSizeLessThanOrEqualTo(1);
		assertThat(calls()).containsExactly("GET", "PUT");
	}

	@Test
	void lastsUntilItsTimeForEveryEmail() throws IOException {
		for (String email : List.of("anna@example.com", NOBODY)) {
			long start = System.nanoTime();
			reset(email);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(380));
		}
	}

	@Test
	void letsWhoNeverConfirmedTheirAddressDoBoth() throws IOException {
		reset("nowy@example.com");
		assertThat(mails(1)).containsExactly(new Mail("nowy@example.com", List.of("VERIFY_EMAIL", "UPDATE_PASSWORD")));
	}

	@Test
	void takesALongerMultipleOfItsTimeForAllWhileTheProviderIsSlow() throws IOException {
		this.gateway.mocks()
			.faults()
			.set(UpstreamName.IDENTITY, Fault.slow(Duration.ofMillis(500)).onlyPath("/users\\?"));
		for (String email : List.of("anna@example.com", NOBODY)) {
			long start = System.nanoTime();
			assertThat(reset(email).statusCode()).isEqualTo(202);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(780));
		}
		assertThat(mails(2)).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{} | invalid-request", "{\"email\":\"\"} | invalid-request",
			"{\"email\":\"x\"} | invalid-request", "{\"email\":\"a@b.pl\",\"password\":\"x\"} | malformed-request",
			"{\"email\":[1]} | malformed-request" })
	void refusesABodyItCannotTake(String body, String code) throws IOException {
		Problems.assertProblem(this.gateway.phone().send("POST", "/v1/accounts/password-reset", body), 400, code);
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void speaksTheLanguageAskedFor() throws IOException {
		String english = Json.of(this.gateway.phone()
			.send("POST", "/v1/accounts/password-reset", "{\"email\":\"anna@example.com\"}", "Accept-Language", "en"))
			.path("message")
			.asString();
		assertThat(english).startsWith("We have sent a message");
		assertThat(Json.of(reset("anna@example.com")).path("message").asString()).startsWith("Wysłaliśmy");
	}

}
