package pl.bramka.gateway.audit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Logged;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One audit record for each security event, naming the customer by a pseudonym.
 */
@ExtendWith(RunningGateway.class)
class AuditTest {

	private static final Pattern RECORD = Pattern.compile(
			"event=([a-z-]+) result=([a-z-]+) who=([A-Za-z0-9_-]{16}) device=([A-Za-z0-9_-]{43}) request=([A-Za-z0-9-]+)");

	private final TestGateway gateway;

	private final Logged logged;

	AuditTest(TestGateway gateway) {
		this.gateway = gateway;
		// Accepts the terms, if nobody did before.
		gateway.signedIn("anna");
		this.logged = Logged.atUsualLevels();
	}

	@AfterEach
	void stopListening() {
		this.logged.close();
	}

	private String assertLast(int count, String event, String result, Phone phone, HttpResponse<String> answer) {
		// What became of a mail that the provider is slow to send is recorded after the
		// answer.
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.logged.lines("audit").size() >= count);
		assertThat(this.logged.lines("audit")).hasSize(count);
		Matcher fields = RECORD.matcher(this.logged.lines("audit").getLast());
		assertThat(fields.matches()).isTrue();
		assertThat(fields.group(1)).isEqualTo(event);
		assertThat(fields.group(2)).isEqualTo(result);
		assertThat(fields.group(4)).isEqualTo(phone.key().thumbprint());
		assertThat(answer.headers().firstValue("Request-Id")).contains(fields.group(5));
		return fields.group(3);
	}

	@Test
	void recordsTheLifeOfASession() throws IOException {
		Phone phone = this.gateway.phone();
		String who = assertLast(1, "sign-in", "done", phone, phone.signIn("anna@example.com", "Haslo-123!"));
		assertThat(assertLast(2, "refresh", "done", phone, phone.refresh())).isEqualTo(who);
		Phone second = this.gateway.phone();
		HttpResponse<String> again = second.signIn("anna@example.com", "Haslo-123!");
		assertThat(assertLast(3, "sign-in", "done", second, again)).isEqualTo(who);
		String session = second.tokens().orElseThrow().sessionId();
		assertThat(assertLast(4, "session-end", "done", phone, phone.send("DELETE", "/v1/sessions/" + session, null)))
			.isEqualTo(who);
		assertThat(assertLast(5, "sign-out", "done", phone, phone.signOut())).isEqualTo(who);
		Phone piotr = this.gateway.phone();
		assertThat(assertLast(6, "sign-in", "done", piotr, piotr.signIn("piotr@example.com", "Haslo-123!")))
			.isNotEqualTo(who);
	}

	@Test
	void recordsARefusalOnce() throws IOException {
		Phone phone = this.gateway.phone();
		String who = assertLast(1, "sign-in", "invalid-credentials", phone, phone.signIn("anna@example.com", "wrong"));
		assertThat(assertLast(2, "sign-in", "invalid-credentials", phone, phone.signIn(" ANNA@example.com ", "wrong")))
			.isEqualTo(who);
		assertThat(assertLast(3, "sign-in", "invalid-credentials", phone, phone.signIn("x@example.com", "wrong")))
			.isNotEqualTo(who);
		assertLast(4, "sign-in", "distribution-only", phone, phone.signIn("ewa@example.com", "Haslo-123!"));
	}

	@Test
	void recordsThatATokenCameFromAnotherDevice() throws IOException {
		Phone owner = this.gateway.phone();
		String who = assertLast(1, "sign-in", "done", owner, owner.signIn("anna@example.com", "Haslo-123!"));
		Phone thief = this.gateway.phone();
		HttpResponse<String> answer = thief.send("POST", "/v1/sessions/refresh",
				"{\"refreshToken\":\"" + owner.tokens().orElseThrow().refreshToken() + "\"}");
		assertThat(assertLast(2, "token-reuse", "session-ended", thief, answer)).isEqualTo(who);
	}

	@Test
	void recordsWhatIsAskedOfAccountsOnce() throws IOException {
		Phone phone = this.gateway.phone();
		String body = "{\"email\":\"zofia.nowa@example.com\",\"password\":\"%s\",\"termsVersion\":\"2026-01\"}";
		String who = assertLast(1, "registration", "done", phone,
				phone.send("POST", "/v1/accounts", body.formatted("Calkiem-Nowe-7")));
		assertThat(assertLast(2, "registration", "taken", phone,
				phone.send("POST", "/v1/accounts", body.formatted("Calkiem-Nowe-7"))))
			.isEqualTo(who);
		assertThat(assertLast(3, "password-reset", "done", phone,
				phone.send("POST", "/v1/accounts/password-reset", "{\"email\":\"zofia.nowa@example.com\"}")))
			.isEqualTo(who);
		assertLast(4, "password-reset", "no-account", phone,
				phone.send("POST", "/v1/accounts/password-reset", "{\"email\":\"nobody@example.com\"}"));
		assertThat(assertLast(5, "sign-in", "account-not-ready", phone,
				phone.signIn("zofia.nowa@example.com", "Calkiem-Nowe-7")))
			.isEqualTo(who);
		Phone anna = this.gateway.phone();
		String annas = assertLast(6, "sign-in", "done", anna, anna.signIn("anna@example.com", "Haslo-123!"));
		assertThat(assertLast(7, "account-deletion", "account-deletion-by-contact", anna,
				anna.send("DELETE", "/v1/accounts/current", null)))
			.isEqualTo(annas);
	}

	/** Nobody waits for it, and its owner gets it. */
	@Test
	void recordsAMailThatIsSentAfterTheAnswer() throws IOException {
		this.gateway.mocks()
			.faults()
			.set(UpstreamName.IDENTITY, Fault.slow(Duration.ofSeconds(1)).onlyPath("execute-actions"));
		Phone phone = this.gateway.phone();
		assertLast(1, "password-reset", "done", phone,
				phone.send("POST", "/v1/accounts/password-reset", "{\"email\":\"anna@example.com\"}"));
	}

	@Test
	void recordsOnceWhatTheProviderWouldNotDo() throws IOException {
		this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.CSRF_403).onlyPath("/users"));
		Phone phone = this.gateway.phone();
		assertLast(1, "registration", "identity-refused", phone, phone.send("POST", "/v1/accounts", """
				{"email":"zofia.nowa@example.com","password":"Calkiem-Nowe-7","termsVersion":"2026-01"}"""));
		assertLast(2, "password-reset", "identity-refused", phone,
				phone.send("POST", "/v1/accounts/password-reset", "{\"email\":\"anna@example.com\"}"));
	}

}
