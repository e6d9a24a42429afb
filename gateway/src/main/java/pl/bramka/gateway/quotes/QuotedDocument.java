package pl.bramka.gateway.quotes;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

import pl.bramka.gateway.money.Money;

/**
 * A document in a quote.
 *
 * @param id its number, with its leading zeros
 * @param contractAccountId the payer number
 * @param amount what is left to pay of it
 * @param free whether it could be paid without a fee by itself
 * @param missing what it lacks for that; empty if nothing
 * @param contractIds the contracts that it is billed for; the e-invoice can be switched
 * at each of them
 */
public record QuotedDocument(@Schema(example = "000500009001") String id,
		@Schema(example = "000200009001") String contractAccountId, Money amount, boolean free, List<Missing> missing,
		List<String> contractIds) {
}
