package pl.bramka.gateway.identity;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often the identity provider is asked for its keys, whatever arrives.
 */
class ProviderKeysTest {

	/** A thousand with {@code -Dbramka.test.sign-ins=1000}. */
	private static final int SIGN_INS = Integer.getInteger("bramka.test.sign-ins", 200);

	private static final int AT_ONCE = 20;

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private static Time time;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		time = new Time(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		gateway = TestGateway.startAt(time);
		assertThat(signIn().statusCode()).isEqualTo(201);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.mocks().reset();
		time.passes(PAUSE);
	}

	private static HttpResponse<String> signIn() {
		return new PhoneInTime(gateway, time).signIn("anna");
	}

	private static int fetches() {
		return gateway.mocks().received(UpstreamName.IDENTITY, "/certs").size();
	}

	@Test
	void asksOnceInThirtySecondsHoweverManyUnknownKeysArrive() throws Exception {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNKNOWN_KID).onlyPath("/token"));
		for (int i = 0; i < SIGN_INS; i += AT_ONCE) {
			List<HttpResponse<String>> answers = Call.together(AT_ONCE, ProviderKeysTest::signIn);
			assertThat(answers).allSatisfy((answer) -> {
				assertThat(answer.statusCode()).isEqualTo(503);
				assertThat(Json.code(answer)).isEqualTo("identity-unavailable");
			});
		}
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, "/token")).hasSize(SIGN_INS);
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, "/logout")).hasSize(SIGN_INS);
		assertThat(fetches()).isEqualTo(1);
		time.passes(PAUSE.minusMillis(1));
		signIn();
		assertThat(fetches()).isEqualTo(1);
		time.passes(Duration.ofMillis(1));
		signIn();
		assertThat(fetches()).isEqualTo(2);
		assertThat(gateway.mocks().journal(UpstreamName.CRM)).isEmpty();
	}

	@Test
	void verifiesWithTheKeysItKnowsWhileTheyCannotBeFetched() {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNAVAILABLE).onlyPath("/certs"));
		for (int i = 0; i < 5; i++) {
			assertThat(signIn().statusCode()).isEqualTo(201);
		}
		assertThat(fetches()).isZero();
	}

	@Test
	void takesANewKeyAtOnce() {
		gateway.mocks().identityProvider().rotateKeys();
		assertThat(signIn().statusCode()).isEqualTo(201);
		assertThat(signIn().statusCode()).isEqualTo(201);
		assertThat(fetches()).isEqualTo(1);
	}

	@Test
	void opensNothingForAKeyThatCannotBeFetchedAndForgetsNone() {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNAVAILABLE).onlyPath("/certs"));
		gateway.mocks().identityProvider().rotateKeys();
		assertThat(Json.code(signIn())).isEqualTo("identity-unavailable");
		assertThat(gateway.mocks().journal(UpstreamName.CRM)).isEmpty();
		gateway.mocks().faults().clear(UpstreamName.IDENTITY);
		time.passes(PAUSE);
		assertThat(signIn().statusCode()).isEqualTo(201);
	}

}
