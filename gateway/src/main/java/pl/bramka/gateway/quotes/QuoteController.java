package pl.bramka.gateway.quotes;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.validation.Valid;
import org.hibernate.validator.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a payment will cost.
 */
@RestController
final class QuoteController {

	private final Quotes quotes;

	QuoteController(Quotes quotes) {
		this.quotes = quotes;
	}

	/**
	 * Asks what paying documents together costs.
	 *
	 * @param documents their numbers, each once
	 */
	@Schema(example = "{\"documents\":[\"000500009001\",\"000500009002\"]}")
	record QuoteRequest(@NotNull @Size(min = 1,
			max = 20) @UniqueElements List<@NotNull @Pattern(regexp = "[0-9A-Za-z]{1,20}") String> documents) {
	}

	/**
	 * What paying some documents in one payment costs, and why. Starts nothing and
	 * reserves nothing: starting the payment with the quote asks for everything again.
	 * @param customer who asks
	 * @param acceptLanguage the language of the message
	 * @param body the documents
	 * @return the quote
	 */
	@PostMapping("/v1/payments/quote")
	@Answers({ ProblemCode.INVOICE_NOT_FOUND, ProblemCode.DOCUMENT_NOT_PAYABLE, ProblemCode.BILLING_REFUSED,
			ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.OPERATOR_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Quote>> quote(@AuthenticationPrincipal Customer customer,
			@RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage,
			@Valid @RequestBody Mono<QuoteRequest> body) {
		return body.flatMap((asked) -> this.quotes.quote(customer, asked.documents(), Language.of(acceptLanguage)))
			.map((quote) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(quote));
	}

}
