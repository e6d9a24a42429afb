package pl.bramka.gateway.archive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.paging.Cursor;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The customer's past payments. {@code Cache-Control: no-cache} is how the app says that
 * the customer pulled to refresh.
 */
@RestController
final class ArchiveController {

	private final Archive archive;

	private final JsonMapper json;

	ArchiveController(Archive archive, JsonMapper json) {
		this.archive = archive;
		this.json = json;
	}

	/**
	 * The customer's payments of all channels, newest first, each once. Read on with
	 * {@code nextCursor}; payments that come in between move none.
	 * @param customer who asks
	 * @param cursor where the page begins: {@code nextCursor} of the page before
	 * @param limit how many at most
	 * @param cacheControl {@code no-cache} is pull-to-refresh
	 * @return a page of payments and the age of billing's part
	 */
	@GetMapping("/v1/payments")
	@Answers({ ProblemCode.INVALID_CURSOR, ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE,
			ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.STORE_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<ArchivePage>>> payments(@AuthenticationPrincipal Customer customer,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, required = false) @Nullable String cacheControl) {
		return this.archive
			.page(customer, (cursor != null) ? Cursor.of(cursor) : null, limit, Rendition.isWantedAnew(cacheControl))
			.map((page) -> Rendition.of(this.json, page).ok());
	}

}
