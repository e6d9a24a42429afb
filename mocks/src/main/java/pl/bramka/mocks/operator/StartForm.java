package pl.bramka.mocks.operator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.http.FormParameter;
import com.github.tomakehurst.wiremock.http.Request;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The form that starts a payment, or asks for its state.
 *
 * @param request as received
 */
record StartForm(Request request) {

	/** Order of the values in the hash. */
	private static final List<String> ORDER = List.of("ServiceID", "OrderID", "Amount", "Description", "GatewayID",
			"Currency", "CustomerEmail", "Language", "CustomerIP", "Title", "Products", "CustomerPhone", "ValidityTime",
			"LinkValidityTime", "AuthorizationCode", "ScreenType", "ReturnURL");

	String field(String name) {
		FormParameter field = this.request.formParameter(name);
		return (field != null && field.isPresent()) ? field.firstValue() : "";
	}

	boolean isHashed() {
		return Hash.of(ORDER.stream().map(this::field).toList()).equals(field("Hash"));
	}

	boolean isKnownService() {
		return List.of(Payment.PAYER_BORNE, Payment.MERCHANT_BORNE).contains(field("ServiceID"));
	}

	/**
	 * Why this start is refused.
	 * @return empty if it is not
	 */
	Optional<String> refusal() {
		if (!isKnownService()) {
			return Optional.of("INVALID_SERVICE_ID");
		}
		if (!isHashed()) {
			return Optional.of("INVALID_HASH");
		}
		if (!field("OrderID").matches("[A-Za-z0-9_-]{1,32}") || field("Description").length() > 79
				|| !field("LinkValidityTime").matches("|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d")) {
			return Optional.of("INVALID_PARAMETER");
		}
		if (!field("Amount").matches("\\d{1,9}\\.\\d{2}") || amount().signum() <= 0) {
			return Optional.of("INVALID_AMOUNT");
		}
		if (!field("Currency").matches("|PLN")) {
			return Optional.of("INVALID_CURRENCY");
		}
		return productsAreRight() ? Optional.empty() : Optional.of("INVALID_PRODUCTS");
	}

	BigDecimal amount() {
		return new BigDecimal(field("Amount"));
	}

	/**
	 * The invoice numbers of the products.
	 * @return in their order, empty if there are no products
	 */
	List<String> documents() {
		return products().stream()
			.flatMap((root) -> params(root).stream())
			.filter((param) -> param.getAttribute("name").equals("invoiceNumber"))
			.map((param) -> param.getAttribute("value"))
			.toList();
	}

	private boolean productsAreRight() {
		if (field("Products").isEmpty()) {
			return true;
		}
		try {
			return products().filter(this::addsUp).isPresent();
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	private Optional<Element> products() {
		try {
			String xml = new String(Base64.getDecoder().decode(field("Products")), StandardCharsets.UTF_8);
			return Xml.read(xml).filter((root) -> root.getTagName().equals("productList"));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private boolean addsUp(Element list) {
		BigDecimal sum = BigDecimal.ZERO;
		NodeList products = list.getElementsByTagName("product");
		for (int i = 0; i < products.getLength(); i++) {
			Element product = (Element) products.item(i);
			if (!isParam(product, "invoiceNumber") || !isParam(product, "customerNumber")) {
				return false;
			}
			sum = sum.add(new BigDecimal(Xml.first(product, "subAmount")));
		}
		return sum.compareTo(amount()) == 0;
	}

	private static boolean isParam(Element product, String name) {
		return params(product).stream()
			.anyMatch((param) -> param.getAttribute("name").equals(name) && !param.getAttribute("value").isEmpty());
	}

	private static List<Element> params(Element parent) {
		NodeList params = parent.getElementsByTagName("param");
		return IntStream.range(0, params.getLength()).mapToObj((at) -> (Element) params.item(at)).toList();
	}

}
