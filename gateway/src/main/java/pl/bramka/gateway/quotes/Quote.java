package pl.bramka.gateway.quotes;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.operator.FeeBearer;

/**
 * What paying some documents together costs.
 *
 * @param id what a payment is started with; the app does not read it
 * @param validUntil the last moment at which a payment can be started with it
 * @param amount what is left to pay of all documents
 * @param fee what the payment operator adds; zero if the payment is free
 * @param total what the customer pays: amount and fee
 * @param free whether every document qualifies for a payment without a fee
 * @param message why there is a fee or none, and what would make the payment free, for a
 * person
 * @param documents in the order in which they were asked for
 */
public record Quote(@Schema(example = "eyJraWQiOiIx…") String id, Instant validUntil, Money amount, Money fee,
		Money total, boolean free, @Schema(example = "Bez opłaty: masz gwarancję ceny i e-fakturę.") String message,
		List<QuotedDocument> documents) {

	/**
	 * Who bears the operator's fee.
	 * @return the customer does unless the payment is free
	 */
	public FeeBearer bearer() {
		return this.free ? FeeBearer.MERCHANT : FeeBearer.PAYER;
	}

}
