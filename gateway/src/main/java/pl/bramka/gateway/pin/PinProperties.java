package pl.bramka.gateway.pin;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What a PIN may be, how often it may be wrong, and what it costs to check one.
 *
 * @param shortest fewest digits of a new PIN
 * @param longest most digits of a new PIN
 * @param tries how many wrong ones erase the PIN; a right one starts anew
 * @param triesADay how many wrong ones a customer has on all devices in a day
 * @param longestWait how long a try waits while all tries are taken and not yet decided
 * @param abandoned a try that was not decided within this time counts as wrong: its node
 * has died
 * @param memory of one hash (Argon2id)
 * @param iterations of one hash
 * @param threads how many hashes are made at once
 * @param places how many checks may be under way, waiting for a thread or the database
 */
@Validated
@ConfigurationProperties("bramka.pin")
record PinProperties(@Min(4) @Max(6) int shortest, @Min(4) @Max(6) int longest, @Min(1) @Max(100) int tries,
		@Min(1) int triesADay, @NotNull @DurationMin Duration longestWait,
		@NotNull @DurationMin(seconds = 1) Duration abandoned, @NotNull DataSize memory,
		@Min(1) @Max(20) int iterations, @Min(1) @Max(64) int threads, @Min(1) @Max(10_000) int places) {

	/** Whether there is a length at all. */
	@AssertTrue(message = "bramka.pin.shortest is above longest")
	public boolean isSomeLength() {
		return this.shortest <= this.longest;
	}

	/** Argon2 needs 8 blocks of 1 kB; above 64 MB a few of them fill the heap. */
	@AssertTrue(message = "bramka.pin.memory is not between 8KB and 64MB")
	public boolean isBearable() {
		return this.memory.toKilobytes() >= 8 && this.memory.toMegabytes() <= 64;
	}

}
