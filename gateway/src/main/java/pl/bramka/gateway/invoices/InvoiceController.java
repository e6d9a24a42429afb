package pl.bramka.gateway.invoices;

import java.util.Set;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.Section;
import pl.bramka.gateway.paging.Cursor;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.FileStream;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;

/**
 * The customer's documents. {@code Cache-Control: no-cache} is how the app says that the
 * customer pulled to refresh.
 */
@RestController
final class InvoiceController {

	private final Invoices invoices;

	private final JsonMapper json;

	InvoiceController(Invoices invoices, JsonMapper json) {
		this.json = json;
		this.invoices = invoices;
	}

	/**
	 * The customer's documents, newest first. Read on with {@code nextCursor} and the
	 * same filters; documents that come in between move none.
	 * @param customer who asks
	 * @param state only those that are open or settled
	 * @param medium only those for this medium
	 * @param contractId only those of this contract's payer number
	 * @param cursor where the page begins: {@code nextCursor} of the page before
	 * @param limit how many at most
	 * @param cacheControl {@code no-cache} is pull-to-refresh
	 * @return a page of documents and their age
	 */
	@GetMapping("/v1/invoices")
	@Answers({ ProblemCode.INVALID_CURSOR, ProblemCode.CONTRACT_NOT_FOUND, ProblemCode.BILLING_REFUSED,
			ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<InvoicePage>>> invoices(@AuthenticationPrincipal Customer customer,
			@RequestParam(required = false) InvoiceSummary.@Nullable Status state,
			@RequestParam(required = false) @Nullable Medium medium,
			@RequestParam(required = false) @Nullable String contractId,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(defaultValue = "" + InvoiceQuery.USUAL_LIMIT) @Min(1) @Max(100) int limit,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, required = false) @Nullable String cacheControl) {
		InvoiceQuery query = new InvoiceQuery(state, medium, contractId, (cursor != null) ? Cursor.of(cursor) : null,
				limit);
		boolean reload = Rendition.isWantedAnew(cacheControl);
		return this.invoices.page(customer, query, reload).map(Rendition::ok);
	}

	/**
	 * One document.
	 * @param customer who asks
	 * @param id its number, with its leading zeros
	 * @return the document and its age
	 */
	@GetMapping("/v1/invoices/{id}")
	@Answers({ ProblemCode.INVOICE_NOT_FOUND, ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE,
			ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<Section<InvoiceDetail>>>> invoice(@AuthenticationPrincipal Customer customer,
			@PathVariable String id) {
		return this.invoices.detail(customer, id)
			.map(Section::of)
			.map((section) -> Rendition.of(this.json, section).ok());
	}

	/**
	 * The PDF of a document. Sent while it comes from billing: an answer that breaks off
	 * is not whole, and is asked for again.
	 * @param customer who asks
	 * @param id its number, with its leading zeros
	 * @param exchange where it is written
	 * @return the file
	 */
	@GetMapping("/v1/invoices/{id}/pdf")
	@Answers({ ProblemCode.INVOICE_NOT_FOUND, ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE,
			ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	@ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_PDF_VALUE,
			schema = @Schema(type = "string", format = "binary")))
	Mono<Void> pdf(@AuthenticationPrincipal Customer customer, @PathVariable String id, ServerWebExchange exchange) {
		if (!HttpMethod.GET.equals(exchange.getRequest().getMethod())) {
			// Billing would have to send all of it to say how it begins.
			return Mono.error(new MethodNotAllowedException(HttpMethod.HEAD, Set.of(HttpMethod.GET)));
		}
		return this.invoices.pdf(customer, id, (file) -> write(id, file, exchange.getResponse()));
	}

	/** Of what billing said of it nothing is handed on but its length. */
	private static Mono<Void> write(String id, FileStream file, ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		headers.setCacheControl(CacheControl.noStore());
		headers.setContentType(MediaType.APPLICATION_PDF);
		headers.setContentDisposition(ContentDisposition.inline().filename(id + ".pdf").build());
		if (file.length() >= 0) {
			headers.setContentLength(file.length());
		}
		return response.writeWith(file.pieces());
	}

}
