package pl.bramka.gateway.paylinks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Links that pay one document: the app makes them, and browsers open them.
 */
@RestController
final class PayLinkController {

	/** Where links are opened; the rest of the path is the link. */
	static final String OPENED = "/v1/pay-links/";

	private static final PropertyPlaceholderHelper PLACES = new PropertyPlaceholderHelper("{", "}");

	private final PayLinks links;

	private final String refusal;

	PayLinkController(PayLinks links) {
		this.links = links;
		try {
			this.refusal = new ClassPathResource("paylinks/refusal.html").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes a link that pays one document. It works in any browser without a session,
	 * until it expires, and shows nothing of the customer: not even the document before
	 * the operator does.
	 * @param customer whose document it is
	 * @param id the document's number
	 * @param acceptLanguage of a refusal
	 * @return the link
	 */
	@PostMapping("/v1/invoices/{id}/pay-link")
	@ResponseStatus(HttpStatus.CREATED)
	@Answers({ ProblemCode.INVOICE_NOT_FOUND, ProblemCode.DOCUMENT_NOT_PAYABLE, ProblemCode.OPERATOR_UNAVAILABLE,
			ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED,
			ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<PayLinks.MadeLink>> make(@AuthenticationPrincipal Customer customer, @PathVariable String id,
			@RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage) {
		return this.links.make(customer, id, Language.of(acceptLanguage))
			.map((link) -> ResponseEntity.status(HttpStatus.CREATED).cacheControl(CacheControl.noStore()).body(link));
	}

	/**
	 * Opens a link: leads on to the operator's page for the document. A browser that
	 * cannot be led there is shown a page that says why, everybody else a problem.
	 * @param token the link
	 * @param exchange says whether it is a browser, and the language of whoever opens it
	 * @return the way to the operator's page
	 */
	@GetMapping(OPENED + "{token}")
	@ResponseStatus(HttpStatus.SEE_OTHER)
	@Answers(pages = true,
			value = { ProblemCode.NOT_FOUND, ProblemCode.PAY_LINK_EXPIRED, ProblemCode.INVOICE_NOT_FOUND,
					ProblemCode.DOCUMENT_NOT_PAYABLE, ProblemCode.OPERATOR_REFUSED, ProblemCode.OPERATOR_UNAVAILABLE,
					ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED,
					ProblemCode.CRM_UNAVAILABLE, ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Void>> open(@PathVariable String token, ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		Language language = Language.of(headers.getFirst(HttpHeaders.ACCEPT_LANGUAGE));
		Mono<ResponseEntity<Void>> led = this.links.open(token, language).map(PayLinkController::to);
		return isBrowser(headers) ? led.onErrorResume(Problem.class,
				(problem) -> show(problem, language, exchange.getResponse()).then(Mono.empty())) : led;
	}

	private static boolean isBrowser(HttpHeaders headers) {
		return headers.getOrEmpty(HttpHeaders.ACCEPT)
			.stream()
			.anyMatch((type) -> type.contains(MediaType.TEXT_HTML_VALUE));
	}

	private static ResponseEntity<Void> to(URI page) {
		return ResponseEntity.status(HttpStatus.SEE_OTHER)
			.cacheControl(CacheControl.noStore())
			.header("Referrer-Policy", "no-referrer")
			.location(page)
			.build();
	}

	/** Nothing in it comes from the request. */
	private Mono<Void> show(Problem problem, Language language, ServerHttpResponse response) {
		byte[] page = PLACES
			.replacePlaceholders(this.refusal,
					Map.of("language", language.tag(), "sentence", problem.code().detail(language))::get)
			.getBytes(StandardCharsets.UTF_8);
		response.setStatusCode(problem.code().status());
		HttpHeaders headers = response.getHeaders();
		headers.setCacheControl(CacheControl.noStore());
		headers.setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
		headers.setContentLength(page.length);
		headers.set(HttpHeaders.CONTENT_LANGUAGE, language.tag());
		headers.set("Content-Security-Policy", "default-src 'none'");
		headers.set("Referrer-Policy", "no-referrer");
		Long seconds = problem.retryAfterSeconds();
		if (seconds != null) {
			headers.set(HttpHeaders.RETRY_AFTER, seconds.toString());
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(page)));
	}

}
