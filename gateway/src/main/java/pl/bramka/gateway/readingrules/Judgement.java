package pl.bramka.gateway.readingrules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.readingrules.ReadingOptions.RegisterOptions;

/**
 * Whether what somebody read can be, before billing is asked.
 */
final class Judgement {

	private final ReadingOptions options;

	private final BigDecimal allowance;

	Judgement(ReadingOptions options, ReadingRuleProperties settings) {
		this.options = options;
		this.allowance = settings.allowance();
	}

	/**
	 * Takes or refuses.
	 * @param values one for each register
	 * @param confirmed whether the customer was asked and is sure
	 * @throws Problem why not
	 */
	void check(List<ReadValue> values, boolean confirmed) {
		checkDay();
		checkRegisters(values);
		refuse(ProblemCode.READING_OUT_OF_RANGE, values, (register, value) -> !register.register().canShow(value));
		refuse(ProblemCode.READING_BELOW_PREVIOUS, values, this::isBelow);
		if (!confirmed) {
			refuse(ProblemCode.READING_IMPLAUSIBLE, values, this::isTooMuch);
		}
	}

	private void checkDay() {
		NotReadable reason = this.options.reason();
		if (reason == null) {
			return;
		}
		switch (reason) {
			case MEDIUM, NO_REGISTERS -> throw Problem.of(ProblemCode.READING_NOT_OFFERED).with("notOffered", reason);
			case GIVEN -> throw Problem.of(ProblemCode.READING_ALREADY_GIVEN);
			case NOT_YET, OVER -> throw windowClosed(this.options);
		}
	}

	/** Says when the window opens and closes, as far as it is known. */
	static Problem windowClosed(ReadingOptions options) {
		Problem problem = Problem.of(ProblemCode.READING_WINDOW_CLOSED);
		LocalDate opensOn = options.opensOn();
		LocalDate closesOn = options.closesOn();
		return (opensOn != null && closesOn != null) ? problem.with("opensOn", opensOn).with("closesOn", closesOn)
				: problem;
	}

	private void checkRegisters(List<ReadValue> values) {
		Set<String> wanted = this.options.registers().stream().map(RegisterOptions::id).collect(Collectors.toSet());
		Set<String> given = values.stream().map(ReadValue::register).collect(Collectors.toSet());
		if (!given.equals(wanted) || values.size() != wanted.size()) {
			throw Problem.of(ProblemCode.READING_INCOMPLETE)
				.with("registers",
						this.options.registers()
							.stream()
							.map((register) -> Map.of("id", register.id(), "zone", register.zone()))
							.toList());
		}
	}

	private void refuse(ProblemCode code, List<ReadValue> values, Mistake mistake) {
		List<RegisterOptions> wrong = this.options.registers()
			.stream()
			.filter((register) -> values.stream()
				.anyMatch((value) -> value.register().equals(register.id()) && mistake.is(register, value.value())))
			.toList();
		if (!wrong.isEmpty()) {
			throw Problem.of(code).with("registers", wrong.stream().map(Judgement::told).toList());
		}
	}

	/** What the customer is to look at again. */
	static Map<String, Object> told(RegisterOptions register) {
		Map<String, Object> told = new LinkedHashMap<>();
		told.put("id", register.id());
		told.put("integerPlaces", register.integerPlaces());
		told.put("decimalPlaces", register.decimalPlaces());
		if (register.plausible() != null) {
			told.put("plausible", register.plausible());
		}
		return told;
	}

	/** Less than before can only be where the counter began anew, and not long ago. */
	private boolean isBelow(RegisterOptions register, BigDecimal value) {
		@Nullable BigDecimal use = use(register, value);
		if (use == null || use.signum() >= 0) {
			return false;
		}
		BigDecimal most = Objects.requireNonNullElse(register.mostUse(), this.allowance);
		return use.add(register.register().turn()).compareTo(most) > 0;
	}

	private boolean isTooMuch(RegisterOptions register, BigDecimal value) {
		@Nullable BigDecimal use = use(register, value);
		return use != null && register.mostUse() != null && use.compareTo(register.mostUse()) > 0;
	}

	private static @Nullable BigDecimal use(RegisterOptions register, BigDecimal value) {
		return (register.plausible() != null) ? value.subtract(register.plausible().from()) : null;
	}

	/** Something that can be wrong with a value. */
	@FunctionalInterface
	private interface Mistake {

		boolean is(RegisterOptions register, BigDecimal value);

	}

}
