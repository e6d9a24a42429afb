package pl.bramka.gateway.archive;

import java.time.Period;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;

import pl.bramka.gateway.freshness.Freshness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the archive of payments.
 *
 * @param history how far back payments are read
 * @param cache how long billing's payments are kept; its room is counted in payments
 */
@Validated
@ConfigurationProperties("bramka.archive")
record ArchiveProperties(@NotNull Period history, @NotNull @Valid Freshness cache) {

	@AssertTrue(message = "history must be a time back from today")
	boolean isHistoryBack() {
		return this.history == null || (!this.history.isNegative() && !this.history.isZero());
	}

}
