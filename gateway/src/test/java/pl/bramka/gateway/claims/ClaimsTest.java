package pl.bramka.gateway.claims;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What payments take, in the embedded database.
 */
@ExtendWith(RunningGateway.class)
class ClaimsTest {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final TestGateway gateway;

	private final Payer anna;

	private final String one = number();

	private final String two = number();

	ClaimsTest(TestGateway gateway) {
		this.gateway = gateway;
		this.anna = Payer.of(gateway);
	}

	private static String number() {
		return UUID.randomUUID().toString().substring(0, 12);
	}

	@Test
	void takesDocumentsUntilTheyAreReleased() {
		String payment = this.anna.payment();
		assertThat(this.anna.take(payment, List.of(this.two, this.one))).isEmpty();
		assertThat(this.anna.claimedAnew()).returns(true, ClaimedDocuments::known)
			.returns(Claim.ONGOING, (claimed) -> claimed.of(this.one))
			.returns(Claim.ONGOING, (claimed) -> claimed.of(this.two))
			.returns(null, (claimed) -> claimed.of("another"));
		this.anna.release(payment);
		assertThat(this.anna.claimedAnew().byDocument()).isEmpty();
		assertThat(this.anna.take(this.anna.payment(), List.of(this.one))).isEmpty();
	}

	@Test
	void tellsWhatOthersHaveAndTakesNothingBesides() {
		String first = this.anna.payment();
		this.anna.take(first, List.of(this.one));
		assertThat(this.anna.take(this.anna.payment(), List.of(this.two, this.one)))
			.containsExactly(Map.entry(this.one, Claim.ONGOING));
		this.anna.pay(first, List.of(this.one));
		Payer jan = Payer.of(this.gateway);
		assertThat(jan.take(jan.payment(), List.of(this.one, this.two)))
			.containsExactly(Map.entry(this.one, Claim.PAID));
		assertThat(this.anna.claimedAnew().byDocument()).containsExactly(Map.entry(this.one, Claim.PAID));
		assertThat(jan.claimedAnew().byDocument()).isEmpty();
	}

	@Test
	void takesAgainWhatIsPaidAfterItWasReleased() {
		String payment = this.anna.payment();
		this.anna.take(payment, List.of(this.one, this.two));
		this.anna.release(payment);
		assertThat(this.anna.pay(payment, List.of(this.one, this.two))).isEmpty();
		assertThat(this.anna.claimedAnew().byDocument()).isEqualTo(Map.of(this.one, Claim.PAID, this.two, Claim.PAID));
		this.anna.release(payment);
		assertThat(this.anna.claimedAnew().byDocument()).hasSize(2);
	}

	@Test
	void saysWhichOfItsDocumentsAnotherPaymentHasByNow() {
		String late = this.anna.payment();
		this.anna.take(late, List.of(this.one, this.two));
		this.anna.release(late);
		String other = this.anna.payment();
		this.anna.take(other, List.of(this.two));
		assertThat(this.anna.pay(late, List.of(this.one, this.two))).containsExactly(this.two);
		assertThat(this.anna.claimedAnew().byDocument())
			.isEqualTo(Map.of(this.one, Claim.PAID, this.two, Claim.ONGOING));
	}

	/** As at another node that told nobody, or could not. */
	@Test
	void areSeenWithinSecondsByWhoWasNotTold() {
		assertThat(this.anna.claimed().byDocument()).isEmpty();
		this.anna.take(this.anna.payment(), List.of(this.one));
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> this.anna.claimed().byDocument().containsKey(this.one));
	}

	@Test
	void keepsWhatIsBookedForAWhile() {
		String payment = this.anna.payment();
		this.anna.take(payment, List.of(this.one));
		this.anna.pay(payment, List.of(this.one));
		this.anna.take(this.anna.payment(), List.of(this.two));
		assertThat(this.anna.claimedAnew().booked(this.one)).isFalse();
		// A database that takes long is not waited for: whoever reads next notes it.
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			this.anna.booked(List.of("another", this.two, this.one));
			return this.anna.claimed().booked(this.one);
		});
		assertThat(this.anna.claimed()).returns(true, (claimed) -> claimed.booked(this.one))
			.returns(Claim.PAID, (claimed) -> claimed.of(this.one))
			.returns(false, (claimed) -> claimed.booked(this.two))
			.returns(Claim.ONGOING, (claimed) -> claimed.of(this.two));
		Claims claims = this.gateway.bean(Claims.class);
		claims.forgetBooked(Instant.now().minus(claims.kept()), 100).block(LIMIT);
		assertThat(this.anna.claimedAnew().of(this.one)).isEqualTo(Claim.PAID);
		assertThat(claims.forgetBooked(Instant.now().plusSeconds(1), 100).block(LIMIT)).isPositive();
		assertThat(this.anna.claimedAnew()).returns(null, (claimed) -> claimed.of(this.one))
			.returns(Claim.ONGOING, (claimed) -> claimed.of(this.two));
	}

	@Test
	void bindsNobodyElsesDocumentsToABooking() {
		String payment = this.anna.payment();
		this.anna.take(payment, List.of(this.one));
		this.anna.pay(payment, List.of(this.one));
		this.anna.claimedAnew();
		Payer jan = Payer.of(this.gateway);
		jan.take(jan.payment(), List.of(this.two));
		jan.claimedAnew();
		jan.booked(List.of(this.one));
		assertThat(this.anna.claimedAnew().booked(this.one)).isFalse();
	}

}
