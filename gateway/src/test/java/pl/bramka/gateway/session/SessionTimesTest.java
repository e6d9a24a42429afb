package pl.bramka.gateway.session;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What time does to a session, in a gateway whose clock the test moves.
 */
class SessionTimesTest {

	private static Time time;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		time = new Time(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		gateway = TestGateway.startAt(time);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.mocks().reset();
	}

	private static PhoneInTime signedIn(String persona) {
		PhoneInTime phone = new PhoneInTime(gateway, time);
		assertThat(phone.signIn(persona).statusCode()).isEqualTo(201);
		assertThat(phone.acceptTerms().statusCode()).isBetween(200, 201);
		return phone;
	}

	@Test
	void givesAnOldTokenItsSuccessorForTenSeconds() {
		PhoneInTime phone = signedIn("anna");
		String old = phone.tokens().refreshToken();
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		time.passes(Duration.ofSeconds(10));
		HttpResponse<String> again = phone.refresh(old);
		assertThat(again.statusCode()).isEqualTo(200);
		assertThat(Json.of(again).get("refreshToken").asString()).isEqualTo(phone.tokens().refreshToken());
	}

	@Test
	void endsTheFamilyWhenAnOldTokenComesLater() {
		PhoneInTime phone = signedIn("anna");
		String old = phone.tokens().refreshToken();
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		assertThat(phone.get("/v1/sessions").statusCode()).isEqualTo(200);
		time.passes(Duration.ofMillis(10_001));
		assertThat(Json.code(phone.refresh(old))).isEqualTo("session-ended");
		assertThat(Json.code(phone.get("/v1/sessions"))).isEqualTo("invalid-token");
		assertThat(Json.code(phone.refresh())).isEqualTo("session-ended");
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
	}

	@Test
	void endsTheFamilyWhenAGrandparentComes() {
		PhoneInTime phone = signedIn("anna");
		String first = phone.tokens().refreshToken();
		for (int i = 0; i < 3; i++) {
			time.passes(Duration.ofMinutes(5));
			assertThat(phone.refresh().statusCode()).isEqualTo(200);
		}
		assertThat(Json.code(phone.refresh(first))).isEqualTo("session-ended");
		assertThat(Json.code(phone.refresh())).isEqualTo("session-ended");
	}

	@Test
	void isOverAfterHalfAnHourWithoutRefresh() {
		PhoneInTime punctual = signedIn("anna");
		PhoneInTime late = signedIn("anna");
		time.passes(Duration.ofMinutes(30));
		assertThat(punctual.refresh().statusCode()).isEqualTo(200);
		time.passes(Duration.ofSeconds(1));
		assertThat(Json.code(late.refresh())).isEqualTo("session-ended");
		assertThat(Json.code(late.refresh())).isEqualTo("session-ended");
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout")).hasSize(1);
	}

	@Test
	void isOverAfterADayHoweverOftenItIsRefreshed() {
		PhoneInTime phone = signedIn("anna");
		for (Duration age = Duration.ZERO; age.compareTo(Duration.ofHours(24)) < 0; age = age.plusMinutes(20)) {
			time.passes(Duration.ofMinutes(20));
			assertThat(phone.refresh().statusCode()).isEqualTo(200);
		}
		time.passes(Duration.ofSeconds(1));
		assertThat(Json.code(phone.refresh())).isEqualTo("session-ended");
	}

	@Test
	void keepsTheTimeOfSigningInThroughRefreshes() {
		PhoneInTime phone = signedIn("anna");
		Instant signedIn = time.instant();
		time.passes(Duration.ofMinutes(20));
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		assertThat(Instant.parse(Json.of(phone.get("/v1/sessions")).at("/items/0/openedAt").asString()))
			.isBetween(signedIn.minusMillis(1), signedIn.plusMillis(1));
	}

	@Test
	void listsNoSessionThatIsIdle() {
		PhoneInTime idle = signedIn("maria");
		time.passes(Duration.ofMinutes(30).plusSeconds(1));
		PhoneInTime phone = signedIn("maria");
		assertThat(phone.get("/v1/sessions").body()).contains(phone.tokens().sessionId())
			.doesNotContain(idle.tokens().sessionId());
	}

	@Test
	void takesATokenForFiveMinutesAlsoOneItKnows() {
		PhoneInTime phone = signedIn("anna");
		assertThat(phone.get("/v1/contracts").statusCode()).isEqualTo(200);
		time.passes(Duration.ofSeconds(298));
		assertThat(phone.get("/v1/contracts").statusCode()).isEqualTo(200);
		gateway.mocks().reset();
		time.passes(Duration.ofSeconds(2));
		assertThat(Json.code(phone.get("/v1/contracts"))).isEqualTo("invalid-token");
		assertThat(gateway.asked()).isEmpty();
	}

	@Test
	void refusesAProofOlderOrNewerThanAMinute() {
		PhoneInTime phone = signedIn("anna");
		time.passes(Duration.ofSeconds(61));
		Time slow = new Time(time.instant().minusSeconds(62).toString());
		Time fast = new Time(time.instant().plusSeconds(62).toString());
		assertThat(Json.code(new PhoneInTime(gateway, slow).signIn("anna"))).isEqualTo("invalid-proof");
		assertThat(Json.code(new PhoneInTime(gateway, fast).signIn("anna"))).isEqualTo("invalid-proof");
		assertThat(phone.get("/v1/sessions").statusCode()).isEqualTo(200);
	}

	@Test
	void bringsNoEndedSessionBackByARestart() {
		PhoneInTime ended = signedIn("anna");
		PhoneInTime open = signedIn("anna");
		assertThat(ended.end("current").statusCode()).isEqualTo(204);
		gateway.restart();
		PhoneInTime after = ended.at(gateway);
		assertThat(Json.code(after.get("/v1/sessions"))).isEqualTo("invalid-token");
		assertThat(Json.code(after.refresh())).isEqualTo("session-ended");
		PhoneInTime stillOpen = open.at(gateway);
		assertThat(stillOpen.get("/v1/sessions").statusCode()).isEqualTo(200);
		assertThat(stillOpen.refresh().statusCode()).isEqualTo(200);
	}

}
