package pl.bramka.gateway.payments;

/**
 * A payment that was made here, with what tells it in billing's books.
 *
 * @param orderId the order at the payment operator
 * @param payment the payment
 */
public record OwnPayment(String orderId, Payment payment) {
}
