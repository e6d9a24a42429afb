package pl.bramka.mocks.operator;

import java.time.Instant;

/**
 * One sending of a notification.
 *
 * @param orderId of the payment
 * @param remoteId of the attempt it tells of
 * @param paymentStatus what it tells
 * @param number 1 for the first sending, 2 for the first repetition
 * @param at when
 * @param answer what came back, in short
 * @param confirmed whether the merchant confirmed, with a right hash
 */
public record Delivery(String orderId, String remoteId, Attempt.Status paymentStatus, int number, Instant at,
		String answer, boolean confirmed) {
}
