package pl.bramka.gateway.terms;

import java.net.URI;
import java.time.LocalDate;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The terms of use, and that a customer accepts them.
 */
@RestController
final class TermsController {

	static final String ACCEPTANCES = "/v1/terms/acceptances";

	private final Terms terms;

	private final Acceptances acceptances;

	private final SecurityEvents events;

	TermsController(Terms terms, Acceptances acceptances, SecurityEvents events) {
		this.terms = terms;
		this.acceptances = acceptances;
		this.events = events;
	}

	/**
	 * The terms of use in force.
	 *
	 * @param version what is sent to accept them
	 * @param validFrom their first day
	 * @param link where the text is
	 */
	record CurrentTerms(@Schema(example = "2026-01") String version, LocalDate validFrom, URI link) {
	}

	/**
	 * Accepts an edition of the terms.
	 *
	 * @param version the one that the customer has read
	 */
	record AcceptanceRequest(@Schema(example = "2026-01") @NotBlank @Size(min = 1, max = 40) String version) {
	}

	/**
	 * The terms of use in force. Needs no session: whoever thinks of signing in may read
	 * them.
	 * @return the edition in force
	 */
	@GetMapping("/v1/terms/current")
	ResponseEntity<CurrentTerms> currentTerms() {
		Edition current = this.terms.current();
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new CurrentTerms(current.version(), current.validFrom(), current.link()));
	}

	/**
	 * Accepts the terms in force. Sessions that waited for it go on at once, on all the
	 * customer's phones, with the tokens they have. Only the edition in force can be
	 * accepted: neither an older one nor one that is announced.
	 * @param customer who accepts
	 * @param body what is accepted
	 * @return accepted: 201 now, 200 before
	 */
	@PostMapping(ACCEPTANCES)
	@ApiResponse(responseCode = "200")
	@ApiResponse(responseCode = "201")
	@Answers({ ProblemCode.TERMS_OUTDATED, ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Void>> acceptTerms(@AuthenticationPrincipal Customer customer,
			@Valid @RequestBody Mono<AcceptanceRequest> body) {
		return body.flatMap((asked) -> accept(customer, asked.version()))
			.map((news) -> ResponseEntity.status(news ? HttpStatus.CREATED : HttpStatus.OK)
				.cacheControl(CacheControl.noStore())
				.build());
	}

	private Mono<Boolean> accept(Customer customer, String version) {
		if (!version.equals(this.terms.current().version())) {
			return Mono.error(Problem.of(ProblemCode.TERMS_OUTDATED));
		}
		return this.acceptances.add(customer.id(), version, customer.device())
			.flatMap((news) -> news
					? this.events.record(SecurityEvent.TERMS_ACCEPTED, customer.id(), customer.device(), "done")
						.thenReturn(true)
					: Mono.just(false));
	}

}
