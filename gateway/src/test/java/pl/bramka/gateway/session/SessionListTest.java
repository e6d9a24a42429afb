package pl.bramka.gateway.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sessions that customers see, and end.
 */
@ExtendWith(RunningGateway.class)
class SessionListTest {

	private final TestGateway gateway;

	SessionListTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private static String session(Phone phone) {
		return phone.tokens().orElseThrow().sessionId();
	}

	private static HttpResponse<String> end(Phone phone, String session) throws IOException {
		return phone.send("DELETE", "/v1/sessions/" + session, null);
	}

	private static void assertEnded(Phone phone) throws IOException {
		assertThat(Json.code(phone.get("/v1/sessions"))).isEqualTo("invalid-token");
		assertThat(Json.code(phone.refresh())).isEqualTo("session-ended");
	}

	private static void assertOpen(Phone phone) throws IOException {
		assertThat(phone.get("/v1/sessions").statusCode()).isEqualTo(200);
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
	}

	@Test
	void showsOwnSessionsAndWhichOneAsks() throws IOException {
		Phone first = this.gateway.signedIn("maria");
		Phone second = this.gateway.signedIn("maria");
		Phone stranger = this.gateway.signedIn("jan");
		HttpResponse<String> answer = first.get("/v1/sessions");
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		JsonNode items = Json.of(answer).get("items");
		assertThat(items).filteredOn((item) -> item.get("current").asBoolean()).singleElement().satisfies((item) -> {
			assertThat(item.get("id").asString()).isEqualTo(session(first));
			assertThat(item.get("method").asString()).isEqualTo("PASSWORD");
			assertThat(item.propertyNames()).containsExactlyInAnyOrder("id", "method", "openedAt", "lastUsedAt",
					"current");
		});
		assertThat(items).extracting((item) -> item.get("id").asString())
			.contains(session(second))
			.doesNotContain(session(stranger));
	}

	@Test
	void endsAnotherSessionOfTheSameCustomerAtOnce() throws IOException {
		Phone here = this.gateway.signedIn("maria");
		Phone lost = this.gateway.signedIn("maria");
		assertThat(lost.get("/v1/sessions").statusCode()).isEqualTo(200);
		HttpResponse<String> answer = end(here, session(lost));
		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(answer.body()).isEmpty();
		assertEnded(lost);
		assertThat(here.get("/v1/sessions").body()).doesNotContain(session(lost));
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
		assertThat(Json.code(end(here, session(lost)))).isEqualTo("session-not-found");
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
		assertOpen(here);
	}

	@Test
	void doesNotEndASessionOfAnotherCustomer() throws IOException {
		Phone maria = this.gateway.signedIn("maria");
		Phone jan = this.gateway.signedIn("jan");
		HttpResponse<String> answer = end(maria, session(jan));
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(Json.code(answer)).isEqualTo("session-not-found");
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).isEmpty();
		assertOpen(jan);
	}

	@Test
	void answersAlikeForASessionOfAnotherAndForNone() throws IOException {
		Phone maria = this.gateway.signedIn("maria");
		Phone jan = this.gateway.signedIn("jan");
		JsonNode others = Json.of(end(maria, session(jan)));
		JsonNode none = Json.of(end(maria, UUID.randomUUID().toString()));
		assertThat(others.propertyNames()).isEqualTo(none.propertyNames());
		others.propertyNames()
			.stream()
			.filter((name) -> !name.equals("requestId"))
			.forEach((name) -> assertThat(others.get(name)).isEqualTo(none.get(name)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "CURRENT", "current%20", "%27%20or%20%271%27=%271", "null", "*", "-1", "%C5%BC",
			"00000000-0000-0000-0000-000000000000" })
	void knowsNoSessionOfThatName(String id) throws IOException {
		Phone phone = this.gateway.signedIn("maria");
		HttpResponse<String> answer = end(phone, id);
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(Json.code(answer)).isEqualTo("session-not-found");
		assertOpen(phone);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%25", "..%252f", "a%2fb", "a;b", "%00" })
	void readsNoNameThatCouldBeAPath(String id) throws IOException {
		Phone phone = this.gateway.signedIn("maria");
		HttpResponse<String> answer = end(phone, id);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(Json.code(answer)).isEqualTo("malformed-request");
		assertOpen(phone);
	}

	@Test
	void knowsNoSessionWithAVeryLongName() throws IOException {
		Phone phone = this.gateway.signedIn("maria");
		assertThat(Json.code(end(phone, "a".repeat(800)))).isEqualTo("session-not-found");
	}

	@Test
	void endsTheSessionThatAsks() throws IOException {
		Phone phone = this.gateway.signedIn("maria");
		Phone other = this.gateway.signedIn("maria");
		Tokens tokens = phone.tokens().orElseThrow();
		HttpResponse<String> answer = phone.signOut();
		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertEnded(phone.tokens(tokens));
		assertOpen(other);
	}

	@Test
	void endsTheSessionThatAsksByItsNameToo() throws IOException {
		Phone phone = this.gateway.signedIn("maria");
		assertThat(end(phone, session(phone)).statusCode()).isEqualTo(204);
		assertEnded(phone);
	}

	@Test
	void endsTheSessionAlsoWhileTheProviderIsDown() throws IOException {
		Phone phone = this.gateway.signedIn("maria");
		Tokens tokens = phone.tokens().orElseThrow();
		this.gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.refused());
		assertThat(phone.signOut().statusCode()).isEqualTo(204);
		assertEnded(phone.tokens(tokens));
	}

	@Test
	void endsNothingForACallWithoutASession() throws IOException {
		Phone phone = this.gateway.signedIn("maria");
		HttpResponse<String> answer = end(this.gateway.phone(), session(phone));
		assertThat(Json.code(answer)).isEqualTo("unauthenticated");
		assertOpen(phone);
	}

}
