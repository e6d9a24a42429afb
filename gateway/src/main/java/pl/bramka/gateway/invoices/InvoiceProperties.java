package pl.bramka.gateway.invoices;

import java.time.Period;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.Valid;

import pl.bramka.gateway.freshness.Freshness;
import pl.bramka.gateway.upstream.FileLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of invoices.
 *
 * @param history how far back documents are read; ten years, the longest anybody keeps
 * bills, and a month so that the last one of them is whole
 * @param cache how long documents are kept; its room is counted in documents
 * @param pdf what the file of a document may cost
 */
@Validated
@ConfigurationProperties("bramka.invoices")
record InvoiceProperties(@NotNull Period history, @NotNull @Valid Freshness cache, @NotNull @Valid FileLimits pdf) {

	@AssertTrue(message = "history must be a time back from today")
	boolean isHistoryBack() {
		return this.history == null || (!this.history.isNegative() && !this.history.isZero());
	}

}
