package pl.bramka.gateway.operator;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.upstream.FormPost;
import pl.bramka.gateway.wording.Wording;

/**
 * The forms that the operator takes. Nothing in them says who pays: no name, no e-mail,
 * no phone, no address.
 *
 * @param settings our services and where the customer comes back
 */
record OrderForm(OperatorProperties settings) {

	private static final Wording WORDING = Wording.of("operator");

	private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,32}");

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

	private static final ZoneId OPERATORS = ZoneId.of("Europe/Warsaw");

	/** Answers XML that leads to the page, where a browser would be redirected to it. */
	private static final Map<String, String> FOR_US = Map.of("BmHeader", "pay-bm-continue-transaction-url");

	/**
	 * Starts a payment. The order of the fields is the order in which they are signed.
	 * @throws IllegalArgumentException if the operator would not understand the order
	 */
	FormPost start(Order order) {
		check(order);
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("ServiceID", this.settings.of(order.bearer()).service());
		fields.put("OrderID", order.id());
		fields.put("Amount", decimal(order.amount()));
		fields.put("Description", description(order));
		fields.put("Currency", order.amount().currency());
		fields.put("Language", order.language().tag().toUpperCase(Locale.ROOT));
		fields.put("Products", products(order.items()));
		fields.put("ValidityTime", time(order.validUntil()));
		fields.put("LinkValidityTime", time(order.validUntil()));
		fields.put("ReturnURL", this.settings.returnUrl().toString());
		return signed("start", "/payment", FOR_US, fields, order.bearer());
	}

	/** Asks for all attempts to pay an order. */
	FormPost question(String orderId, FeeBearer bearer) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("ServiceID", this.settings.of(bearer).service());
		fields.put("OrderID", orderId);
		return signed("attempts", "/webapi/transactionStatus", Map.of(), fields, bearer);
	}

	private FormPost signed(String name, String path, Map<String, String> headers, Map<String, String> fields,
			FeeBearer bearer) {
		fields.put("Hash", this.settings.of(bearer).sharedKey().hash(List.copyOf(fields.values())));
		return new FormPost(name, path, headers, fields);
	}

	private static void check(Order order) {
		Money sum = order.items()
			.stream()
			.map(Order.Item::amount)
			.reduce(Money.zero(order.amount().currency()), Money::plus);
		boolean each = order.items().stream().allMatch((item) -> item.amount().signum() > 0);
		if (!ID.matcher(order.id()).matches() || !each || sum.signum() <= 0 || !sum.equals(order.amount())) {
			throw new IllegalArgumentException("no order that can be paid");
		}
	}

	/** At most 79 characters; the customer's bank shows it. */
	private static String description(Order order) {
		return WORDING.say(order.language(), "description", order.id());
	}

	private static String products(List<Order.Item> items) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			XMLStreamWriter xml = WRITERS.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
			xml.writeStartElement("productList");
			for (Order.Item item : items) {
				xml.writeStartElement("product");
				xml.writeStartElement("subAmount");
				xml.writeCharacters(decimal(item.amount()));
				xml.writeEndElement();
				xml.writeStartElement("params");
				param(xml, "invoiceNumber", item.invoiceId());
				param(xml, "customerNumber", item.contractAccountId());
				xml.writeEndElement();
				xml.writeEndElement();
			}
			xml.writeEndElement();
			xml.close();
		}
		catch (XMLStreamException ex) {
			throw new IllegalArgumentException("no products", ex);
		}
		return Base64.getEncoder().encodeToString(bytes.toByteArray());
	}

	private static void param(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
		xml.writeEmptyElement("param");
		xml.writeAttribute("name", name);
		xml.writeAttribute("value", value);
	}

	private static String decimal(Money money) {
		return BigDecimal.valueOf(money.amount(), 2).toPlainString();
	}

	private static String time(Instant time) {
		return TIME.format(time.atZone(OPERATORS));
	}

}
