package pl.bramka.gateway.readingrules;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.Section;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What may be read on a meter, before anything is typed.
 */
@RestController
final class ReadingOptionsController {

	private final ReadingRules rules;

	private final JsonMapper json;

	ReadingOptionsController(ReadingRules rules, JsonMapper json) {
		this.rules = rules;
		this.json = json;
	}

	/**
	 * Whether a meter may be read today and why not, what a reading would be for, and
	 * what its registers may be expected to show. A reading is billed if the customer has
	 * Telerachunek and today is in the billing month; it is then taken on the days
	 * {@code opensOn} to {@code closesOn}. Any other is a control reading.
	 * @param customer who asks
	 * @param id the meter's number, with its leading zeros
	 * @param cacheControl {@code no-cache} is pull-to-refresh
	 * @return the options and their age
	 */
	@GetMapping("/v1/meters/{id}/reading-options")
	@Answers({ ProblemCode.METER_NOT_FOUND, ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE,
			ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<Section<ReadingOptions>>>> options(@AuthenticationPrincipal Customer customer,
			@PathVariable String id,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, required = false) @Nullable String cacheControl) {
		return this.rules.options(customer, id, Rendition.isWantedAnew(cacheControl))
			.map(Section::of)
			.map((options) -> Rendition.of(this.json, options).ok());
	}

}
