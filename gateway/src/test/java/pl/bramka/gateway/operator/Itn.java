package pl.bramka.gateway.operator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import pl.bramka.mocks.operator.Payment;

/**
 * Notifications, put together as the operator does it, or nearly so.
 *
 * @param service which of our services
 * @param transactions the fields of each, as they are written
 * @param key what it is signed with
 */
public record Itn(String service, List<String> transactions, String key) {

	/** The one that is written down with the contract. */
	static final String SAMPLE = "<transactionList><serviceID>900001</serviceID><transactions><transaction>"
			+ "<orderID>PAY-000042</orderID><remoteID>9DEMO001</remoteID><amount>214.97</amount>"
			+ "<currency>PLN</currency><gatewayID>509</gatewayID><paymentDate>20261102101530</paymentDate>"
			+ "<paymentStatus>SUCCESS</paymentStatus><paymentStatusDetails>AUTHORIZED</paymentStatusDetails>"
			+ "<startAmount>213.47</startAmount></transaction></transactions>"
			+ "<hash>269280ebb0a7dacb34f3d1c91be3bce2de7f0d8c9d2934c8928dad0a6cde22e5</hash></transactionList>";

	public static Itn of(String... transactions) {
		return new Itn(Payment.PAYER_BORNE, List.of(transactions), Orders.KEY);
	}

	Itn signedWith(String other) {
		return new Itn(this.service, this.transactions, other);
	}

	public Itn about(String other) {
		return new Itn(other, this.transactions, this.key);
	}

	/** A transaction that is well. */
	static String transaction(String orderId, String remoteId, String status) {
		return field("orderID", orderId) + field("remoteID", remoteId) + field("amount", "214.97")
				+ field("currency", "PLN") + field("gatewayID", "509") + field("paymentDate", "20261102101530")
				+ field("paymentStatus", status) + field("startAmount", "213.47");
	}

	public static String field(String name, String value) {
		return "<" + name + ">" + value + "</" + name + ">";
	}

	/** The hash is over the texts of all leaves in their order. */
	String xml() {
		List<String> texts = new ArrayList<>(List.of(this.service));
		StringBuilder xml = new StringBuilder("<transactionList>").append(field("serviceID", this.service))
			.append("<transactions>");
		for (String transaction : this.transactions) {
			xml.append(field("transaction", transaction));
			texts.addAll(List.of(transaction.replaceAll("<[^>]*>", "\n").split("\n+")));
		}
		return xml.append("</transactions>")
			.append(field("hash", new SharedKey(this.key).hash(texts)))
			.append("</transactionList>")
			.toString();
	}

	public String form() {
		return form(xml());
	}

	/** What is answered to a notification of one order that was booked. */
	public static String confirmation(String service, String orderId) {
		return answer(service, orderId, "CONFIRMED");
	}

	/** What is answered to a notification of one order: CONFIRMED or NOTCONFIRMED. */
	public static String answer(String service, String orderId, String confirmation) {
		return "<confirmationList>" + field("serviceID", service) + "<transactionsConfirmations><transactionConfirmed>"
				+ field("orderID", orderId) + field("confirmation", confirmation)
				+ "</transactionConfirmed></transactionsConfirmations>"
				+ field("hash", new SharedKey(Orders.KEY).hash(List.of(service, orderId, confirmation)))
				+ "</confirmationList>";
	}

	static String form(String xml) {
		return form(xml.getBytes(StandardCharsets.UTF_8));
	}

	static String form(byte[] xml) {
		return "transactions=" + URLEncoder.encode(Base64.getEncoder().encodeToString(xml), StandardCharsets.UTF_8);
	}

}
