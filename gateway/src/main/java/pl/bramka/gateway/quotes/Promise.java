package pl.bramka.gateway.quotes;

import java.time.Instant;
import java.util.List;

/**
 * What stands sealed in the id of a quote: to whom what was promised, and until when.
 *
 * @param customerId to whom
 * @param validUntil until when, in whole seconds
 * @param fee grosze
 * @param free whether the payment is free
 * @param documents in the order of the quote
 */
record Promise(String customerId, Instant validUntil, long fee, boolean free, List<Part> documents) {

	static Promise of(String customerId, Instant validUntil, Basket basket) {
		return new Promise(customerId, validUntil, basket.fee().amount(), basket.free(), parts(basket));
	}

	/** Whether it is what holds now, and not over. */
	boolean holds(Basket basket, Instant now) {
		return !now.isAfter(this.validUntil) && this.fee == basket.fee().amount() && this.free == basket.free()
				&& this.documents.equals(parts(basket));
	}

	List<String> documentIds() {
		return this.documents.stream().map(Part::id).toList();
	}

	private static List<Part> parts(Basket basket) {
		return basket.documents()
			.stream()
			.map((document) -> new Part(document.id(), document.amount().amount()))
			.toList();
	}

	/** Never whose it is. */
	@Override
	public String toString() {
		return "Promise[" + this.validUntil + "]";
	}

	/**
	 * A document.
	 *
	 * @param id its number
	 * @param amount grosze
	 */
	record Part(String id, long amount) {
	}

}
