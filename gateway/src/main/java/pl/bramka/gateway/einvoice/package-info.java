/**
 * Whether the documents of a payer number come as e-invoices, and the switch. Billing
 * keeps it and is asked each time, since the customer may have switched it elsewhere;
 * while billing is down nobody can say, which is answered {@code billing-unavailable}.
 */
@NullMarked
package pl.bramka.gateway.einvoice;

import org.jspecify.annotations.NullMarked;
