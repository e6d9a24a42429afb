/**
 * So far the payment operator's price list and nothing else: nobody can pay through the
 * gateway yet, and no price is shown. The list is read from {@code config/fees.yml}, so
 * no upstream is asked and none can be down.
 */
@NullMarked
package pl.bramka.gateway.payments;

import org.jspecify.annotations.NullMarked;
