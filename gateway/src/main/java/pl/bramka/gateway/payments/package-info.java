/**
 * Paying documents at the payment operator: starting a payment for a quote, what becomes
 * of it, and finding out when nobody says. Asks the operator, and billing through the
 * quote. A payment is written down before the operator hears of it, so whatever dies in
 * between is found out and never guessed; while the operator or the database is down
 * nothing can be paid, and nothing is paid twice.
 */
@NullMarked
package pl.bramka.gateway.payments;

import org.jspecify.annotations.NullMarked;
