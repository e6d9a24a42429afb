package pl.bramka.gateway.payments;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.claims.Claim;
import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.operator.FeeBearer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How far a document of a payment is, by what is remembered of it.
 */
class PaymentDocumentStateTests {

	private static final Instant NOW = Instant.parse("2026-10-01T10:00:00Z");

	/** What is remembered may be from before it was paid. */
	@ParameterizedTest
	@CsvSource({ "PAID, PAID, false, true, BOOKING", "PAID, PAID, true, true, BOOKED",
			"PAID, ONGOING, false, true, BOOKING", "PAID,, false, true, BOOKED", "PAID,, false, false, BOOKING",
			"FAILED,, false, true, RELEASED", "FAILED, ONGOING, false, true, RELEASED" })
	void followsFromThePaymentAndWhatIsClaimed(PaymentState state, @Nullable Claim claim, boolean booked, boolean known,
			Payment.DocumentState expected) {
		Money amount = Money.ofDecimal("10.00", "PLN");
		StoredPayment stored = new StoredPayment("id", "order", "customer", state, FeeBearer.PAYER, amount, amount,
				null, NOW, NOW, NOW, NOW, false, 0);
		ClaimedDocuments claimed = new ClaimedDocuments((claim != null) ? Map.of("1", claim) : Map.of(),
				booked ? Set.of("1") : Set.of(), known);
		Payment payment = Payment.from(stored, List.of(new StoredPayment.Item("1", "2", amount)), claimed);
		assertThat(payment.documents()).extracting(Payment.PaymentDocument::state).containsExactly(expected);
	}

}
