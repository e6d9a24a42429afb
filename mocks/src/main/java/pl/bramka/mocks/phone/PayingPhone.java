package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a phone does with documents and payments. Each call gives back the answer as it
 * came, and throws if there was none.
 */
sealed interface PayingPhone permits Phone {

	String QUOTE = "/v1/payments/quote";

	String PAYMENTS = "/v1/payments";

	<T> HttpResponse<T> send(String method, String path, @Nullable String json, BodyHandler<T> handler,
			String... headers) throws IOException;

	/** One document. */
	default HttpResponse<String> invoice(String id) throws IOException {
		return text("GET", invoicePath(id), null);
	}

	/** The PDF of a document. */
	default HttpResponse<byte[]> invoicePdf(String id) throws IOException {
		return send("GET", invoicePath(id) + "/pdf", null, BodyHandlers.ofByteArray());
	}

	/** What paying these documents would cost. */
	default HttpResponse<String> quote(List<String> documents) throws IOException {
		return text("POST", QUOTE, quoteBody(documents));
	}

	/** Starts the payment of a quote; the same key never starts a second one. */
	default HttpResponse<String> pay(String quoteId, String key) throws IOException {
		return text("POST", PAYMENTS, payBody(quoteId), "Idempotency-Key", key);
	}

	/** One payment. */
	default HttpResponse<String> payment(String id) throws IOException {
		return text("GET", PAYMENTS + "/" + id, null);
	}

	/** The first page of the archive. */
	default HttpResponse<String> payments() throws IOException {
		return text("GET", PAYMENTS, null);
	}

	/** A link with which anybody can pay the document. */
	default HttpResponse<String> payLink(String id) throws IOException {
		return text("POST", invoicePath(id) + "/pay-link", null);
	}

	/** Switches paperless documents on or off. */
	default HttpResponse<String> eInvoice(String contractId, boolean enabled) throws IOException {
		return text("PUT", eInvoicePath(contractId), eInvoiceBody(enabled));
	}

	static String invoicePath(String id) {
		return "/v1/invoices/" + id;
	}

	static String contractPath(String contractId) {
		return "/v1/contracts/" + contractId;
	}

	static String eInvoicePath(String contractId) {
		return contractPath(contractId) + "/e-invoice";
	}

	static String quoteBody(List<String> documents) {
		return JsonMapper.shared().writeValueAsString(Map.of("documents", documents));
	}

	static String payBody(String quoteId) {
		return JsonMapper.shared().writeValueAsString(Map.of("quoteId", quoteId));
	}

	static String eInvoiceBody(boolean enabled) {
		return JsonMapper.shared().writeValueAsString(Map.of("enabled", enabled));
	}

	private HttpResponse<String> text(String method, String path, @Nullable String json, String... headers)
			throws IOException {
		return send(method, path, json, BodyHandlers.ofString(), headers);
	}

}
