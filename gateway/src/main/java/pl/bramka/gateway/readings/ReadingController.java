package pl.bramka.gateway.readings;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.idempotency.Request;
import pl.bramka.gateway.paging.Cursor;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.readingrules.ReadValue;
import pl.bramka.gateway.readings.ReadingHistory.ReadingPage;

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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Readings of the customer's meters.
 */
@RestController
final class ReadingController {

	private final Readings readings;

	private final ReadingHistory history;

	private final JsonMapper json;

	ReadingController(Readings readings, ReadingHistory history, JsonMapper json) {
		this.readings = readings;
		this.history = history;
		this.json = json;
	}

	/**
	 * Gives a reading of today.
	 *
	 * @param values what each register of the meter shows
	 * @param confirmed whether the customer was asked "are you sure?" and is; false if
	 * not said
	 */
	@Schema(example = "{\"values\":[{\"register\":\"001\",\"value\":18400},{\"register\":\"002\",\"value\":24950}]}")
	record ReadingRequest(@NotEmpty @Size(max = 20) List<@Valid @NotNull ReadValue> values,
			@Nullable Boolean confirmed) {

		Readings.Given of(String meterId) {
			return new Readings.Given(meterId, this.values, Boolean.TRUE.equals(this.confirmed));
		}

	}

	/**
	 * Gives a reading of today, a value for each register. Answered 201 when billing has
	 * it, with the amount to pay if it was a billing reading; 202 if billing cannot take
	 * it now: then it is kept with the time of its arrival, which counts, and what became
	 * of it is in the list of readings. The same key again brings the same answer for a
	 * day. {@code reading-implausible} asks whether the customer is sure: send it again
	 * with {@code confirmed}.
	 * @param customer who gives it
	 * @param id the meter's number, with its leading zeros
	 * @param idempotencyKey names this request: a new one for each reading that the
	 * customer means
	 * @param acceptLanguage of the sentences
	 * @param body what was read
	 * @return the reading and how far it is
	 */
	@PostMapping("/v1/meters/{id}/readings")
	@ApiResponse(responseCode = "201")
	@ApiResponse(responseCode = "202")
	@Answers({ ProblemCode.METER_NOT_FOUND, ProblemCode.READING_NOT_OFFERED, ProblemCode.READING_WINDOW_CLOSED,
			ProblemCode.READING_ALREADY_GIVEN, ProblemCode.READING_INCOMPLETE, ProblemCode.READING_OUT_OF_RANGE,
			ProblemCode.READING_BELOW_PREVIOUS, ProblemCode.READING_IMPLAUSIBLE, ProblemCode.READING_REFUSED,
			ProblemCode.REQUEST_UNDER_WAY, ProblemCode.IDEMPOTENCY_KEY_REUSED, ProblemCode.BILLING_REFUSED,
			ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Reading>> give(@AuthenticationPrincipal Customer customer, @PathVariable String id,
			@RequestHeader("Idempotency-Key") @Pattern(regexp = Request.KEY) String idempotencyKey,
			@RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage,
			@Valid @RequestBody ReadingRequest body) {
		return this.readings.give(customer, idempotencyKey, body.of(id), Language.of(acceptLanguage))
			.map((reading) -> ResponseEntity
				.status((reading.state() == Reading.State.KEPT) ? HttpStatus.ACCEPTED : HttpStatus.CREATED)
				.cacheControl(CacheControl.noStore())
				.body(reading));
	}

	/**
	 * What was read on a meter, by whomever, newest first, with what the customer gave
	 * and billing has not taken yet. Read on with {@code nextCursor}.
	 * @param customer who asks
	 * @param id the meter's number, with its leading zeros
	 * @param cursor where the page begins: {@code nextCursor} of the page before
	 * @param limit how many at most
	 * @param cacheControl {@code no-cache} is pull-to-refresh
	 * @param acceptLanguage of the sentences
	 * @return a page of readings and the age of billing's part
	 */
	@GetMapping("/v1/meters/{id}/readings")
	@Answers({ ProblemCode.INVALID_CURSOR, ProblemCode.METER_NOT_FOUND, ProblemCode.BILLING_REFUSED,
			ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<ReadingPage>>> readings(@AuthenticationPrincipal Customer customer,
			@PathVariable String id, @RequestParam(required = false) @Nullable String cursor,
			@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, required = false) @Nullable String cacheControl,
			@RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage) {
		return this.history
			.page(customer, id, (cursor != null) ? Cursor.of(cursor) : null, limit,
					Rendition.isWantedAnew(cacheControl), Language.of(acceptLanguage))
			.map((page) -> Rendition.of(this.json, page).ok());
	}

}
