package pl.bramka.gateway.invoices;

import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.upstream.FileKind;
import pl.bramka.gateway.upstream.FileLimits;
import pl.bramka.gateway.upstream.FileStream;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataDate;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * Documents as billing tells them.
 */
@Component
final class BillingInvoices {

	private static final String INVOICES = "ContractAccounts('{}')/Invoices?$filter=InvoiceDate ge datetime'{}T00:00:00'";

	private static final String FILES = "InvoicePDFs('{}')/$value";

	private final OData billing;

	private final FileLimits fileLimits;

	BillingInvoices(Upstreams upstreams, InvoiceProperties settings) {
		this.billing = upstreams.billing();
		this.fileLimits = settings.pdf();
	}

	/**
	 * The documents of a payer number.
	 * @param customer who asks; the payer number is known to be theirs
	 * @param contractAccountId the payer number
	 * @param since the first date of a document
	 */
	Mono<Documents> since(Customer customer, String contractAccountId, LocalDate since) {
		return this.billing
			.many(ODataQuery.of("invoices", INVOICES, contractAccountId, since.toString()), Invoice.class,
					(invoice) -> invoice.document(customer.id(), contractAccountId))
			.map(Documents::of);
	}

	/**
	 * The file of a document.
	 * @param id the document, which is known to be that customer's
	 * @param to takes the file while it comes
	 * @return what taking it brought; empty if billing has none
	 */
	<T> Mono<T> pdf(String id, Function<FileStream, Mono<T>> to) {
		return this.billing.file(ODataQuery.of("invoice-pdf", FILES, id), FileKind.PDF, this.fileLimits, to);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Invoice(@JsonProperty("InvoiceID") String id, @JsonProperty("AccountID") @Nullable String accountId,
			@JsonProperty("ContractAccountID") String contractAccountId, @JsonProperty("AmountDue") String amount,
			@JsonProperty("AmountRemaining") String remaining, @JsonProperty("Currency") String currency,
			@JsonProperty("DueDate") @Nullable String dueDate, @JsonProperty("InvoiceDate") String invoiceDate,
			@JsonProperty("InvoiceDescription") @Nullable String description,
			@JsonProperty("InvoiceStatusID") String status, @JsonProperty("ZZDocumentKind") @Nullable String kind,
			@JsonProperty("InvoiceText") @Nullable String text) {

		private static final String OPEN = "1";

		private static final String PAID = "9";

		/** An answer about somebody else is garbled, whatever made billing give it. */
		Document document(String customerId, String askedFor) {
			if (!askedFor.equals(this.contractAccountId)
					|| (this.accountId != null && !this.accountId.equals(customerId))) {
				throw new IllegalArgumentException("a document of another customer");
			}
			// The same few currencies and headlines in every document: kept once.
			String unit = this.currency.intern();
			String headline = Objects.requireNonNullElse(this.description, "").intern();
			Money whole = Money.ofDecimal(this.amount, unit);
			Money rest = Money.ofDecimal(this.remaining, unit);
			boolean settled = PAID.equals(Objects.requireNonNull(this.status)) || rest.signum() == 0;
			return new Document(Objects.requireNonNull(this.id), kind(whole), headline,
					ODataDate.date(this.invoiceDate), (this.dueDate != null) ? ODataDate.date(this.dueDate) : null,
					whole, rest, settled, notPayable(rest, settled),
					(this.text == null || this.text.isEmpty()) ? null : this.text.intern());
		}

		/** A status that we do not know is in somebody's hands. */
		private @Nullable NotPayable notPayable(Money rest, boolean settled) {
			if ("8".equals(this.status)) {
				return NotPayable.CANCELLED;
			}
			if (settled) {
				return NotPayable.PAID;
			}
			if (rest.signum() < 0) {
				return NotPayable.NEGATIVE;
			}
			return switch (this.status) {
				case OPEN -> null;
				case "3" -> NotPayable.DIRECT_DEBIT;
				default -> NotPayable.ONGOING;
			};
		}

		/** Documents without a kind, or of one we do not know, go by their sign. */
		private InvoiceSummary.Kind kind(Money whole) {
			return switch (Objects.requireNonNullElse(this.kind, "")) {
				case "FV" -> InvoiceSummary.Kind.INVOICE;
				case "KO" -> InvoiceSummary.Kind.CORRECTION;
				case "NO" -> InvoiceSummary.Kind.INTEREST_NOTE;
				case "PR" -> InvoiceSummary.Kind.FORECAST;
				default -> (whole.signum() < 0) ? InvoiceSummary.Kind.CORRECTION : InvoiceSummary.Kind.INVOICE;
			};
		}

	}

}
