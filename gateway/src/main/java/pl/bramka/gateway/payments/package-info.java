/**
 * What is paid through the gateway: so far nothing.
 */
@NullMarked
package pl.bramka.gateway.payments;

import org.jspecify.annotations.NullMarked;
