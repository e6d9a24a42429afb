package pl.bramka.gateway.readings;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.meters.PastReading;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.readingrules.ReadingKind;

/**
 * A reading of a meter.
 *
 * @param id the receipt of a reading that was given here; absent of any other
 * @param meterId the meter
 * @param on the day it is of, by the calendar of Europe/Warsaw
 * @param receivedAt when it arrived here; absent of a reading that was not given here
 * @param source who read the meter
 * @param kind what it is for
 * @param state how far it is
 * @param values what each register shows
 * @param amountDue what is to be paid for it; absent of a control reading, and while
 * billing has not said so
 * @param invoiceId the document that says so
 * @param refusal why it was not taken; absent unless it was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reading(@Nullable @Schema(example = "3f8f0a52-6a0c-4f5e-9f0e-0d6a5c7b1e11") String id,
		@Schema(example = "000000000010009001") String meterId, LocalDate on, @Nullable Instant receivedAt,
		PastReading.Source source, ReadingKind kind, State state, List<RegisterValue> values, @Nullable Money amountDue,
		@Nullable @Schema(example = "000400009001") String invoiceId, @Nullable RefusedBecause refusal) {

	/**
	 * How far a reading is.
	 */
	@Schema(name = "ReadingState")
	public enum State {

		/**
		 * Kept here with the time it arrived, which counts; billing is told when it can.
		 */
		KEPT,

		/** Billing has it. */
		ACCEPTED,

		/** Billing has it, and somebody will look at it. */
		UNDER_REVIEW,

		/** It was kept here, and billing would not take it. */
		REFUSED

	}

	/**
	 * What a register shows.
	 *
	 * @param register its number on that meter
	 * @param value what it shows, in its unit
	 * @param use what was used since the reading before; absent if billing does not say
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record RegisterValue(@Schema(example = "001") String register, @Schema(example = "18400") BigDecimal value,
			@Nullable @Schema(example = "112") BigDecimal use) {
	}

	/**
	 * Why a reading was refused.
	 *
	 * @param code a code of the catalogue of problems
	 * @param detail the same for a person
	 */
	public record RefusedBecause(@Schema(ref = "ProblemCode") String code, String detail) {
	}

	/** The same, which was given here. */
	Reading with(StoredReading receipt) {
		return new Reading(receipt.id(), this.meterId, this.on, receipt.arrivedAt(), this.source, this.kind, this.state,
				this.values, this.amountDue, this.invoiceId, this.refusal);
	}

	static Reading from(StoredReading stored, Language language) {
		PastReading.Billed billed = stored.billed();
		ProblemCode refusal = stored.refusal();
		return new Reading(stored.id(), stored.meterId(), stored.on(), stored.arrivedAt(), PastReading.Source.CUSTOMER,
				stored.kind(), stored.state(),
				stored.values()
					.stream()
					.map((value) -> new RegisterValue(value.register(), value.value(), null))
					.toList(),
				(billed != null) ? billed.amount() : null, (billed != null) ? billed.invoiceId() : null,
				(refusal != null) ? new RefusedBecause(refusal.code(), refusal.detail(language)) : null);
	}

	/** What billing knows of one day, from one source, for one purpose. */
	static Reading from(String meterId, List<PastReading> registers) {
		PastReading first = registers.getFirst();
		PastReading.Billed billed = registers.stream()
			.map(PastReading::billed)
			.filter((each) -> each != null)
			.findFirst()
			.orElse(null);
		return new Reading(null, meterId, first.on(), null, first.source(),
				first.periodic() ? ReadingKind.BILLING : ReadingKind.CONTROL,
				registers.stream().anyMatch(PastReading::locked) ? State.UNDER_REVIEW : State.ACCEPTED,
				registers.stream()
					.map((each) -> new RegisterValue(each.registerId(), each.value(), each.use()))
					.toList(),
				(billed != null) ? billed.amount() : null, (billed != null) ? billed.invoiceId() : null, null);
	}

}
