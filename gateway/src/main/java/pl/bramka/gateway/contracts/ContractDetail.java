package pl.bramka.gateway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * One contract: what the list shows of it, and more.
 *
 * @param contract what the list shows
 * @param eInvoice whether the documents of its payer number come as e-invoices; absent if
 * billing cannot say at the moment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ContractDetail(@JsonUnwrapped Contract contract, @JsonProperty("eInvoice") @Nullable Boolean eInvoice) {
}
