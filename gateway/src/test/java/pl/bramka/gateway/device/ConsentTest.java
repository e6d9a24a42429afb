package pl.bramka.gateway.device;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.identity.PortalUser;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Deadline;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The provider's consent, in a gateway whose clock the test moves.
 */
class ConsentTest {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static Time time;

	private static TestGateway gateway;

	private static Consent consent;

	@BeforeAll
	static void start() {
		time = new Time(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		gateway = TestGateway.startAt(time);
		consent = gateway.bean(Consent.class);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void repair() {
		gateway.mocks().reset();
	}

	private static Device device() {
		PhoneInTime phone = new PhoneInTime(gateway, time);
		assertThat(phone.signIn("anna").statusCode()).isEqualTo(201);
		return new Device(String.valueOf(phone.tokens().deviceId()),
				gateway.mocks().personas().byName("anna").accountId(), "unused");
	}

	private static int asked() {
		return gateway.mocks().received(UpstreamName.IDENTITY, ".*/token").size();
	}

	/** The token is used up once the provider has it: its successor must not be lost. */
	@Test
	void isAskedForToTheEndHoweverLittleTimeIsLeft() {
		Device device = device();
		int before = asked();
		time.passes(Duration.ofSeconds(1));
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.slow(Duration.ofMillis(500)));
		assertThat(consent.of(device)
			.map(PortalUser::customerId)
			.contextWrite(Deadline.in(Duration.ofMillis(200))::write)
			.block(LONG)).isEqualTo(device.customerId());
		gateway.mocks().faults().clearAll();
		time.passes(Duration.ofSeconds(1));
		assertThat(consent.of(device).map(PortalUser::customerId).block(LONG)).isEqualTo(device.customerId());
		assertThat(asked()).isEqualTo(before + 2);
	}

	/** A provider that sees a token twice takes it for stolen. */
	@Test
	void isNotAskedForWithATokenThatIsUnderWayHoweverLongOthersWait() throws Exception {
		Device device = device();
		int before = asked();
		time.passes(Duration.ofSeconds(1));
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.slow(Duration.ofSeconds(2)));
		CompletableFuture<@Nullable PortalUser> first = consent.of(device).toFuture();
		Awaitility.await().atMost(LONG).until(() -> asked() == before + 1);
		CompletableFuture<@Nullable PortalUser> second = consent.of(device).toFuture();
		// More than anybody waits.
		time.passes(Duration.ofSeconds(7));
		CompletableFuture<@Nullable PortalUser> third = consent.of(device).toFuture();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(second::get)
			.havingCause()
			.isInstanceOfSatisfying(Problem.class,
					(problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.IDENTITY_UNAVAILABLE));
		assertThat(asked()).isEqualTo(before + 1);
		gateway.mocks().faults().clearAll();
		for (CompletableFuture<@Nullable PortalUser> each : List.of(first, third)) {
			assertThat(each.get()).extracting(PortalUser::customerId).isEqualTo(device.customerId());
		}
		assertThat(asked()).isEqualTo(before + 2);
	}

	@Test
	void isNotAskedForAgainSoonAfterAYes() {
		Device device = device();
		int before = asked();
		time.passes(Duration.ofMinutes(2));
		assertThat(consent.of(device, Duration.ofMinutes(5)).block(LONG)).isNotNull();
		assertThat(asked()).isEqualTo(before);
		time.passes(Duration.ofMinutes(4));
		assertThat(consent.of(device, Duration.ofMinutes(5)).block(LONG)).isNotNull();
		assertThat(asked()).isEqualTo(before + 1);
	}

	/** Another node's clock was ahead: its yes would be good for as much longer. */
	@Test
	void isAskedForAfterAYesOfTheFuture() {
		Device device = device();
		int before = asked();
		time.passes(Duration.ofMinutes(-1));
		assertThat(consent.of(device, Duration.ofMinutes(5)).block(LONG)).isNotNull();
		assertThat(asked()).isEqualTo(before + 1);
		time.passes(Duration.ofMinutes(1));
	}

}
