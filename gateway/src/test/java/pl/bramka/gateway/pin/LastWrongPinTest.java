package pl.bramka.gateway.pin;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.observability.Names;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The wrong PIN that erases it, while the identity provider is slow: it has to be told,
 * and nobody waits for that.
 */
class LastWrongPinTest {

	/** Less than the gateway's patience with it, and more than any answer here takes. */
	private static final Duration SLOW = Duration.ofSeconds(3);

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start("bramka.pin.places=1", "bramka.upstreams.identity.try-limit=8s",
				"bramka.upstreams.identity.read-timeout=8s");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@Test
	void isAnsweredLikeAnyOtherAndHoldsNoPlaceWhileTheProviderIsTold() throws IOException {
		PinPhone phone = PinPhone.of(gateway, "anna");
		PinPhone another = PinPhone.of(gateway, "jan");
		assertThat(phone.phone().signOut().statusCode()).isEqualTo(204);
		HttpResponse<String> first = phone.guess(PinPhone.wrong(0));
		for (int i = 1; i < 4; i++) {
			Problems.assertProblem(phone.guess(PinPhone.wrong(i)), 401, "pin-refused");
		}
		gateway.mocks().reset();
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.slow(SLOW).onlyPath("logout"));
		long start = System.nanoTime();
		HttpResponse<String> last = phone.guess(PinPhone.wrong(4));
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		double places = gateway.bean(MeterRegistry.class).get(Names.PIN_UNDER_WAY).gauge().value();
		Problems.assertProblem(another.guess(PinPhone.wrong(0)), 401, "pin-refused");
		Problems.assertProblem(last, 401, "pin-refused");
		assertThat(withoutId(last)).isEqualTo(withoutId(first));
		assertThat(last.headers().map().keySet()).isEqualTo(first.headers().map().keySet());
		assertThat(took).as("nothing waits for the provider").isLessThan(SLOW);
		assertThat(places).isZero();
		assertThat(hasConsent(phone)).as("what counts is done").isFalse();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> gateway.mocks().received(UpstreamName.IDENTITY, ".*/logout").size() == 1);
	}

	private static boolean hasConsent(PinPhone phone) {
		return Objects.requireNonNull(gateway.bean(DatabaseClient.class)
			.sql("select count(*) from device where id = :id and provider_token is not null")
			.bind("id", phone.deviceId())
			.map((row) -> Objects.requireNonNull(row.get(0, Long.class)))
			.one()
			.block(Duration.ofSeconds(10))) > 0;
	}

	private static String withoutId(HttpResponse<String> answer) {
		return answer.body().replace(answer.headers().firstValue("Request-Id").orElseThrow(), "");
	}

}
