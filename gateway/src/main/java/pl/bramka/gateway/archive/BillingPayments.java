package pl.bramka.gateway.archive;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.archive.PastPayment.PaidDocument;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataDate;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * Payments as billing booked them.
 */
@Component
final class BillingPayments {

	private static final String PAYMENTS = "Accounts('{}')/PaymentDocuments"
			+ "?$filter=ExecutionDate ge datetime'{}T00:00:00'&$expand=PaymentDocumentItems";

	private final OData billing;

	BillingPayments(Upstreams upstreams) {
		this.billing = upstreams.billing();
	}

	/** The payments of a customer since a day, whatever payer number they are for. */
	Mono<List<BookedPayment>> since(Customer customer, LocalDate since) {
		return this.billing.many(ODataQuery.of("payments", PAYMENTS, customer.id(), since.toString()), Wire.class,
				(wire) -> wire.payment(customer.id()));
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Wire(@JsonProperty("PaymentDocumentID") String id, @JsonProperty("AccountID") String accountId,
			@JsonProperty("ContractAccountID") String contractAccountId,
			@JsonProperty("ExecutionDate") String executedOn, @JsonProperty("Amount") String amount,
			@JsonProperty("Currency") String currency,
			@JsonProperty("PaymentMethodDescription") @Nullable String description,
			@JsonProperty("ZZExternalReference") @Nullable String reference,
			@JsonProperty("PaymentDocumentItems") Items items) {

		/** An answer about somebody else is garbled, whatever made billing give it. */
		BookedPayment payment(String customerId) {
			if (!customerId.equals(this.accountId)) {
				throw new IllegalArgumentException("a payment of somebody else");
			}
			return new BookedPayment(Objects.requireNonNull(this.id), Objects.requireNonNull(this.contractAccountId),
					ODataDate.date(this.executedOn), Money.ofDecimal(this.amount, this.currency),
					text(this.description), text(this.reference),
					this.items.results()
						.stream()
						.map((item) -> new PaidDocument(Objects.requireNonNull(item.invoiceId()),
								Money.ofDecimal(item.amount(), this.currency)))
						.toList());
		}

		private static @Nullable String text(@Nullable String text) {
			return (text == null || text.isBlank()) ? null : text;
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Items(@JsonProperty("results") List<Item> results) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Item(@JsonProperty("InvoiceID") String invoiceId, @JsonProperty("Amount") String amount) {
	}

}
