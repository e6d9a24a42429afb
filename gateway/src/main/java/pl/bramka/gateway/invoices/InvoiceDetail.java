package pl.bramka.gateway.invoices;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.money.Money;

/**
 * One document: what the list shows of it, and more.
 *
 * @param summary what the list shows
 * @param amountPaid what is paid of it already
 * @param text what billing writes on it; absent if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvoiceDetail(@JsonUnwrapped InvoiceSummary summary, Money amountPaid, @Nullable String text) {
}
