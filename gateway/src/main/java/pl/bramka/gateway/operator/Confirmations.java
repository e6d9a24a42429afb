package pl.bramka.gateway.operator;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What the operator wants to hear of a notification, order by order. What is not
 * confirmed it sends again.
 */
final class Confirmations {

	private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

	private Confirmations() {
	}

	/**
	 * Writes them down, signed.
	 * @param account the service that was notified of
	 * @param orders each with whether it is confirmed, in the order of the notification
	 */
	static String of(OperatorProperties.Account account, Map<String, Boolean> orders) {
		StringWriter text = new StringWriter();
		List<String> signed = new ArrayList<>(List.of(account.service()));
		try {
			XMLStreamWriter xml = WRITERS.createXMLStreamWriter(text);
			xml.writeStartElement("confirmationList");
			leaf(xml, "serviceID", account.service());
			xml.writeStartElement("transactionsConfirmations");
			for (Map.Entry<String, Boolean> order : orders.entrySet()) {
				String confirmation = order.getValue() ? "CONFIRMED" : "NOTCONFIRMED";
				xml.writeStartElement("transactionConfirmed");
				leaf(xml, "orderID", order.getKey());
				leaf(xml, "confirmation", confirmation);
				xml.writeEndElement();
				signed.addAll(List.of(order.getKey(), confirmation));
			}
			xml.writeEndElement();
			leaf(xml, "hash", account.sharedKey().hash(signed));
			xml.writeEndElement();
			xml.close();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException(ex);
		}
		return text.toString();
	}

	private static void leaf(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
		xml.writeStartElement(name);
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

}
