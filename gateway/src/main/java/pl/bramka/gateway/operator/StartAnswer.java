package pl.bramka.gateway.operator;

import java.net.URI;
import java.util.function.Predicate;

/**
 * What the operator answers to the start of a payment. It can be one of two documents,
 * both signed and about the order that was sent; anything else says nothing.
 */
final class StartAnswer {

	/** The order is there already, and paid: the one refusal that is none. */
	private static final String PAID_ALREADY = "MULTIPLY_PAID_TRANSACTION";

	/** Of a URL, in characters. */
	private static final int LONGEST = 2048;

	private StartAnswer() {
	}

	/**
	 * Reads one.
	 * @param bytes as received
	 * @param orderId what was sent
	 * @param key signs it
	 * @param page whether the customer may be sent there
	 * @return {@link Start.Accepted} or {@link Start.Refused}
	 * @throws RuntimeException if it says nothing
	 */
	static Start read(byte[] bytes, String orderId, SharedKey key, Predicate<URI> page) {
		Element answer = Element.read(bytes);
		if (!answer.name().equals("transaction") || !answer.isSignedWith(key)
				|| !answer.required("orderID").equals(orderId)) {
			throw new Element.Unreadable("no answer to this order");
		}
		if (answer.text("confirmation").isPresent()) {
			return refused(answer);
		}
		String remoteId = answer.required("remoteID");
		String redirect = answer.required("redirecturl");
		if (!answer.required("status").equals("PENDING") || !TransactionList.NUMBER.matcher(remoteId).matches()
				|| redirect.length() > LONGEST || !page.test(URI.create(redirect))) {
			throw new Element.Unreadable("no page of the operator");
		}
		return new Start.Accepted(URI.create(redirect), remoteId);
	}

	private static Start refused(Element answer) {
		String reason = answer.text("reason").orElse("");
		if (!answer.required("confirmation").equals("NOTCONFIRMED") || reason.equals(PAID_ALREADY)) {
			throw new Element.Unreadable("no refusal");
		}
		return new Start.Refused(reason);
	}

}
