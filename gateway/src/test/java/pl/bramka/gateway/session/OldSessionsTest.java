package pl.bramka.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is removed of sessions that nobody can go on with, and what is not, in a gateway
 * whose clock the test moves. On the embedded database and on a real PostgreSQL that two
 * nodes share.
 */
class OldSessionsTest {

	private static final Duration DAY = Duration.ofDays(1);

	@Test
	void areRemovedFromTheEmbeddedDatabase() {
		Time time = now();
		try (TestGateway gateway = TestGateway.startAt(time, "bramka.session.tidy=50ms", "bramka.session.batch=3")) {
			removesWhatIsOver(gateway, time);
		}
	}

	@Test
	void areRemovedFromPostgresByAllNodes() {
		Time time = now();
		try (TestPostgres postgres = TestPostgres.start()) {
			List<String> settings = new ArrayList<>(postgres.settings());
			settings.addAll(List.of("bramka.session.tidy=50ms", "bramka.session.batch=3"));
			try (TestGateway first = TestGateway.startAt(time, settings.toArray(String[]::new));
					TestGateway second = first.anotherNode()) {
				removesWhatIsOver(first, time);
				assertThat(second.mocks()).isSameAs(first.mocks());
			}
		}
	}

	@Test
	void leaveTheirConsentsForLaterWhileTheProviderIsDown() {
		Time time = now();
		try (TestGateway gateway = TestGateway.startAt(time, "bramka.session.tidy=50ms")) {
			signedIn(gateway, time);
			gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.refused());
			time.passes(DAY.multipliedBy(2).plusSeconds(1));
			soon(() -> tokens(gateway) == 0 && sessions(gateway) == 0);
		}
	}

	/** The consent is there before the session is. */
	@Test
	void leaveTheConsentOfASessionThatIsJustBeingOpened() {
		Time time = now();
		try (TestGateway gateway = TestGateway.startAt(time, "bramka.session.tidy=50ms")) {
			PhoneInTime phone = signedIn(gateway, time);
			run(gateway, "delete from refresh_token");
			run(gateway, "delete from app_session");
			rounds(gateway, time);
			assertThat(tokens(gateway)).isEqualTo(1);
			time.passes(DAY.multipliedBy(2).plusSeconds(1));
			soon(() -> tokens(gateway) == 0);
			assertThat(Json.code(phone.refresh())).isEqualTo("session-ended");
		}
	}

	private static void run(TestGateway gateway, String statement) {
		gateway.bean(DatabaseClient.class).sql(statement).then().block(Duration.ofSeconds(20));
	}

	private static Time now() {
		return new Time(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
	}

	private static void removesWhatIsOver(TestGateway gateway, Time time) {
		List<PhoneInTime> left = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			left.add(signedIn(gateway, time));
		}
		assertThat(left.getFirst().refresh().statusCode()).isEqualTo(200);
		PhoneInTime ended = signedIn(gateway, time);
		assertThat(ended.end("current").statusCode()).isEqualTo(204);
		PhoneInTime withPin = signedIn(gateway, time);
		assertThat(withPin.call("PUT", "/v1/devices/current/pin", "{\"pin\":\"4826\"}").statusCode()).isEqualTo(204);
		time.passes(DAY);
		PhoneInTime later = signedIn(gateway, time);
		int before = endedAtProvider(gateway);
		time.passes(DAY.minusSeconds(1));
		PhoneInTime current = signedIn(gateway, time);
		rounds(gateway, time);
		assertThat(sessions(gateway)).as("all of them for a day more").isEqualTo(12);
		assertThat(endedAtProvider(gateway)).isEqualTo(before);

		time.passes(Duration.ofSeconds(2));

		soon(() -> sessions(gateway) == 2 && tokens(gateway) == 3);
		assertThat(count(gateway, "select count(*) from refresh_token")).isEqualTo(2);
		soon(() -> endedAtProvider(gateway) == before + left.size());
		assertThat(Json.code(left.getFirst().refresh())).isEqualTo("session-ended");
		assertThat(Json.code(later.refresh())).isEqualTo("session-ended");
		assertThat(current.refresh().statusCode()).isEqualTo(200);
		assertThat(withPin.signInByPin("4826").statusCode()).isEqualTo(201);
		rounds(gateway, time);
		assertThat(endedAtProvider(gateway)).as("once each, and that of the session that was found to be over")
			.isEqualTo(before + left.size() + 1);
	}

	/** At least one round goes by, seen by a session that it removes. */
	private static void rounds(TestGateway gateway, Time time) {
		String old = "insert into app_session (id, device_id, customer_id, subject, acr, authenticated_at, last_used_at)"
				+ " select 'old', id, customer_id, subject, 'pwd', :then, :then from device"
				+ " where id = (select min(id) from device)";
		for (int i = 0; i < 2; i++) {
			gateway.bean(DatabaseClient.class)
				.sql(old)
				.bind("then", time.instant().minus(DAY.multipliedBy(3)).atOffset(ZoneOffset.UTC))
				.then()
				.block(Duration.ofSeconds(20));
			soon(() -> count(gateway, "select count(*) from app_session where id = 'old'") == 0);
		}
	}

	private static PhoneInTime signedIn(TestGateway gateway, Time time) {
		PhoneInTime phone = new PhoneInTime(gateway, time);
		assertThat(phone.signIn("anna").statusCode()).isEqualTo(201);
		assertThat(phone.acceptTerms().statusCode()).isBetween(200, 201);
		return phone;
	}

	private static int endedAtProvider(TestGateway gateway) {
		return gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout").size();
	}

	private static long sessions(TestGateway gateway) {
		return count(gateway, "select count(*) from app_session");
	}

	private static long tokens(TestGateway gateway) {
		return count(gateway, "select count(*) from device where provider_token is not null");
	}

	private static long count(TestGateway gateway, String statement) {
		return Objects.requireNonNull(gateway.bean(DatabaseClient.class)
			.sql(statement)
			.map((row) -> Objects.requireNonNull(row.get(0, Long.class)))
			.one()
			.block(Duration.ofSeconds(20)));
	}

	private static void soon(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).until(condition);
	}

}
