package pl.bramka.gateway.payments;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.idempotency.Request;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.stepup.RecentSignIn;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Paying what was quoted, and what became of it.
 */
@RestController
final class PaymentController {

	private final Payments payments;

	PaymentController(Payments payments) {
		this.payments = payments;
	}

	/**
	 * Asks for a payment.
	 *
	 * @param quoteId the quote that the customer has seen
	 */
	@Schema(example = "{\"quoteId\":\"k1.2VfUX5hZ1x0\"}")
	record PaymentRequest(@NotBlank @Size(max = 8192) String quoteId) {
	}

	/**
	 * Starts a payment of what was quoted. Its documents are taken at once: no other
	 * payment can have them until this one is over. The same key again brings the same
	 * answer for a day, and never a second payment. If the answer has no
	 * {@code redirectUrl}, the operator has not said whether it has the order: ask for
	 * the payment until it is final.
	 * @param customer who pays
	 * @param idempotencyKey names this request: a new one for each payment that the
	 * customer means
	 * @param acceptLanguage the language of the operator's page
	 * @param body what was quoted
	 * @return the payment, and where the customer pays
	 */
	@PostMapping("/v1/payments")
	@ResponseStatus(HttpStatus.CREATED)
	@RecentSignIn
	@Answers({ ProblemCode.INVOICE_NOT_FOUND, ProblemCode.DOCUMENT_NOT_PAYABLE, ProblemCode.QUOTE_OUTDATED,
			ProblemCode.REQUEST_UNDER_WAY, ProblemCode.IDEMPOTENCY_KEY_REUSED, ProblemCode.OPERATOR_REFUSED,
			ProblemCode.OPERATOR_UNAVAILABLE, ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE,
			ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.STORE_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Payment>> pay(@AuthenticationPrincipal Customer customer,
			@RequestHeader("Idempotency-Key") @Pattern(regexp = Request.KEY) String idempotencyKey,
			@RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage,
			@Valid @RequestBody PaymentRequest body) {
		return this.payments.start(customer, idempotencyKey, body.quoteId(), Language.of(acceptLanguage))
			.map((payment) -> ResponseEntity.status(HttpStatus.CREATED)
				.cacheControl(CacheControl.noStore())
				.body(payment));
	}

	/**
	 * How far a payment is.
	 * @param customer who asks
	 * @param id of the payment
	 * @return the payment as it is now
	 */
	@GetMapping("/v1/payments/{id}")
	@Answers({ ProblemCode.PAYMENT_NOT_FOUND, ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Payment>> payment(@AuthenticationPrincipal Customer customer, @PathVariable String id) {
		return this.payments.find(customer.id(), id)
			.map((payment) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(payment));
	}

}
