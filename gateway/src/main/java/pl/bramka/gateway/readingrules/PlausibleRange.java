package pl.bramka.gateway.readingrules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.meters.PastReading;
import pl.bramka.gateway.meters.Register;

/**
 * What a register may be expected to show.
 *
 * @param from what it showed last
 * @param to what it shows if much more than usual was used; absent if nobody knows what
 * is usual
 * @param turnsOver whether the counter may have begun anew since: then what it shows may
 * also be less than {@code from}, up to {@code to}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlausibleRange(BigDecimal from, @Nullable BigDecimal to, boolean turnsOver) {

	/**
	 * The most that can have been used until a day: some times the average of the
	 * readings known. Null if they say nothing.
	 */
	static @Nullable BigDecimal mostUse(Register register, List<PastReading> results, LocalDate day,
			ReadingRuleProperties settings) {
		List<PastReading> known = results.stream()
			.filter((result) -> result.registerId().equals(register.id()) && !result.locked())
			.sorted(Comparator.comparing(PastReading::on))
			.toList();
		if (known.isEmpty() || register.previousOn() == null) {
			return null;
		}
		long days = ChronoUnit.DAYS.between(known.getFirst().on(), known.getLast().on());
		if (days < settings.leastDays()) {
			return null;
		}
		BigDecimal used = BigDecimal.ZERO;
		for (int i = 1; i < known.size(); i++) {
			used = used.add(use(register, known.get(i - 1).value(), known.get(i).value()));
		}
		long since = Math.max(1, ChronoUnit.DAYS.between(register.previousOn(), day));
		return used.multiply(BigDecimal.valueOf(since))
			.multiply(settings.factor())
			.divide(BigDecimal.valueOf(days), register.decimalPlaces(), RoundingMode.CEILING)
			.add(settings.allowance());
	}

	/** Null if the register was never read. */
	static @Nullable PlausibleRange of(Register register, @Nullable BigDecimal mostUse) {
		BigDecimal from = register.previous();
		if (from == null) {
			return null;
		}
		BigDecimal to = (mostUse != null) ? from.add(mostUse) : null;
		boolean turnsOver = to != null && to.compareTo(register.turn()) >= 0;
		return new PlausibleRange(from,
				(to == null) ? null : register.shown(turnsOver ? to.subtract(register.turn()).min(from) : to),
				turnsOver);
	}

	/**
	 * Between two readings, the counter turned over if the later one shows less. One that
	 * was corrected a little downwards was not used a whole turn.
	 */
	private static BigDecimal use(Register register, BigDecimal before, BigDecimal after) {
		BigDecimal use = after.subtract(before);
		if (use.signum() >= 0) {
			return use;
		}
		BigDecimal turned = use.add(register.turn());
		return (turned.compareTo(register.turn().divide(BigDecimal.TWO)) < 0) ? turned : BigDecimal.ZERO;
	}

}
