package pl.bramka.gateway.stepup;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;

class RecentSignInsTests {

	private static final Instant SIGNED_IN = Instant.parse("2026-11-02T10:00:00Z");

	private final Time time = new Time(SIGNED_IN.toString());

	private final RecentSignIns signIns = new RecentSignIns(new StepUpProperties(Duration.ofMinutes(5)), this.time);

	private static Customer by(AuthenticationMethod method, Instant signedIn) {
		return new Customer("1", "session", "device", method, signedIn);
	}

	private boolean enough(Customer customer, AuthenticationMethod... methods) {
		return Boolean.TRUE.equals(this.signIns.require(customer, methods)
			.thenReturn(true)
			.onErrorResume(Problem.class,
					(problem) -> Mono.just(problem.code() != ProblemCode.INSUFFICIENT_USER_AUTHENTICATION))
			.block(Duration.ofSeconds(5)));
	}

	@Test
	void areRecentForFiveMinutes() {
		Customer customer = by(AuthenticationMethod.PASSWORD, SIGNED_IN);
		assertThat(enough(customer)).isTrue();
		this.time.passes(Duration.ofMinutes(5));
		assertThat(enough(customer)).isTrue();
		this.time.passes(Duration.ofMillis(1));
		assertThat(enough(customer)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 60, 301, 86_400, 10_000_000_000L })
	void areNotOfTheFuture(long seconds) {
		Customer customer = by(AuthenticationMethod.PASSWORD, SIGNED_IN.plusSeconds(seconds));
		assertThat(enough(customer)).isFalse();
	}

	@Test
	void mayComeFromANodeWhoseClockIsALittleAhead() {
		Customer customer = by(AuthenticationMethod.PASSWORD, SIGNED_IN.plusSeconds(10));
		assertThat(enough(customer)).isTrue();
		this.time.passes(Duration.ofSeconds(311));
		assertThat(enough(customer)).isFalse();
	}

	@Test
	void countByWhatWasShown() {
		Customer pin = by(AuthenticationMethod.PIN, SIGNED_IN);
		assertThat(enough(pin)).isTrue();
		assertThat(enough(pin, AuthenticationMethod.PASSWORD, AuthenticationMethod.PIN)).isTrue();
		assertThat(enough(pin, AuthenticationMethod.PASSWORD)).isFalse();
		assertThat(enough(pin, AuthenticationMethod.PASSWORD, AuthenticationMethod.BIOMETRIC)).isFalse();
	}

	@Test
	void areLookedAtWhenAskedFor() {
		Customer customer = by(AuthenticationMethod.PASSWORD, SIGNED_IN);
		Mono<Void> later = this.signIns.require(customer);
		this.time.passes(Duration.ofMinutes(6));
		StepVerifier.create(later).expectError(Problem.class).verify(Duration.ofSeconds(5));
	}

}
