package pl.bramka.gateway.quotes;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the payment operator takes from a customer for one payment that is not free. The
 * operator's contract says it and none of its answers does before the customer has paid,
 * so it is kept here to be shown beforehand. Which payment is free is no matter of this
 * list.
 *
 * @param currency of all amounts; always PLN
 * @param prices one after the other; each is valid until the next one begins, so that
 * there is neither a day with two prices nor, once the first has begun, one without
 */
record PriceList(@NotNull @Pattern(regexp = "PLN", message = "must be PLN") String currency,
		@NotEmpty List<@Valid @NotNull Price> prices) {

	@AssertTrue(message = "must begin one after the other, the oldest first")
	boolean isPrices() {
		for (int i = 1; i < size(); i++) {
			LocalDate before = this.prices.get(i - 1).from();
			LocalDate from = this.prices.get(i).from();
			if (before != null && from != null && !from.isAfter(before)) {
				return false;
			}
		}
		return true;
	}

	/** The price of a day, by the calendar of Europe/Warsaw; none before the first. */
	Optional<Price> on(LocalDate day) {
		return this.prices.reversed().stream().filter((price) -> !price.from().isAfter(day)).findFirst();
	}

	private int size() {
		return (this.prices != null) ? this.prices.size() : 0;
	}

	/**
	 * What one payment costs from a day on: a flat amount, or a share of what is paid
	 * within bounds.
	 *
	 * @param from the first day, by the calendar of Europe/Warsaw
	 * @param flat grosze for each payment
	 * @param perMille thousandths of what is paid, rounded half up to a whole grosz
	 * @param minimum grosze that a share is at least
	 * @param maximum grosze that a share is at most
	 */
	record Price(@NotNull LocalDate from, @Min(0) @Max(MOST) @Nullable Long flat,
			@Min(0) @Max(1000) @Nullable Integer perMille, @Min(0) @Max(MOST) @Nullable Long minimum,
			@Min(0) @Max(MOST) @Nullable Long maximum) {

		/** 1,000 zł: more is a price in the wrong unit. */
		static final long MOST = 100_000;

		/**
		 * A price.
		 * @throws IllegalArgumentException if it is neither flat nor a share, or both
		 */
		Price {
			if ((flat == null) == (perMille == null)) {
				throw new IllegalArgumentException("is either flat or per-mille");
			}
			if (flat != null && (minimum != null || maximum != null)) {
				throw new IllegalArgumentException("is flat and has neither minimum nor maximum");
			}
			if (minimum != null && maximum != null && minimum > maximum) {
				throw new IllegalArgumentException("has a minimum above its maximum");
			}
		}

		/** What paying so many grosze, more than none, costs. */
		long of(long amount) {
			if (this.flat != null) {
				return this.flat;
			}
			long share = (Math.multiplyExact(amount, (long) Objects.requireNonNull(this.perMille)) + 500) / 1000;
			long atLeast = Math.max(share, Objects.requireNonNullElse(this.minimum, 0L));
			return Math.min(atLeast, Objects.requireNonNullElse(this.maximum, Long.MAX_VALUE));
		}

	}

}
