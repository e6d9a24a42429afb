package pl.bramka.mocks.personas;

import java.time.LocalDate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A financial document: what billing calls an invoice.
 *
 * @param id the InvoiceID, with leading zeros
 * @param kind what it is
 * @param amount the amount in grosze, negative for a credit
 * @param issued date of the document
 * @param due last day to pay
 * @param description headline
 * @param text what it is for
 * @param paid the day it was paid, absent while it is open
 * @param status where it stands; when not written, it follows from {@code paid}
 */
public record Document(String id, DocumentKind kind, long amount, @JsonProperty("issuedInDays") LocalDate issued,
		@JsonProperty("dueInDays") LocalDate due, String description, String text,
		@JsonProperty("paidInDays") @Nullable LocalDate paid, DocumentStatus status) {

	@SuppressWarnings("ConstantValue")
	public Document {
		if (status == null) {
			status = (paid != null) ? DocumentStatus.PAID : DocumentStatus.OPEN;
		}
	}

}
