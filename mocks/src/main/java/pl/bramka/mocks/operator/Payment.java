package pl.bramka.mocks.operator;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.faults.FaultKind;

/**
 * One order at the operator.
 *
 * @param serviceId who bears the fee
 * @param orderId the merchant's number
 * @param amount what the merchant asked for
 * @param currency of the amount
 * @param gatewayId the payment channel
 * @param returnUrl where the browser goes afterwards, or empty
 * @param documents the invoice numbers that its products name
 * @param script what goes wrong with this payment later, or null
 * @param attempts oldest first, at least one
 */
public record Payment(String serviceId, String orderId, BigDecimal amount, String currency, String gatewayId,
		String returnUrl, List<String> documents, @Nullable FaultKind script, List<Attempt> attempts) {

	/** The service whose payer bears the fee. */
	public static final String PAYER_BORNE = "900001";

	/** The service whose merchant bears the fee: free to the payer. */
	public static final String MERCHANT_BORNE = "900002";

	/** What a payer bears, in zloty. */
	private static final BigDecimal COMMISSION = new BigDecimal("1.50");

	Payment with(Attempt attempt) {
		return with(Stream.concat(this.attempts.stream(), Stream.of(attempt)).toList());
	}

	Payment with(List<Attempt> others) {
		return new Payment(this.serviceId, this.orderId, this.amount, this.currency, this.gatewayId, this.returnUrl,
				this.documents, this.script, others);
	}

	/**
	 * Whether any attempt succeeded.
	 * @return true once it is paid
	 */
	public boolean isPaid() {
		return this.attempts.stream().anyMatch((attempt) -> attempt.status() == Attempt.Status.SUCCESS);
	}

	/** What the payer is asked for, the commission with it. */
	BigDecimal toPay() {
		return this.serviceId.equals(PAYER_BORNE) ? this.amount.add(COMMISSION) : this.amount;
	}

	/**
	 * The list of the ITN and of the query.
	 * @param serviceId of the merchant
	 * @param payments none give an empty list
	 * @param right whether the hash is right
	 */
	static String list(String serviceId, List<Payment> payments, boolean right) {
		Xml xml = new Xml().open("transactionList").leaf("serviceID", serviceId).open("transactions");
		payments.forEach((payment) -> payment.attempts().forEach((attempt) -> payment.write(attempt, xml)));
		return xml.close().hash(right).end();
	}

	private void write(Attempt attempt, Xml xml) {
		boolean payerBorne = this.serviceId.equals(PAYER_BORNE);
		BigDecimal named = this.amount.add(attempt.surplus());
		xml.open("transaction")
			.leaf("orderID", this.orderId)
			.leaf("remoteID", attempt.remoteId())
			.leaf("amount", (payerBorne ? named.add(COMMISSION) : named).toPlainString())
			.leaf("currency", this.currency)
			.leaf("gatewayID", this.gatewayId)
			.leaf("paymentDate", attempt.paymentDate())
			.leaf("paymentStatus", attempt.status().name())
			.leaf("paymentStatusDetails", attempt.status().details())
			.leaf("startAmount", payerBorne ? named.toPlainString() : "")
			.close();
	}

}
