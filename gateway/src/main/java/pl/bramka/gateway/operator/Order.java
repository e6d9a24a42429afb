package pl.bramka.gateway.operator;

import java.time.Instant;
import java.util.List;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;

/**
 * What is to be paid.
 *
 * @param id our number, at most 32 letters, digits and dashes; never used twice
 * @param bearer who bears the fee
 * @param amount the whole amount, equal to the sum of the items
 * @param items what it is for, one a document
 * @param language of the operator's page
 * @param validUntil until when the customer may begin to pay
 */
public record Order(String id, FeeBearer bearer, Money amount, List<Item> items, Language language,
		Instant validUntil) {

	/**
	 * A document in an order.
	 *
	 * @param invoiceId its number
	 * @param contractAccountId the payer number
	 * @param amount what is paid of it
	 */
	public record Item(String invoiceId, String contractAccountId, Money amount) {
	}

}
