package pl.bramka.gateway.consumption;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The customer's use over time. {@code Cache-Control: no-cache} is how the app says that
 * the customer pulled to refresh.
 */
@RestController
final class ConsumptionController {

	private static final String DATE = "uuuu-MM-dd";

	private final Consumptions consumptions;

	private final ConsumptionProperties settings;

	private final JsonMapper json;

	ConsumptionController(Consumptions consumptions, ConsumptionProperties settings, JsonMapper json) {
		this.consumptions = consumptions;
		this.settings = settings;
		this.json = json;
	}

	/**
	 * The use of a contract over time. Days are those of Europe/Warsaw, both ends belong
	 * to the range, and a month that has one of them is shown whole. A step that billing
	 * knows nothing of is a gap: it has no point, and is never shown as zero; nor is what
	 * lies before the contract or in the future. Hours and days come from a smart meter,
	 * usually the day after. A contract without one, and any gas contract, is answered
	 * {@code granularity-unavailable} and not with an empty chart, which would say that
	 * nothing was used or that it will come; it has months. The longest range is 31 days
	 * by the hour, 366 days by the day, 36 months by the month, unless an installation
	 * sets other limits.
	 * @param customer who asks
	 * @param id number of the contract, with its leading zeros
	 * @param from the first day, as {@code 2026-10-01}
	 * @param to the last day, itself in the range; today, and what is to come, may be in
	 * it
	 * @param granularity what a point stands for
	 * @param cacheControl {@code no-cache} is pull-to-refresh
	 * @return the points in order, what they come to, and their age
	 */
	@GetMapping("/v1/contracts/{id}/consumption")
	@Answers({ ProblemCode.CONTRACT_NOT_FOUND, ProblemCode.GRANULARITY_UNAVAILABLE, ProblemCode.BILLING_REFUSED,
			ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<ConsumptionChart>>> consumption(@AuthenticationPrincipal Customer customer,
			@PathVariable String id, @RequestParam @DateTimeFormat(pattern = DATE) LocalDate from,
			@RequestParam @DateTimeFormat(pattern = DATE) LocalDate to, @RequestParam Granularity granularity,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, required = false) @Nullable String cacheControl) {
		ConsumptionQuery query = ConsumptionQuery.of(granularity, from, to, this.settings.longest());
		return this.consumptions.chart(customer, id, query, Rendition.isWantedAnew(cacheControl))
			.map((chart) -> Rendition.of(this.json, chart).ok());
	}

}
