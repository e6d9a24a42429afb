package pl.bramka.gateway.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class RefreshTest {

	private final TestGateway gateway;

	RefreshTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@Test
	void rotatesTheToken() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String first = phone.tokens().orElseThrow().refreshToken();
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		assertThat(phone.tokens().orElseThrow().refreshToken()).isNotEqualTo(first);
		assertThat(phone.get("/v1/sessions").statusCode()).isEqualTo(200);
	}

	@Test
	void givesFiftyAtOnceTheSameSuccessorWithoutAskingTheProvider() throws Exception {
		Phone phone = this.gateway.signedIn("anna");
		this.gateway.mocks().reset();
		String token = phone.tokens().orElseThrow().refreshToken();
		List<HttpResponse<String>> answers = Call.together(50, () -> refresh(phone, token));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).isEqualTo(200));
		assertThat(answers).extracting((answer) -> Json.of(answer).get("refreshToken").asString())
			.containsOnly(Json.of(answers.getFirst()).get("refreshToken").asString())
			.doesNotContain(token);
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*")).isEmpty();
	}

	@Test
	void endsTheFamilyWhenAnotherKeyShowsAToken() throws IOException {
		Phone owner = this.gateway.signedIn("anna");
		String stolen = owner.tokens().orElseThrow().refreshToken();
		assertThat(owner.refresh().statusCode()).isEqualTo(200);
		HttpResponse<String> thief = refresh(this.gateway.phone(), stolen);
		assertThat(thief.statusCode()).isEqualTo(401);
		assertThat(Json.code(thief)).isEqualTo("session-ended");
		assertThat(Json.code(owner.get("/v1/sessions"))).isEqualTo("invalid-token");
		assertThat(Json.code(owner.refresh())).isEqualTo("session-ended");
	}

	@Test
	void asksTheProviderAgainOnceForFiftyAndEndsEverySessionOfALockedAccount() throws Exception {
		this.gateway.mocks().reset();
		Phone other = this.gateway.signedIn("jan");
		Phone asking = this.gateway.signedIn("jan");
		longAgo(asking);
		String token = asking.tokens().orElseThrow().refreshToken();
		int before = this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/token").size();
		List<HttpResponse<String>> answers = Call.together(50, () -> refresh(asking, token));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.statusCode()).isEqualTo(200));
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/token")).hasSize(before + 1);
		asking.tokens(null);
		assertThat(asking.signIn("jan@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
		assertThat(other.get("/v1/home").statusCode()).isEqualTo(200);
		this.gateway.mocks().identityProvider().changePassword("jan@example.com", "Inne-Haslo-123!");
		longAgo(asking);
		assertThat(Json.code(asking.refresh())).isEqualTo("session-ended");
		assertThat(Json.code(other.get("/v1/home"))).isEqualTo("invalid-token");
		this.gateway.mocks().reset();
	}

	@Test
	void goesOnWhileTheProviderIsDown() throws IOException {
		Phone phone = this.gateway.signedIn("jan");
		longAgo(phone);
		this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.refused());
		try {
			assertThat(phone.refresh().statusCode()).isEqualTo(200);
		}
		finally {
			this.gateway.mocks().faults().clearAll();
		}
	}

	/** The provider said yes for the last time ten minutes ago. */
	private void longAgo(Phone phone) {
		this.gateway.bean(DatabaseClient.class)
			.sql("update device set provider_confirmed_at = :then where id = :id")
			.bind("then", OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(10))
			.bind("id", phone.deviceId().orElseThrow())
			.then()
			.block(Duration.ofSeconds(10));
	}

	@Test
	void refusesATokenNeverGivenOut() throws IOException {
		for (String token : List.of("x", "A".repeat(43), "'; drop table refresh_token; --")) {
			HttpResponse<String> answer = refresh(this.gateway.phone(), token);
			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(Json.code(answer)).isEqualTo("session-ended");
		}
	}

	@Test
	void bringsNothingBackAfterSignOut() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		Tokens tokens = phone.tokens().orElseThrow();
		assertThat(phone.signOut().statusCode()).isEqualTo(204);
		phone.tokens(tokens);
		assertThat(Json.code(phone.get("/v1/sessions"))).isEqualTo("invalid-token");
		assertThat(Json.code(phone.refresh())).isEqualTo("session-ended");
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
	}

	@Test
	void endsASessionWhoseProviderTokenNoKeyOpens() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		Tokens tokens = phone.tokens().orElseThrow();
		this.gateway.bean(DatabaseClient.class)
			.sql("update device set provider_token = 'sealed long ago' where id = :id")
			.bind("id", phone.deviceId().orElseThrow())
			.then()
			.block(Duration.ofSeconds(10));
		int before = this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout").size();
		assertThat(phone.signOut().statusCode()).isEqualTo(204);
		// What cannot be read is not shown to the provider.
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(before);
		phone.tokens(tokens);
		assertThat(Json.code(phone.get("/v1/sessions"))).isEqualTo("invalid-token");
	}

	static HttpResponse<String> refresh(Phone phone, String token) throws IOException {
		return phone.send("POST", "/v1/sessions/refresh", "{\"refreshToken\":\"" + token + "\"}");
	}

}
