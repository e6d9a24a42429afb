/**
 * The payment operator in our words: starting a payment, asking what became of it, and
 * its notifications. Modelled on the public documentation of Autopay; forms, XML and
 * hashes are known here and nowhere else. While the operator is down nothing can be paid;
 * a start whose outcome is not known is asked for later, never sent again.
 */
@NullMarked
package pl.bramka.gateway.operator;

import org.jspecify.annotations.NullMarked;
