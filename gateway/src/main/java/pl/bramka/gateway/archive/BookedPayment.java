package pl.bramka.gateway.archive;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.archive.PastPayment.PaidDocument;
import pl.bramka.gateway.money.Money;

/**
 * A payment that billing booked, by whatever channel it came.
 *
 * @param id billing's number of it
 * @param contractAccountId the payer number
 * @param on the day
 * @param amount what was paid
 * @param description how, in billing's words
 * @param orderId the order of the payment operator, if it came through one
 * @param documents what it settled
 */
record BookedPayment(String id, String contractAccountId, LocalDate on, Money amount, @Nullable String description,
		@Nullable String orderId, List<PaidDocument> documents) {
}
