/**
 * The meters of the customer's contracts: what hangs on their wall, what each register
 * shows, what it showed before. Read from billing, kept per contract; while billing is
 * down meters are served stale, and who has none in memory is answered
 * {@code billing-unavailable}.
 */
@NullMarked
package pl.bramka.gateway.meters;

import org.jspecify.annotations.NullMarked;
