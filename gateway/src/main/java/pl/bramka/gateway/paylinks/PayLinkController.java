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
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

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
	 * @param accept whether it is a browser
	 * @param acceptLanguage the language of the operator's page, and of a refusal
	 * @return the way to the operator's page
	 */
	@GetMapping(OPENED + "{token}")
	@ResponseStatus(HttpStatus.SEE_OTHER)
	@Answers({ ProblemCode.NOT_FOUND, ProblemCode.PAY_LINK_EXPIRED, ProblemCode.INVOICE_NOT_FOUND,
			ProblemCode.DOCUMENT_NOT_PAYABLE, ProblemCode.OPERATOR_REFUSED, ProblemCode.OPERATOR_UNAVAILABLE,
			ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED,
			ProblemCode.CRM_UNAVAILABLE, ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<String>> open(@PathVariable String token,
			@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
			@RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage) {
		Language language = Language.of(acceptLanguage);
		Mono<ResponseEntity<String>> led = this.links.open(token, language).map(PayLinkController::to);
		return isBrowser(accept) ? led.onErrorResume(Problem.class, (problem) -> Mono.just(page(problem, language)))
				: led;
	}

	private static boolean isBrowser(@Nullable String accept) {
		return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
	}

	private static ResponseEntity<String> to(URI page) {
		return ResponseEntity.status(HttpStatus.SEE_OTHER)
			.cacheControl(CacheControl.noStore())
			.header("Referrer-Policy", "no-referrer")
			.location(page)
			.build();
	}

	/** Nothing in it comes from the request. */
	private ResponseEntity<String> page(Problem problem, Language language) {
		String page = PLACES.replacePlaceholders(this.refusal,
				Map.of("language", language.tag(), "sentence", problem.code().detail(language))::get);
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.code().status())
			.cacheControl(CacheControl.noStore())
			.header("Content-Security-Policy", "default-src 'none'")
			.header("Referrer-Policy", "no-referrer")
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
		Long seconds = problem.retryAfterSeconds();
		return ((seconds != null) ? answer.header(HttpHeaders.RETRY_AFTER, seconds.toString()) : answer).body(page);
	}

}
