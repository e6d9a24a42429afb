package pl.bramka.gateway.contracts;

import java.util.Set;

/**
 * A payer number whose documents the app may show.
 *
 * @param id the payer number, with its leading zeros
 * @param media what its contracts deliver, usually one
 */
public record ContractAccount(String id, Set<Medium> media) {
}
