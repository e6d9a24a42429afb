package pl.bramka.mocks.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import pl.bramka.mocks.Caller;
import pl.bramka.mocks.Mocks;

/**
 * Payments that are started at the pretended operator, as the gateway would.
 */
public final class Paywall {

	static final String RETURN = "https://app.example/back";

	private static final String HEADER = "BmHeader";

	private static final String HEADER_VALUE = "pay-bm-continue-transaction-url";

	private Paywall() {
	}

	/**
	 * Starts a payment whose payer bears the fee, and says where to pay it.
	 * @param mocks whose operator
	 * @param orderId of the payment
	 * @param documents that are paid, each 100 zloty
	 */
	public static URI start(Mocks mocks, String orderId, String... documents) throws IOException {
		return startFor(Payment.PAYER_BORNE, mocks, orderId, documents);
	}

	static URI startFor(String serviceId, Mocks mocks, String orderId, String... documents) throws IOException {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("ServiceID", serviceId);
		form.put("OrderID", orderId);
		form.put("Amount", 100 * Math.max(1, documents.length) + ".00");
		if (documents.length > 0) {
			String list = Arrays.stream(documents)
				.map((id) -> "<product><subAmount>100.00</subAmount><params><param name=\"invoiceNumber\" value=\"" + id
						+ "\"/><param name=\"customerNumber\" value=\"1\"/></params></product>")
				.collect(Collectors.joining("", "<productList>", "</productList>"));
			form.put("Products", Base64.getEncoder().encodeToString(list.getBytes(StandardCharsets.UTF_8)));
		}
		form.put("ReturnURL", RETURN);
		form.put("Hash", Hash.of(List.copyOf(form.values())));
		HttpResponse<String> answer = new Caller().postForm(mocks.operator(), "/payment", form, HEADER, HEADER_VALUE);
		return URI.create(Xml.first(Xml.read(answer.body()).orElseThrow(), "redirecturl"));
	}

}
