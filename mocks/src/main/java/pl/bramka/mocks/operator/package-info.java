/**
 * A pretended payment operator, modelled on Autopay: a paywall for baskets of invoices,
 * instant transaction notifications (ITN) and a query of states. Forms come in, XML with
 * a keyed hash goes out.
 */
@NullMarked
package pl.bramka.mocks.operator;

import org.jspecify.annotations.NullMarked;
