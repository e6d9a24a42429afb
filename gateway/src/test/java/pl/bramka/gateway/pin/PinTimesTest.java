package pl.bramka.gateway.pin;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What time does to PINs, in a gateway whose clock the test moves.
 */
class PinTimesTest {

	private static final String PATH = "/v1/devices/current/pin";

	private static Time time;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		time = new Time(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		gateway = TestGateway.startAt(time, "bramka.pin.tries-a-day=8", "bramka.pin.longest-wait=0s",
				"bramka.access.token-lifetime=1h");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void repair() {
		gateway.mocks().reset();
	}

	private static PhoneInTime withPin(String persona) {
		PhoneInTime phone = new PhoneInTime(gateway, time);
		assertThat(phone.signIn(persona).statusCode()).isEqualTo(201);
		assertThat(phone.acceptTerms().statusCode()).isBetween(200, 201);
		assertThat(set(phone, PinPhone.PIN).statusCode()).isEqualTo(204);
		return phone;
	}

	private static HttpResponse<String> set(PhoneInTime phone, String pin) {
		return phone.send("PUT", PATH, "{\"pin\":\"" + pin + "\"}");
	}

	private static HttpResponse<String> guess(PhoneInTime phone, String pin) {
		PhoneInTime guessing = phone.at(gateway);
		return guessing.signInByPin(pin);
	}

	private static void countTries(PhoneInTime phone, int tries, int wrong) {
		gateway.bean(DatabaseClient.class)
			.sql("update pin set tries = :tries, wrong = :wrong, tried_at = :now where device_id = :device")
			.bind("tries", tries)
			.bind("wrong", wrong)
			.bind("now", time.instant().atOffset(ZoneOffset.UTC))
			.bind("device", String.valueOf(phone.tokens().deviceId()))
			.then()
			.block(Duration.ofSeconds(10));
	}

	private static void assertWants(HttpResponse<String> answer, String acr) {
		Problems.assertProblem(answer, 401, "insufficient-user-authentication");
		assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(
				"DPoP error=\"insufficient_user_authentication\", error_description=\"this needs a sign-in of the last minutes\", acr_values=\""
						+ acr + "\", max_age=300");
	}

	@Test
	void areSetAndRemovedWithinFiveMinutes() {
		PhoneInTime phone = withPin("olga");
		time.passes(Duration.ofMinutes(5));
		assertThat(set(phone, "7391").statusCode()).isEqualTo(204);
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		time.passes(Duration.ofSeconds(1));
		assertWants(set(phone, "4826"), "pwd");
		assertWants(phone.send("DELETE", PATH, null), "pwd pin bio");
		assertThat(phone.signInByPin("7391").statusCode()).isEqualTo(201);
		assertWants(set(phone, "4826"), "pwd");
		assertThat(phone.send("DELETE", PATH, null).statusCode()).isEqualTo(204);
	}

	@Test
	void openNothingAfterSoManyWrongOnesInADayAndAgainTheNextDay() {
		PhoneInTime first = withPin("anna");
		PhoneInTime second = withPin("anna");
		PhoneInTime another = withPin("jan");
		for (int i = 0; i < 5; i++) {
			Problems.assertProblem(guess(first, PinPhone.wrong(i)), 401, "pin-refused");
		}
		for (int i = 0; i < 3; i++) {
			assertThat(guess(second, PinPhone.PIN).statusCode()).isEqualTo(201);
			Problems.assertProblem(guess(second, PinPhone.wrong(i)), 401, "pin-refused");
		}
		Problems.assertProblem(guess(second, PinPhone.PIN), 401, "pin-refused");
		assertThat(guess(another, PinPhone.PIN).statusCode()).isEqualTo(201);
		assertThat(second.signIn("anna").statusCode()).isEqualTo(201);
		Problems.assertProblem(guess(second, PinPhone.PIN), 401, "pin-refused");
		time.passes(Duration.ofDays(1));
		assertThat(guess(second, PinPhone.PIN).statusCode()).isEqualTo(201);
	}

	@Test
	void waitForTriesUnderWayAndAreErasedWhenThoseAreAbandoned() {
		PhoneInTime phone = withPin("maria");
		countTries(phone, 5, 2);
		Problems.assertProblem(guess(phone, PinPhone.PIN), 503, "overloaded");
		time.passes(Duration.ofSeconds(31));
		Problems.assertProblem(guess(phone, PinPhone.PIN), 401, "pin-refused");
		assertThat(phone.signIn("maria").statusCode()).isEqualTo(201);
		assertThat(set(phone, "7391").statusCode()).isEqualTo(204);
		assertThat(guess(phone, "7391").statusCode()).isEqualTo(201);
	}

	@Test
	void takeAbandonedTriesForWrongOnes() {
		PhoneInTime phone = withPin("tomek");
		countTries(phone, 4, 1);
		time.passes(Duration.ofSeconds(31));
		Problems.assertProblem(guess(phone, "5000"), 401, "pin-refused");
		Problems.assertProblem(guess(phone, PinPhone.PIN), 401, "pin-refused");
	}

	@Test
	void forgetAbandonedTriesAfterARightOne() {
		PhoneInTime phone = withPin("piotr");
		countTries(phone, 4, 0);
		time.passes(Duration.ofSeconds(31));
		assertThat(guess(phone, PinPhone.PIN).statusCode()).isEqualTo(201);
		for (int i = 0; i < 4; i++) {
			Problems.assertProblem(guess(phone, PinPhone.wrong(i)), 401, "pin-refused");
		}
		assertThat(guess(phone, PinPhone.PIN).statusCode()).isEqualTo(201);
	}

}
