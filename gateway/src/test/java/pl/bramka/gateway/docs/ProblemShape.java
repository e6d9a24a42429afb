package pl.bramka.gateway.docs;

import java.math.BigDecimal;
import java.util.List;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;

import static pl.bramka.gateway.docs.Parts.ref;
import static pl.bramka.gateway.docs.Parts.text;
import static pl.bramka.gateway.docs.Parts.words;

/**
 * The members of a problem: those of RFC 9457, and what codes add.
 */
final class ProblemShape {

	private ProblemShape() {
	}

	static Schema<?> schema() {
		return new ObjectSchema().description("What went wrong (RFC 9457). Decide by `code`; show `detail`.")
			.addProperty("type", text().format("uri-reference").description("Where the code stands in the catalogue."))
			.addProperty("title", text().description("The code in words, always in English."))
			.addProperty("status", new IntegerSchema().description("The status of the answer."))
			.addProperty("detail", text().description("A sentence for the person who holds the phone."))
			.addProperty("code", ref("ProblemCode"))
			.addProperty("retryable",
					new BooleanSchema().description("Whether the same call may succeed later without a change."))
			.addProperty("requestId", text().description("The same as in the header `Request-Id`."))
			.addProperty("errors",
					new ArraySchema()
						.items(new ObjectSchema().addProperty("field", text().description("Its name."))
							.addRequiredItem("field"))
						.description("Of `invalid-request`: each value that is wrong."))
			.addProperty("storeLink",
					text().format("uri").description("Of `update-required`: where there is a newer version."))
			.addProperty("retryAfterSeconds",
					new IntegerSchema().minimum(BigDecimal.ONE).description("The same as in the header `Retry-After`."))
			.addProperty("reason",
					words("REPEATED", "SEQUENCE", "YEAR", "COMMON").description("Of `weak-pin`: why it is weak."))
			.addProperty("feature", ref("Feature").description("Of `feature-off`: what is being worked on."))
			.addProperty("until", text().format("date-time").description("Of `feature-off`: when it is over."))
			.addProperty("form",
					text().format("uri").description("Of `account-deletion-by-contact`: the page with the form."))
			.addProperty("phone", text().description("Of `account-deletion-by-contact`: as it is dialled."))
			.addProperty("documents",
					new ArraySchema()
						.items(new ObjectSchema().addProperty("id", text().description("Its number."))
							.addProperty("reason",
									words("ONGOING", "PAID", "CANCELLED", "NEGATIVE", "DIRECT_DEBIT")
										.description("Why it cannot be paid."))
							.required(List.of("id", "reason")))
						.description("Of `document-not-payable`: each of them."))
			.addProperty("available",
					new ArraySchema().items(words("MONTH"))
						.description("Of `granularity-unavailable`: what the contract has."))
			.addProperty("notOffered",
					words("MEDIUM", "NO_REGISTERS")
						.description("Of `reading-not-offered`: it is no electricity meter, or has nothing to read."))
			.addProperty("opensOn",
					text().format("date")
						.description("Of `reading-window-closed`: the first day on which it is taken."))
			.addProperty("closesOn",
					text().format("date").description("Of `reading-window-closed`: the last day on which it is taken."))
			.addProperty("registers",
					new ArraySchema().items(register())
						.description("Of `reading-incomplete`: all that are wanted. Of `reading-out-of-range`,"
								+ " `reading-below-previous` and `reading-implausible`: those to look at again."))
			.addProperty("quote", ref("Quote").description("Of `quote-outdated`: what holds now."))
			.required(List.of("type", "title", "status", "detail", "code", "retryable", "requestId"));
	}

	private static Schema<?> register() {
		return new ObjectSchema().addProperty("id", text().description("Its number on the meter."))
			.addProperty("zone", words("TOTAL", "PEAK", "OFF_PEAK", "OTHER").description("What it counts."))
			.addProperty("integerPlaces", new IntegerSchema().description("Digits before the comma."))
			.addProperty("decimalPlaces", new IntegerSchema().description("Digits behind it."))
			.addProperty("plausible", ref("PlausibleRange"))
			.addRequiredItem("id");
	}

}
