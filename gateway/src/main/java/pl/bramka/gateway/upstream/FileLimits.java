package pl.bramka.gateway.upstream;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.util.unit.DataSize;

/**
 * What a file may cost. A request's deadline and the limit of a try hold until its first
 * bytes have come; these hold from then on. Part of a feature's settings.
 *
 * @param stall the longest silence of the system while the gateway waits for more; a
 * caller who is slow to take what is there is not the system's silence
 * @param longest from asking to the last byte, so that neither a dribbling system nor a
 * slow caller keeps a place for ever
 * @param largest a larger file is a failure
 * @param atOnce how many may be under way at one system; more are refused at once. They
 * count in its bulkhead too: fewer than its places, or files could take all of them
 */
public record FileLimits(@NotNull @DurationMin(millis = 10) @DurationMax(minutes = 5) Duration stall,
		@NotNull @DurationMin(millis = 10) @DurationMax(minutes = 30) Duration longest, @NotNull DataSize largest,
		@Min(1) @Max(10_000) int atOnce) {

	/**
	 * Whether a file may have any size at all.
	 * @return whether it is more than none
	 */
	@AssertTrue(message = "largest must be more than 0B")
	public boolean isLargestPositive() {
		return this.largest == null || this.largest.toBytes() > 0;
	}

}
