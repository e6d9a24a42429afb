/**
 * Which documents a payment has taken: those that are being paid, and those that were
 * paid, until billing has shown that for a while. Kept in the gateway's own database, one
 * row a document, so that no two payments ever have the same. Asks no upstream; while the
 * database is down what is in memory is served, and without that no document counts as
 * payable.
 */
@NullMarked
package pl.bramka.gateway.claims;

import org.jspecify.annotations.NullMarked;
